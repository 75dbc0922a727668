package dev.bluerig.sim.tool;

import java.util.List;
import java.util.Map;

/// `dpkg-query` and `apt-get` of a Debian or Ubuntu image (dpkg 1.21). Every package name exists in the archive, unless it says `no-such`.
final class DpkgTools {
    private DpkgTools() {}

    static int query(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "Wf:l", List.of("show", "showformat=", "list"), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        String format = options.value("f").or(() -> options.value("showformat")).orElse("${Package}\t${Version}\n");
        int status = 0;
        for (String name : options.rest()) {
            String version = call.machine().packages().get(name);
            if (version == null) {
                status = call.fail(1, "dpkg-query: no packages found matching " + name);
                continue;
            }
            call.print(format.replace("\\n", "\n").replace("\\t", "\t").replace("${Package}", name).replace("${Version}", version)
                .replace("${db:Status-Status}", "installed").replace("${Status}", "install ok installed")
                .replace("${Architecture}", call.machine().image().dpkgArchitecture()));
        }
        return status;
    }

    static int install(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "yqo:", List.of("yes", "quiet", "no-install-recommends", "no-remove"), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        if (options.rest().isEmpty()) return call.fail(1, "apt-get: no command");
        if (!call.user().isRoot())
            return call.fail(100, "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\n"
            + "E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?");
        List<String> names = options.rest().subList(1, options.rest().size());
        Map<String, String> packages = call.machine().packages();
        switch (options.rest().getFirst()) {
            case "update" -> call.line("Reading package lists...");
            case "install" -> {
                call.line("Reading package lists...");
                for (String name : names) if (name.contains("no-such")) return call.fail(100, "E: Unable to locate package " + name);
                names.forEach(name -> packages.putIfAbsent(name, "1.0-lab"));
            }
            case "remove", "purge" -> names.forEach(packages::remove);
            default -> {
                return call.unknown(options.rest().getFirst());
            }
        }
        return 0;
    }
}
