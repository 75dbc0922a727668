package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.UserAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Programs that tell what the machine is, and those of the kernel and the package manager.
final class SystemTools {
    private SystemTools() {}

    static Map<String, Tool> all() {
        return Map.ofEntries(Map.entry("uname", SystemTools::uname), Map.entry("id", SystemTools::id),
            Map.entry("getent", SystemTools::accounts),
            Map.entry("lscpu", SystemTools::lscpu), Map.entry("dmesg", SystemTools::log),
            Map.entry("date", SystemTools::date),
            Map.entry("dpkg-query", DpkgTools::query), Map.entry("apt-get", DpkgTools::install), Map.entry("rpm", DpkgTools::query),
            Map.entry("dnf", DpkgTools::install));
    }

    private static int uname(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "asnrvmpio", List.of("all", "kernel-name", "nodename", "kernel-release", "machine"),
            true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        SimMachine machine = call.machine();
        boolean all = options.has("a") || options.has("all");
        var parts = new ArrayList<String>();
        if (all || options.has("s") || options.has("kernel-name") || call.arguments().isEmpty()) parts.add("Linux");
        if (all || options.has("n") || options.has("nodename")) parts.add(machine.name());
        if (all || options.has("r") || options.has("kernel-release")) parts.add(machine.image().kernel());
        if (all || options.has("v")) parts.add(machine.image().kernelVersion());
        if (all || options.has("m") || options.has("machine")) parts.add(machine.image().architecture());
        if (options.has("p")) parts.add(machine.image().architecture());
        if (options.has("i")) parts.add(machine.image().architecture());
        if (all || options.has("o")) parts.add("GNU/Linux");
        call.line(String.join(" ", parts));
        return 0;
    }

    private static int id(ProgramCall call) {
        UserAccount user = call.user();
        switch (call.arguments()) {
            case List<String> none when none.isEmpty() ->
                call.line("uid=%d(%s) gid=%d(%s) groups=%d(%s)".formatted(user.id(), user.name(), user.id(), user.name(), user.id(),
                    user.name()));
            case List<String> one when one.equals(List.of("-u")) || one.equals(List.of("-g")) -> call.line(String.valueOf(user.id()));
            case List<String> one when one.equals(List.of("-un")) || one.equals(List.of("-u", "-n"))
                || one.equals(List.of("-gn")) -> call.line(user.name());
            default -> {
                return call.unknown("these options");
            }
        }
        return 0;
    }

    /// `getent passwd|group NAME`: root and whoever asks.
    private static int accounts(ProgramCall call) {
        if (call.arguments().size() != 2 || !List.of("passwd", "group").contains(call.arguments().getFirst()))
            return call.unknown("only `getent passwd|group NAME`");
        String name = call.arguments().get(1);
        UserAccount user = name.equals("root") ? UserAccount.ROOT : call.user();
        if (!user.name().equals(name)) return 2;
        call.line(call.arguments().getFirst().equals("group") ? "%s:x:%d:".formatted(name, user.id())
            : "%s:x:%d:%d::%s:/bin/sh".formatted(name, user.id(), user.id(), user.home()));
        return 0;
    }

    private static int log(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "", List.of("level="), true);
        if (options.strange().isPresent() || !options.rest().isEmpty()) return call.unknown("only `dmesg [--level=LIST]`");
        // kernel.dmesg_restrict, Ubuntu
        if (!call.user().isRoot()) return call.fail(1, "dmesg: read kernel buffer failed: Operation not permitted");
        List<String> levels = options.value("level").map(list -> List.of(list.split(","))).orElse(List.of("err", "warn", "info"));
        call.machine().log().lines().stream().filter(line -> levels.contains(line.level().name().toLowerCase(Locale.ROOT)))
            .forEach(line -> call.line(line.shown()));
        return 0;
    }

    /// A Cortex-A72 as BlueField-2 has eight of; the crypto flags go with the card's fuse (mlnx_bf_configure).
    private static int lscpu(ProgramCall call) {
        boolean arm = call.machine().kind() == SimMachine.Kind.DPU;
        call.line("Architecture:            " + call.machine().image().architecture());
        call.line("CPU(s):                  " + (arm ? 8 : 32));
        call.line("Vendor ID:               " + (arm ? "ARM" : "GenuineIntel"));
        call.line("  Model name:            " + (arm ? "Cortex-A72" : "Intel(R) Xeon(R) simulated"));
        call.line("    Flags:               " + (!arm ? "fpu aes sse2 avx2" : call.machine().card().crypto()
            ? "fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid" : "fp asimd evtstrm crc32 cpuid"));
        call.line("NUMA node0 CPU(s):       0-" + (arm ? 7 : 31));
        return 0;
    }

    private static int date(ProgramCall call) {
        Instant now = Instant.now().plus(call.machine().faults().clock());
        if (call.arguments().equals(List.of("+%s"))) call.line(String.valueOf(now.getEpochSecond()));
        else if (call.arguments().isEmpty()) call.line(now.toString());
        else return call.unknown("format");
        return 0;
    }
}
