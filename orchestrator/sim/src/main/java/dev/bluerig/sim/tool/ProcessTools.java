package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.Accounts;
import dev.bluerig.sim.machine.Killed;
import dev.bluerig.sim.machine.SimProcess;
import dev.bluerig.sim.machine.UserAccount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Programs that start, stop and describe other programs.
final class ProcessTools {
    private ProcessTools() {}

    static Map<String, Tool> all() {
        return Map.ofEntries(Map.entry("true", call -> 0), Map.entry("false", call -> 1), Map.entry("sleep", ProcessTools::sleep),
            Map.entry("kill", ProcessTools::kill), Map.entry("timeout", ProcessTools::timeout), Map.entry("env", ProcessTools::env),
            Map.entry("printenv", ProcessTools::printenv),
            Map.entry("sudo", ProcessTools::sudo), Map.entry("which", ProcessTools::which));
    }

    /// Every modelled program stands in /usr/bin.
    private static int which(ProgramCall call) {
        int status = 0;
        for (String name : call.arguments()) {
            if (name.startsWith("-")) return call.unknown("option " + name);
            if (call.machine().has(name) && Tools.named(name).isPresent()) call.line("/usr/bin/" + name);
            else status = 1;
        }
        return status;
    }

    private static int sleep(ProgramCall call) {
        Optional<Duration> duration = call.arguments().size() == 1 ? duration(call.arguments().getFirst()) : Optional.empty();
        if (duration.isEmpty()) return call.fail(1, "sleep: invalid time interval '" + String.join(" ", call.arguments()) + "'");
        call.process().pause(duration.get());
        return 0;
    }

    private static Optional<Duration> duration(String text) {
        if (!text.matches("\\d+(\\.\\d+)?[smhd]?")) return Optional.empty();
        int unit = "smhd".indexOf(text.charAt(text.length() - 1));
        var number = new BigDecimal(unit < 0 ? text : text.substring(0, text.length() - 1));
        long seconds = switch (unit) {
            case 1 -> 60;
            case 2 -> 3600;
            case 3 -> 86_400;
            default -> 1;
        };
        return Optional.of(Duration.ofMillis(number.multiply(BigDecimal.valueOf(seconds * 1000)).longValue()));
    }

    private static int kill(ProgramCall call) {
        List<String> arguments = new ArrayList<>(call.arguments());
        int signal = 15;
        if (!arguments.isEmpty() && arguments.getFirst().matches("-[A-Z0-9]+") && arguments.size() > 1) {
            signal = signal(arguments.removeFirst().substring(1));
        } else if (!arguments.isEmpty() && arguments.getFirst().equals("-s") && arguments.size() > 2) {
            arguments.removeFirst();
            signal = signal(arguments.removeFirst());
        }
        arguments.remove("--");
        if (signal < 0) return call.unknown("signal");
        int status = 0;
        for (String target : arguments) {
            if (!target.matches("-?\\d+")) return call.fail(2, "sh: kill: Illegal number: " + target);
            if (!call.machine().processes().signal(Integer.parseInt(target), signal)) status = call.fail(1, "sh: kill: No such process");
        }
        return status;
    }

    private static int signal(String name) {
        return switch (name.replaceFirst("^SIG", "")) {
            case "0" -> 0;
            case "HUP", "1" -> 1;
            case "INT", "2" -> 2;
            case "KILL", "9" -> 9;
            case "TERM", "15" -> 15;
            default -> -1;
        };
    }

