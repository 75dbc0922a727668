package dev.bluerig.fact.boot;

import dev.bluerig.fact.link.Link;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What ifupdown's files say, in the files that ifupdown reads (`source`, `source-directory`; interfaces(5)).
///
/// - `sources`: the patterns of the files that it reads beside its own.
/// - `stanzas`: of each link in files that are not ours, those that set something. `iface X inet manual` without options sets nothing.
/// - `mentioned`: the links of all stanzas that are not ours; NetworkManager leaves them alone.
/// - `claims`: what takes links in another way; not ours.
/// - `started`: names that `ifup -a` starts at boot (`auto`, `allow-auto`), or that a command starts; a link that it makes itself is never
///   hotplugged.
public record InterfacesFile(List<String> sources, Map<String, List<Stanza>> stanzas, Set<String> mentioned, List<InterfacesClaim> claims,
    Set<String> started) {
    static final String MAIN = "/etc/network/interfaces";
    static final String OURS = "/etc/network/interfaces.d/bluerig-";

    public InterfacesFile {
        sources = List.copyOf(sources);
        stanzas = Collections.unmodifiableMap(new TreeMap<>(stanzas));
        mentioned = Collections.unmodifiableSet(new TreeSet<>(mentioned));
        claims = List.copyOf(claims);
        started = Collections.unmodifiableSet(new TreeSet<>(started));
    }

    public boolean starts(Link link) {
        return started.contains(link.name().text());
    }

    /// `options`: the first words of the lines below it; a value may be a secret. `addresses`: those that it gives, by option or by
    /// command.
    public record Stanza(String file, String family, String method, List<String> options, List<String> addresses) {
        public Stanza {
            options = List.copyOf(options);
            addresses = List.copyOf(addresses);
        }

        boolean setsNothing() {
            return method.equals("manual") && options.isEmpty();
        }
    }

    BootOwner.Ifupdown owner(Link link) {
        return new BootOwner.Ifupdown(reads(OURS + link.name().text()), stanzas.getOrDefault(link.name().text(), List.of()), claims(link));
    }

    private List<InterfacesClaim> claims(Link link) {
        return claims.stream().filter(claim -> claim.takes(link)).toList();
    }

    private boolean reads(String path) {
        return sources.stream().anyMatch(glob -> matches(glob, path));
    }

    /// `source-directory` takes file names of letters, digits, `_` and `-` alone (interfaces(5)); it is kept with a slash at its end.
    static boolean matches(String glob, String file) {
        if (!glob.endsWith("/")) return Glob.matches(glob, file) && slashes(glob) == slashes(file);
        return file.startsWith(glob) && file.substring(glob.length()).matches("[a-zA-Z0-9_-]+");
    }

    private static long slashes(String path) {
        return path.chars().filter(c -> c == '/').count();
    }

    boolean mentions(Link link) {
        return mentioned.contains(link.name().text()) || !claims(link).isEmpty();
    }

    /// `second`: ifupdown2, which knows no `source-directory`.
    static InterfacesFile of(Map<String, String> files, boolean second) {
        return new InterfacesReader(files, second).read();
    }
}
