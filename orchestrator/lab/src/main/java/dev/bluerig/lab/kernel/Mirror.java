package dev.bluerig.lab.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where Debian's packages come from: the mirror that this machine's administrator chose, when it is a Debian, else the project's own.
///
/// `main`: the archive (`.../debian`). `security`: its security updates (`.../debian-security`).
record Mirror(String main, String security) {
    static final Mirror OF_DEBIAN = new Mirror("http://deb.debian.org/debian", "http://deb.debian.org/debian-security");

    /// sources.list(5): both styles name their archives in a word that begins like this. What apt fetches through other methods (cdrom,
    /// mirror+file) is of no use to debootstrap.
    private static final Pattern ADDRESS = Pattern.compile("(?:^|\\s)(https?://[^\\s\\]]+)");

    /// What this machine's apt uses.
    static Mirror ofThisMachine() {
        try {
            if (Files.readAllLines(Path.of("/etc/os-release")).stream().noneMatch("ID=debian"::equals)) return OF_DEBIAN;
            var texts = new ArrayList<String>();
            for (Path file : sources()) texts.add(Files.readString(file));
            return among(texts);
        } catch (IOException unreadable) {
            return OF_DEBIAN;
        }
    }

    private static List<Path> sources() throws IOException {
        var files = new ArrayList<Path>();
        Path single = Path.of("/etc/apt/sources.list");
        if (Files.isReadable(single)) files.add(single);
        Path parts = Path.of("/etc/apt/sources.list.d");
        if (!Files.isDirectory(parts)) return files;
        try (Stream<Path> all = Files.list(parts)) {
            all.filter(path -> path.toString().matches(".*\\.(list|sources)")).filter(Files::isReadable).sorted().forEach(files::add);
        }
        return files;
    }

    /// The first archive in these source lists that is called `debian`, and the first that is called `debian-security`.
    static Mirror among(List<String> sources) {
        var addresses = new LinkedHashSet<String>();
        for (String text : sources)
            text.lines().filter(line -> !line.strip().startsWith("#"))
                .filter(line -> line.strip().toLowerCase(Locale.ROOT).matches("(deb\\b|uris:).*"))
                .forEach(line -> {
                    Matcher address = ADDRESS.matcher(line);
                    while (address.find()) addresses.add(address.group(1).replaceFirst("/+$", ""));
                });
        return new Mirror(ending("/debian", addresses).orElse(OF_DEBIAN.main),
            ending("/debian-security", addresses).orElse(OF_DEBIAN.security));
    }

    private static Optional<String> ending(String end, LinkedHashSet<String> addresses) {
        return addresses.stream().filter(address -> address.endsWith(end)).findFirst();
    }
}
