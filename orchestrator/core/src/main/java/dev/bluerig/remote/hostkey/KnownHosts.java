package dev.bluerig.remote.hostkey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bluerig.inventory.Wildcard;
import dev.bluerig.source.BoundedFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The host keys on file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"), looked up in a map; only hashed names and patterns are searched.
public final class KnownHosts {
    /// What a line says of its key.
    public enum Marker { PLAIN, REVOKED, AUTHORITY }

    /// One line's key. `at` is file:line.
    public record Entry(String at, PublicKeyText key, Marker mark) {
        public boolean revoked() {
            return mark == Marker.REVOKED;
        }

        public boolean plain() {
            return mark == Marker.PLAIN;
        }
    }

    /// What the files say about a key that a machine shows.
    public enum Answer { KNOWN, UNKNOWN, CHANGED, REVOKED }

    private static final String MACHINE = "bluerig/";

    private record Pattern(Predicate<String> names, Entry entry) {}

    /// Bytes; a fleet of 10,000 machines with three keys each is 5 MB.
    static final int SIZE = 32 << 20;

    private final Map<String, List<Entry>> plain = new HashMap<>();
    private final List<Pattern> searched = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private KnownHosts() {}

    /// A file that does not exist is empty. Lines that cannot be read are noted and skipped, as ssh does.
    public static KnownHosts read(List<Path> files) throws IOException {
        var known = new KnownHosts();
        for (Path file : files) {
            try {
                int number = 1;
                for (String line : new String(BoundedFile.bytes(file, SIZE), ISO_8859_1).split("\n", -1))
                    known.line(file + ":" + number++, line.strip());
            } catch (NoSuchFileException empty) {
                // nothing on file yet
            } catch (BoundedFile.Unreadable why) {
                throw new IOException(file + ": " + why.getMessage(), why);
            }
        }
        return known;
    }

    /// Lines that were not used, and why.
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /// Everything on file for this name: `host`, `[host]:port`, or an inventory name.
    public List<Entry> entries(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        var found = new ArrayList<>(plain.getOrDefault(lower, List.of()));
        for (Pattern pattern : searched) if (pattern.names.test(lower)) found.add(pattern.entry);
        return found;
    }

    public Answer check(String name, PublicKeyText shown) {
        return check(entries(name), shown);
    }

    public static Answer check(List<Entry> entries, PublicKeyText shown) {
        List<Entry> same = entries.stream().filter(entry -> entry.key.equals(shown)).toList();
        if (same.stream().anyMatch(Entry::revoked)) return Answer.REVOKED;
        if (same.stream().anyMatch(Entry::plain)) return Answer.KNOWN;
        return entries.stream().noneMatch(Entry::plain) ? Answer.UNKNOWN : Answer.CHANGED;
    }

    /// How a machine of an inventory is called beside its address, so that a swap of two addresses is noticed. No host can have such a
    /// name.
    public static String machine(Optional<String> inventory, String name) {
        return MACHINE + inventory.map(file -> file + "/").orElse("") + name.toLowerCase(Locale.ROOT);
    }

    /// The machines that keys are on file for: of this inventory, and of before inventories were told apart.
    public List<String> machines(Optional<String> inventory) {
        String start = machine(inventory, "");
        return plain.keySet().stream().filter(name -> name.startsWith(start) || name.startsWith(MACHINE)
            && name.indexOf('/', MACHINE.length()) < 0)
            .map(name -> name.substring(name.lastIndexOf('/') + 1)).distinct().sorted().toList();
    }

    /// Keys of machines of this name in any inventory.
    public List<Entry> elsewhere(String name) {
        return plain.entrySet().stream().filter(filed -> filed.getKey().startsWith(MACHINE)
            && filed.getKey().endsWith("/" + name.toLowerCase(Locale.ROOT)))
            .flatMap(filed -> filed.getValue().stream()).toList();
    }

    /// `host`, or `[host]:port` when the port is not 22.
    public static String name(String host, int port) {
        return port == 22 ? host : "[" + host + "]:" + port;
    }

    private void line(String at, String line) {
        if (line.isEmpty() || line.startsWith("#")) return;
        String[] words = line.split("[ \t]+");
        boolean marked = words[0].startsWith("@");
        Optional<Marker> mark = switch (words[0]) {
            case "@revoked" -> Optional.of(Marker.REVOKED);
            case "@cert-authority" -> Optional.of(Marker.AUTHORITY);
            default -> marked ? Optional.empty() : Optional.of(Marker.PLAIN);
        };
        if (mark.isEmpty()) {
            notes.add(at + ": " + words[0] + " is not a marker");
            return;
        }
        int first = marked ? 1 : 0;
        if (words.length < first + 3) {
            notes.add(at + ": not a host key line");
            return;
        }
        try {
            add(words[first], new Entry(at, PublicKeyText.of(words[first + 1], words[first + 2]), mark.get()));
        } catch (IllegalArgumentException unreadable) {
            notes.add(at + ": " + unreadable.getMessage());
        }
    }

    private void add(String names, Entry entry) {
        String lower = names.toLowerCase(Locale.ROOT);
        if (names.startsWith("|1|")) searched.add(new Pattern(HashedName.parse(names)::matches, entry));
        else if (lower.matches(".*[*?!].*")) searched.add(new Pattern(patterns(lower), entry));
        else for (String name : lower.split(",")) plain.computeIfAbsent(name, any -> new ArrayList<>()).add(entry);
    }

    /// A name matches when one pattern does and no negated one (ssh_config(5), PATTERNS).
    private static Predicate<String> patterns(String list) {
        List<String> all = Arrays.asList(list.split(","));
        List<String> wanted = all.stream().filter(pattern -> !pattern.startsWith("!")).toList();
        List<String> refused = all.stream().filter(pattern -> pattern.startsWith("!")).map(pattern -> pattern.substring(1)).toList();
        return name -> wanted.stream().anyMatch(pattern -> Wildcard.matches(pattern, name))
            && refused.stream().noneMatch(pattern -> Wildcard.matches(pattern, name));
    }
}
