package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.FileEntry;
import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.machine.FileTree;
import dev.bluerig.sim.machine.SimServices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `systemctl` of systemd 249: show, is-active, is-enabled, start, stop, restart, enable, disable, daemon-reload, list-unit-files.
final class Systemctl {
    private static final String UNITS = "/etc/systemd/system/";

    private final ProgramCall call;
    private final GetOpt options;
    private final SimServices services;

    private Systemctl(ProgramCall call, GetOpt options) {
        this.call = call;
        this.options = options;
        this.services = call.machine().services();
    }

    static int run(ProgramCall call) {
        List<String> properties = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            String word = call.arguments().get(i);
            if (word.equals("-p") && i + 1 < call.arguments().size()) properties.addAll(List.of(call.arguments().get(++i).split(",")));
            else if (word.startsWith("--property=")) properties.addAll(List.of(word.substring(11).split(",")));
            else words.add(word);
        }
        GetOpt options = GetOpt.of(words, "q", List.of("no-pager", "no-legend", "quiet", "now", "no-ask-password", "value"), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        if (options.rest().isEmpty()) return call.unknown("no verb");
        return new Systemctl(call, options).verb(options.rest().getFirst(), properties);
    }

    private List<String> units() {
        return options.rest().subList(1, options.rest().size()).stream().map(unit -> unit.contains(".") ? unit : unit + ".service")
            .toList();
    }

    private int verb(String verb, List<String> properties) {
        discover();
        return switch (verb) {
            case "show" -> show(properties);
            case "is-active" -> state(unit -> unit.active() ? "active" : unit.failing() ? "failed" : "inactive", "inactive", "active", 3);
            case "is-enabled" -> state(SimServices.Unit::file, "not-found", "enabled", 1);
            case "daemon-reload" -> root(0);
            case "start", "stop", "restart", "reload", "try-restart" -> change(verb);
            case "enable", "disable" -> enable(verb.equals("enable"));
            case "list-unit-files" -> list();
            case "status" -> state(unit -> "* " + unit.name() + " - " + unit.description() + "\n     Active: "
                + (unit.active() ? "active" : "inactive (dead)"),
                "Unit could not be found.", "active", 3);
            default -> call.unknown(verb);
        };
    }

    /// Unit files that somebody wrote are units.
    private void discover() {
        try {
            for (String name : call.machine().files().list(FileTree.parent(UNITS + "x"))) {
                if (name.endsWith(".service") && call.machine().files().find(UNITS + name)
                    .filter(entry -> entry.kind() == FileEntry.Kind.REGULAR).isPresent())
                    services.discover(name, value(name, "Description").orElse(name));
            }
        } catch (FileError noSuchDirectory) {
            // nothing was written
        }
    }

    private Optional<String> value(String unit, String key) {
        return values(unit, key).findFirst();
    }

    private Stream<String> values(String unit, String key) {
        return call.machine().files().text(UNITS + unit).lines().filter(line -> line.startsWith(key + "="))
            .map(line -> line.substring(key.length() + 1));
    }

    private int root(int status) {
        return call.user().isRoot() ? status : call.fail(1, "Failed to connect to bus: Access denied");
    }

    private int show(List<String> properties) {
        boolean first = true;
        for (String name : units()) {
            if (!first) call.line("");
            first = false;
            Optional<SimServices.Unit> unit = services.find(name);
            var all = new LinkedHashMap<String, String>();
            all.put("Id", name);
            all.put("Description", unit.map(SimServices.Unit::description).orElse(name));
            all.put("LoadState", unit.isPresent() ? "loaded" : "not-found");
            all.put("ActiveState", unit.map(found -> found.active() ? "active" : found.failing() ? "failed" : "inactive")
                .orElse("inactive"));
            all.put("SubState", unit.map(found -> !found.active() ? found.failing() ? "failed" : "dead" : oneShot(name) ? "exited"
                : "running").orElse("dead"));
            all.put("UnitFileState", unit.map(SimServices.Unit::file).orElse(""));
            for (String property : properties) if (!all.containsKey(property)) return call.unknown("property " + property);
            for (Map.Entry<String, String> property : all.entrySet()) {
                if (properties.isEmpty() || properties.contains(property.getKey()))
                    call.line(options.has("value") ? property.getValue() : property.getKey() + "=" + property.getValue());
            }
        }
        return 0;
    }

