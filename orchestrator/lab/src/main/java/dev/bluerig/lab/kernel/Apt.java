package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Debian packages of a release that need not be this machine's, by an apt with lists, cache and settings of its own: nothing of the
/// machine's apt is read but how it reaches the network, and nothing of it is changed.
record Apt(Path directory, HostTool tool) {
    static final Path KEYRING = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");
    private static final Duration LISTS = Duration.ofMinutes(5);
    private static final Duration PACKAGES = Duration.ofMinutes(15);
    private static final Duration QUERY = Duration.ofMinutes(1);

    /// An administrator's choices that downloads must follow: apt.conf(5) proxies, certificates, the checks of a pinned snapshot.
    private static final Pattern NETWORK =
        Pattern.compile("Acquire::(?:http|https|Retries|Check-Date|Check-Valid-Until|ForceIPv[46])\\b.*");

    /// Fetches the lists of a suite and of its security updates, whose signatures apt checks against Debian's keyring.
    static Apt of(String suite, Mirror mirror, Path directory, HostTool tool) throws IOException, LabFailed {
        for (String part : List.of("etc/apt.conf.d", "etc/preferences.d", "etc/sources.list.d", "etc/trusted.gpg.d", "state/lists/partial",
            "cache/archives/partial"))
            Files.createDirectories(directory.resolve(part));
        Files.writeString(directory.resolve("state/status"), "");
        Files.writeString(directory.resolve("etc/sources.list"), sources(suite, mirror));
        Files.writeString(directory.resolve("apt.conf"), settings(directory, tool.output(QUERY, "apt-config", "dump")));
        var apt = new Apt(directory, tool.with("APT_CONFIG", directory.resolve("apt.conf").toString()));
        apt.tool.run(LISTS, "apt-get", "-q", "--error-on=any", "update");
        return apt;
    }

    static String sources(String suite, Mirror mirror) {
        String archive = "deb [arch=amd64 signed-by=" + KEYRING + "] %s %s main%n";
        return String.format(Locale.ROOT, archive, mirror.main(), suite)
            + String.format(Locale.ROOT, archive, mirror.security(), suite + "-security");
    }

    /// APT_CONFIG is read first, so that it decides where apt looks for the rest: nowhere (apt.conf(5)).
    static String settings(Path directory, String ofTheMachine) {
        var lines = new ArrayList<String>(List.of(
            "APT::Architecture \"amd64\";",
            "APT::Architectures {\"amd64\";};",
            "APT::Sandbox::User \"root\";",   // its own user cannot enter a home directory
            "Acquire::Languages \"none\";",
            "Dir::Etc \"" + directory.resolve("etc") + "\";",
            "Dir::Etc::Parts \"apt.conf.d\";",
            "Dir::Etc::TrustedParts \"" + directory.resolve("etc/trusted.gpg.d") + "\";",
            "Dir::State \"" + directory.resolve("state") + "\";",
            "Dir::State::Status \"" + directory.resolve("state/status") + "\";",
            "Dir::Cache \"" + directory.resolve("cache") + "\";"));
        ofTheMachine.lines().filter(line -> NETWORK.matcher(line).matches()).filter(line -> !line.endsWith(" \"\";")).forEach(lines::add);
        return String.join("\n", lines) + "\n";
    }

    /// The packages that this package depends on, by name.
    List<String> dependencies(String name) throws LabFailed {
        return dependencies(name, tool.output(QUERY, "apt-cache", "show", "--no-all-versions", name));
    }

    static List<String> dependencies(String name, String shown) throws LabFailed {
        String depends = field(name, "Depends", shown);
        return Stream.of(depends.split(",")).map(String::strip).map(one -> one.split("[ :(|]")[0]).toList();
    }

    private static String field(String name, String field, String shown) throws LabFailed {
        Matcher found = Pattern.compile("(?m)^" + field + ": (.*)$").matcher(shown);
        if (!found.find()) throw new LabFailed("apt knows no package " + name + " with a field " + field + "; it says:\n" + shown);
        return found.group(1);
    }

    /// Fetches packages and unpacks them here; returns the names of their files, which hold their versions. Nothing is installed.
    List<String> unpack(List<String> names, Path target) throws IOException, LabFailed {
        Path archives = Files.createDirectories(directory.resolve("packages"));
        Files.createDirectories(target);
        var words = new ArrayList<>(List.of("env", "--chdir=" + archives, "apt-get", "-q", "download"));
        words.addAll(names);
        tool.run(PACKAGES, words.toArray(String[]::new));
        try (Stream<Path> files = Files.list(archives)) {
            List<Path> packages = files.filter(path -> path.toString().endsWith(".deb")).sorted().toList();
            for (Path archive : packages) tool.run(PACKAGES, "dpkg-deb", "--extract", archive.toString(), target.toString());
            return packages.stream().map(path -> path.getFileName().toString()).toList();
        }
    }
}
