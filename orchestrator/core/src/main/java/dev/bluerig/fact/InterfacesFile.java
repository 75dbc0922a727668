package dev.bluerig.fact;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
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
public record InterfacesFile(List<String> sources, Map<String, List<Stanza>> stanzas, Set<String> mentioned) {
    static final String MAIN = "/etc/network/interfaces";
    static final String OURS = "/etc/network/interfaces.d/bluerig-";
    private static final int FILES = 1000;

    public InterfacesFile {
        sources = List.copyOf(sources);
        stanzas = Collections.unmodifiableMap(new TreeMap<>(stanzas));
        mentioned = Collections.unmodifiableSet(new TreeSet<>(mentioned));
    }

    /// `options`: the first words of the lines below it; a value may be a secret.
    public record Stanza(String file, String family, String method, List<String> options) {
        public Stanza {
            options = List.copyOf(options);
        }

        boolean setsNothing() {
            return method.equals("manual") && options.isEmpty();
        }
    }

    Owner.Ifupdown owner(Link link) {
        return new Owner.Ifupdown(reads(OURS + link.name().text()), stanzas.getOrDefault(link.name().text(), List.of()));
    }

    private boolean reads(String path) {
        return sources.stream().anyMatch(glob -> matches(glob, path));
    }

    /// `source-directory` takes file names of letters, digits, `_` and `-` alone (interfaces(5)); it is kept with a slash at its end.
    private static boolean matches(String glob, String file) {
        if (!glob.endsWith("/")) return Glob.matches(glob, file) && slashes(glob) == slashes(file);
        return file.startsWith(glob) && file.substring(glob.length()).matches("[a-zA-Z0-9_-]+");
    }

    private static long slashes(String path) {
        return path.chars().filter(c -> c == '/').count();
    }

    boolean mentions(Link link) {
        return mentioned.contains(link.name().text());
    }

    /// `second`: ifupdown2, which knows no `source-directory`.
    static InterfacesFile of(Map<String, String> files, boolean second) {
        var reader = new Reader(files, second);
        reader.read();
        return new InterfacesFile(reader.globs, reader.stanzas, reader.mentioned);
    }

    private static final class Reader {
        private final Map<String, String> files;
        private final boolean second;
        private final Map<String, List<Stanza>> stanzas = new TreeMap<>();
        private final Set<String> mentioned = new HashSet<>();
        private final List<String> globs = new ArrayList<>();

        private Reader(Map<String, String> files, boolean second) {
            this.files = files;
            this.second = second;
        }

        private void read() {
            Deque<String> waiting = new ArrayDeque<>(List.of(MAIN));
            Set<String> done = new HashSet<>();
            while (!waiting.isEmpty() && done.size() < FILES) {
                String path = waiting.remove();
                if (!done.add(path)) continue;
                int before = globs.size();
                one(path);
                for (String glob : globs.subList(before, globs.size())) files.keySet().stream().filter(file -> matches(glob, file)).forEach(waiting::add);
            }
        }

        private void one(String path) {
            String name = "";
            Stanza open = null;
            for (String line : lines(files.getOrDefault(path, ""))) {
                String[] words = line.split("\\s+");
                boolean starts = words[0].matches("iface|mapping|auto|allow-\\S+|no-auto-down|no-scripts|source|source-directory|rename|template|vlan|bridge");
                if (!starts && open != null) open = with(open, line);
                if (!starts) continue;
                keep(path, name, open);
                open = null;
                if (words[0].equals("iface") && words.length > 1) {
                    name = words[1];
                    open = new Stanza(path, words.length > 2 ? words[2] : "inet", words.length > 3 ? words[3] : "manual", inherited(words));
                }
                boolean directory = words[0].equals("source-directory");
                if (words[0].startsWith("source") && !(directory && second))
                    Arrays.stream(words).skip(1).map(word -> word.startsWith("/") ? word : "/etc/network/" + word).forEach(word -> globs.add(directory && !word.endsWith("/") ? word + "/" : word));
            }
            keep(path, name, open);
        }

        private static List<String> inherited(String[] words) {
            return words.length > 5 && words[4].equals("inherits") ? List.of("inherits") : List.of();
        }

        private static Stanza with(Stanza open, String option) {
            var options = new ArrayList<>(open.options());
            options.add(option.split("\\s+")[0]);
            return new Stanza(open.file(), open.family(), open.method(), options);
        }

        private void keep(String path, String name, Stanza stanza) {
            if (stanza == null || path.startsWith(OURS)) return;
            mentioned.add(name);
            if (!stanza.setsNothing()) stanzas.computeIfAbsent(name, any -> new ArrayList<>()).add(stanza);
        }

        private static List<String> lines(String text) {
            var lines = new ArrayList<String>();
            var open = new StringBuilder();
            for (String raw : text.lines().toList()) {
                String line = raw.strip();
                if (open.isEmpty() && line.startsWith("#")) continue;
                boolean goesOn = line.endsWith("\\");
                open.append(goesOn ? line.substring(0, line.length() - 1) + " " : line);
                if (goesOn) continue;
                if (!open.toString().isBlank()) lines.add(open.toString().strip());
                open.setLength(0);
            }
            return lines;
        }
    }
}