    private boolean oneShot(String name) {
        return name.equals("openvswitch-switch.service") || value(name, "Type").filter("oneshot"::equals).isPresent();
    }

    private interface Verb {
        String of(SimServices.Unit unit);
    }

    private int state(Verb word, String absent, String good, int bad) {
        int status = 0;
        for (String name : units()) {
            String text = services.find(name).map(word::of).orElse(absent);
            if (!text.startsWith(good) && !text.contains("Active: active")) status = bad;
            if (!options.has("quiet") && !options.has("q")) call.line(text);
        }
        return status;
    }

    private int change(String verb) {
        if (!call.user().isRoot()) return root(1);
        int status = 0;
        for (String name : units()) {
            if (services.find(name).isEmpty()) {
                status = call.fail(5, "Failed to " + verb + " " + name + ": Unit " + name + " not found.");
                continue;
            }
            if (verb.equals("stop")) services.stop(name);
            else if (!started(name))
                status = call.fail(1, "Job for " + name + " failed because the control process exited with error code.\n"
                + "See \"systemctl status " + name + "\" and \"journalctl -xeu " + name + "\" for details.");
        }
        return status;
    }

    private boolean started(String name) {
        Optional<String> start = value(name, "ExecStart");
        if (start.isPresent()) {
            List<String> words = List.of(start.get().replaceFirst("^[-@+!]+", "").replace("\"", "").trim().split("\\s+"));
            if (call.launcher().launch(call.running(words)) != 0) return false;
        }
        return services.start(name);
    }

    private int enable(boolean enable) {
        if (!call.user().isRoot()) return root(1);
        int status = 0;
        for (String name : units()) {
            Optional<SimServices.Unit> unit = services.find(name);
            if (unit.isEmpty()) {
                status = call.fail(1, "Failed to " + (enable ? "enable" : "disable") + " unit: Unit file " + name + " does not exist.");
                continue;
            }
            link(name, enable);
            if (unit.get().file().equals("static")) continue;
            services.file(name, enable ? "enabled" : "disabled");
            if (options.has("now") && enable && !started(name)) status = 1;
            if (options.has("now") && !enable) services.stop(name);
        }
        return status;
    }

    private void link(String name, boolean enable) {
        List<String> by = values(name, "WantedBy").toList();
        (by.isEmpty() ? List.of("multi-user.target") : by).forEach(target -> link(name, target, enable));
    }

    private void link(String name, String target, boolean enable) {
        String wants = UNITS + target + ".wants/" + name;
        boolean there = call.machine().files().find(wants, false).isPresent();
        if (enable && !there) {
            String file = call.machine().files().find(UNITS + name).isPresent() ? UNITS + name : "/lib/systemd/system/" + name;
            call.machine().files().install(wants, FileEntry.link(file));
            call.io().complain("Created symlink " + wants + " -> " + file + ".");
        } else if (!enable && there) {
            try {
                call.machine().files().remove(wants, call.user());
                call.io().complain("Removed " + wants + ".");
            } catch (FileError gone) {
                call.io().complain("Failed to remove " + wants + ": " + gone.getMessage());
            }
        }
    }

    private int list() {
        services.all().values().stream().sorted((a, b) -> a.name().compareTo(b.name()))
            .filter(unit -> units().isEmpty() || units().contains(unit.name()))
            .forEach(unit -> call.line("%-40s %-15s enabled".formatted(unit.name(), unit.file())));
        return 0;
    }
}
