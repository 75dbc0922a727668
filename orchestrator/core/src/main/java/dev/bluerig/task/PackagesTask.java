package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.system.PackageState;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Described;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Deed;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Remedy;
import dev.bluerig.task.diff.Touch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Packages of the distribution are installed. Nothing is ever removed or upgraded, so there is no undo.
@TaskName("package")
@Described(value = "Packages of the distribution that must be installed (apt-get or dnf). Never removes one.",
    example = "package: {names: [ethtool, pciutils]}")
public record PackagesTask(@Described(value = "Their names in this distribution.", example = "[ethtool, pciutils]") List<String> names,
                       @Described(value = "Only `true`: what is installed may serve others.",
                       absent = "true") boolean present) implements Task<PackageState> {
    /// Mirrors can be slow; a hung one must end.
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    public PackagesTask {
        names = List.copyOf(names);
        if (names.isEmpty()) throw new IllegalArgumentException("no package is named");
        if (new HashSet<>(names).size() < names.size()) throw new IllegalArgumentException("a package is named twice: " + names);
        for (String name : names)
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9+._-]*")) throw new IllegalArgumentException("not the name of a package: " + name);
        if (!present) throw new IllegalArgumentException("packages are never removed: `present: false` is not possible");
    }

    @Override
    public Fact<PackageState> wants() {
        return new PackageState.Seen(names);
    }

    /// A package may start its service.
    @Override
    public Set<Effect> brings() {
        return Set.of(Effect.PACKAGES, Effect.SERVICES, Effect.UNIT_FILES);
    }

    @Override
    public Diff diff(PackageState seen) {
        var missing = names.stream().filter(name -> !seen.installed().contains(name)).toList();
        if (missing.isEmpty()) return new Diff.Same();
        var changes = missing.stream().map(name -> new Change("package " + name, "installed", "absent")).toList();
        return new Diff.Mendable(changes, Remedy.of(commands(seen.family(), missing), List.of(), Set.of()).making(services(missing))
            .doing(List.of(new Deed.InstallPackages(missing))));
    }

    /// A package often brings the service of its name.
    private static Set<Touch> services(List<String> packages) {
        return packages.stream().map(name -> new Touch.Service(name + ".service")).collect(Collectors.toSet());
    }

    private static List<Command> commands(PackageState.Family family, List<String> missing) {
        return switch (family) {
            case DEBIAN -> List.of(apt(List.of("update")), apt(plus(List.of("--no-remove", "install"), missing)));
            case RED_HAT -> List.of(Command.of(plus(List.of("dnf", "-y", "-q", "install"), missing)).within(DEADLINE));
        };
    }

    private static Command apt(List<String> verb) {
        return Command.of(plus(List.of("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q"), verb)).within(DEADLINE);
    }

    private static List<String> plus(List<String> first, List<String> more) {
        var all = new ArrayList<>(first);
        all.addAll(more);
        return all;
    }
}
