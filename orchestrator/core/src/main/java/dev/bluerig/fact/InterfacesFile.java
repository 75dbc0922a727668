package dev.bluerig.fact;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What ifupdown's files say: the links with an `iface` stanza in files that are not ours, and whether interfaces.d is read at all
/// (`source /etc/network/interfaces.d/*` is Debian's default, man interfaces(5)).
public record InterfacesFile(boolean includes, Set<String> links) {
    static final String MAIN = "/etc/network/interfaces";
    private static final String DIRECTORY = "/etc/network/interfaces.d/";

    public InterfacesFile {
        links = Collections.unmodifiableSet(new TreeSet<>(links));
    }

    Owner.Ifupdown owner(Link link) {
        return new Owner.Ifupdown(includes, links.contains(link.name().text()));
    }

    static InterfacesFile of(Map<String, String> files) {
        var links = new TreeSet<String>();
        files.forEach((path, text) -> {
            boolean read = path.equals(MAIN) || path.startsWith(DIRECTORY) && !path.startsWith(DIRECTORY + "bluerig-");
            if (read) text.lines().map(line -> line.strip().split("\\s+")).filter(words -> words[0].equals("iface") && words.length > 1).forEach(words -> links.add(words[1]));
        });
        boolean includes = files.getOrDefault(MAIN, "").lines().map(String::strip).anyMatch(InterfacesFile::includesDirectory);
        return new InterfacesFile(includes, links);
    }

    private static boolean includesDirectory(String line) {
        String[] words = line.split("\\s+");
        if (words.length < 2) return false;
        return words[0].equals("source") && (words[1].equals("/etc/network/interfaces.d/*") || words[1].equals("interfaces.d/*"))
            || words[0].equals("source-directory") && (words[1].startsWith("/etc/network/interfaces.d") || words[1].startsWith("interfaces.d"));
    }
}
