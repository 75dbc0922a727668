package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What this machine must have for a kernel lab, checked before anything is made, so that one message names everything.
record KernelLabRequirements(String system, String architecture, String user, Predicate<String> present) {
    /// Program, or file by its absolute path, and the Debian package that has it.
    private static final Map<String, String> TO_RUN =
        Map.of("qemu-system-x86_64", "qemu-system-x86", "mke2fs", "e2fsprogs", "setsid", "util-linux",
        "ssh", "openssh-client", "ssh-keygen", "openssh-client", "stty", "coreutils");
    private static final Map<String, String> TO_COMPILE = Map.of("gcc", "gcc", "make", "make");
    private static final Map<String, String> TO_BUILD =
        Map.of("apt-get", "apt", "apt-cache", "apt", "dpkg-deb", "dpkg", "depmod", "kmod", "bash", "bash", "xz", "xz-utils",
        Apt.KEYRING.toString(), "debian-archive-keyring", "gpgv", "gpgv");
    private static final Map<String, String> TO_BOOTSTRAP = Map.of("debootstrap", "debootstrap", "unshare", "util-linux");

    static KernelLabRequirements ofThisMachine() {
        return new KernelLabRequirements(System.getProperty("os.name"), System.getProperty("os.arch"), System.getProperty("user.name"),
            KernelLabRequirements::isHere);
    }

    /// What `up` needs when these things lie in this cache already: the root image (and with it the kernel), the user space it is made of,
    /// the NIC module.
    static void toMake(Path cache, boolean root, boolean system, boolean nic) throws LabFailed {
        var problems = new ArrayList<>(ofThisMachine().problems(tables(root, system, nic), !root));
        if (!nic) unbuildable(cache).ifPresent(problems::add);
        if (!problems.isEmpty()) throw new LabFailed("the kernel lab cannot start: " + String.join("; ", problems));
    }

    /// The kernel's Makefile refuses to build below such a directory.
    static Optional<String> unbuildable(Path directory) {
        if (directory.toString().chars().noneMatch(letter -> letter == ':' || Character.isWhitespace(letter))) return Optional.empty();
        return Optional.of("its NIC module cannot be built in " + directory
            + ": the kernel's build takes no path with a space or a colon. Name another cache: XDG_CACHE_HOME=/var/cache");
    }

    static List<Map<String, String>> tables(boolean root, boolean system, boolean nic) {
        var tables = new ArrayList<Map<String, String>>(List.of(TO_RUN));
        if (!nic) tables.add(TO_COMPILE);
        if (!root) tables.add(TO_BUILD);
        if (!root && !system) tables.add(TO_BOOTSTRAP);
        return tables;
    }

    /// Everything that is wrong, each with its next step.
    List<String> problems(List<Map<String, String>> tables, boolean root) {
        if (!system.equals("Linux")) return List.of("it needs Linux, and this is " + system + ". Use: bluerig lab sim");
        var problems = new ArrayList<String>();
        if (!architecture.equals("amd64"))
            problems.add("it needs an x86-64 machine, and this is " + architecture + ". Use: bluerig lab sim");
        if (root && !user.equals("root"))
            problems.add("its images are not in the cache yet, and only root can make them (user " + user
                + " cannot debootstrap): once as root XDG_CACHE_HOME=/var/cache bluerig lab kernel up,"
                + " then the same as " + user);
        var missing = new TreeMap<String, String>();
        for (Map<String, String> table : tables) table.forEach((program, from) -> {
            if (!present.test(program)) missing.put(program, from);
        });
        if (!missing.isEmpty())
            problems.add("missing: " + String.join(", ", missing.keySet()) + ". Install: apt-get install --no-install-recommends "
                + String.join(" ", new TreeSet<>(missing.values())));
        return problems;
    }

    private static boolean isHere(String program) {
        return program.startsWith("/") ? Files.isReadable(Path.of(program)) : LabPrograms.present(program);
    }
}