    private static int timeout(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "k:s:", List.of("kill-after=", "signal=", "foreground", "preserve-status"), false);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        Optional<Duration> limit = options.rest().size() < 2 ? Optional.empty() : duration(options.rest().getFirst());
        if (limit.isEmpty()) return call.fail(125, "timeout: invalid time interval");
        var late = new AtomicBoolean();
        try (SimProcess child = call.process().child(options.rest().get(1))) {
            Thread watch = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(limit.get());
                    late.set(true);
                    call.machine().processes().signal(child.id(), 15);
                } catch (InterruptedException inTime) {
                    Thread.currentThread().interrupt();
                }
            });
            try {
                int status = call.launcher().launch(call.running(options.rest().subList(1, options.rest().size())).on(child));
                return late.get() ? 124 : status;
            } catch (Killed killed) {
                call.process().check();
                return late.get() ? 124 : 128 + killed.signal();
            } finally {
                watch.interrupt();
            }
        }
    }

    private static int env(ProgramCall call) {
        Map<String, String> environment = new HashMap<>(call.environment());
        List<String> rest = new ArrayList<>(call.arguments());
        while (!rest.isEmpty()) {
            String word = rest.getFirst();
            int equals = word.indexOf('=');
            if (word.equals("-i") || word.equals("-")) environment.clear();
            else if (equals > 0) environment.put(word.substring(0, equals), word.substring(equals + 1));
            else break;
            rest.removeFirst();
        }
        if (rest.isEmpty()) {
            new TreeMap<>(environment).forEach((name, value) -> call.line(name + "=" + value));
            return 0;
        }
        if (rest.getFirst().startsWith("-")) return call.unknown("option " + rest.getFirst());
        return call.launcher().launch(call.running(rest).in(environment));
    }

    private static int printenv(ProgramCall call) {
        if (call.arguments().isEmpty()) {
            new TreeMap<>(call.environment()).forEach((name, value) -> call.line(name + "=" + value));
            return 0;
        }
        int status = 0;
        for (String name : call.arguments()) {
            String value = call.environment().get(name);
            if (value == null) status = 1;
            else call.line(value);
        }
        return status;
    }

    /// sudo 1.9: messages as it prints them without a terminal.
    private static int sudo(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "nSHkEp:u:l", List.of("non-interactive", "stdin", "prompt=", "user="), false);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        Accounts.Sudo right = call.user().isRoot() ? Accounts.Sudo.PASSWORDLESS
            : call.machine().accounts().find(call.user().name()).map(Accounts.Account::sudo).orElse(Accounts.Sudo.NONE);
        boolean expired = call.machine().accounts().find(call.user().name()).map(Accounts.Account::expired).orElse(false);
        if (expired && !call.user().isRoot())
            return call.fail(1, "sudo: Account or password is expired, reset your password and try again");
        switch (right) {
            case PASSWORDLESS -> { }
            case PASSWORD, NONE -> {
                if (options.has("n")) return call.fail(1, "sudo: a password is required");
                if (!options.has("S"))
                    return call.fail(1, "sudo: a terminal is required to read the password; either use the -S option to read from"
                        + " standard input or configure an askpass helper\nsudo: a password is required");
                if (!password(call, options.value("p").orElse("[sudo] password for " + call.user().name() + ": ")))
                    return call.fail(1, "sudo: 3 incorrect password attempts");
                if (right == Accounts.Sudo.NONE) return call.fail(1, call.user().name() + " is not in the sudoers file.");
            }
        }
        if (options.rest().isEmpty()) return options.has("l") ? 0 : call.fail(1, "usage: sudo -h | -K | -k | -V");
        Map<String, String> environment = new HashMap<>();   // env_reset
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("HOME", "/root");
        environment.put("USER", "root");
        environment.put("LOGNAME", "root");
        environment.put("SHELL", "/bin/bash");
        environment.put("SUDO_USER", call.user().name());
        environment.put("SUDO_UID", String.valueOf(call.user().id()));
        return call.launcher().launch(call.running(options.rest()).in(environment).as(UserAccount.ROOT));
    }

    private static boolean password(ProgramCall call, String prompt) {
        String right = call.machine().accounts().find(call.user().name()).map(Accounts.Account::password).orElse("");
        for (int tries = 0; tries < 3; tries++) {
            call.io().prompt(prompt);
            Optional<String> line = line(call);
            if (line.isEmpty()) return false;
            if (!right.isEmpty() && line.get().equals(right)) return true;
            call.io().complain("\nSorry, try again.");
        }
        return false;
    }

    private static Optional<String> line(ProgramCall call) {
        var line = new ByteArrayOutputStream();
        try {
            for (int c = call.io().in().read(); c != '\n'; c = call.io().in().read()) {
                if (c < 0) return Optional.empty();
                line.write(c);
            }
        } catch (IOException gone) {
            return Optional.empty();
        }
        return Optional.of(ProgramCall.text(line.toByteArray()));
    }
}
