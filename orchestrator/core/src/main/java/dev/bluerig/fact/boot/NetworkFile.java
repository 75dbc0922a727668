package dev.bluerig.fact.boot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A `.network` or `.link` file as systemd reads it: each key with its section before it (`Match.Name`, `Link.MTUBytes`), its values in
/// their order. An empty value takes back the earlier ones (systemd.syntax(7)). A file that masks another has no keys. A drop-in is a file
/// of its own here.
public record NetworkFile(String path, Map<String, List<String>> keys) {
    public NetworkFile {
        var copy = new LinkedHashMap<String, List<String>>();
        keys.forEach((key, values) -> copy.put(key, List.copyOf(values)));
        keys = Collections.unmodifiableMap(copy);
    }

    /// Files of all directories are read in the order of these names.
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public List<String> all(String key) {
        List<String> values = keys.getOrDefault(key, List.of());
        return values.subList(values.lastIndexOf("") + 1, values.size());
    }

    /// As if the drop-in's text stood at the end.
    NetworkFile and(NetworkFile dropIn) {
        var both = new LinkedHashMap<String, List<String>>(keys);
        dropIn.keys.forEach((key, values) -> both.merge(key, values, (first, second) -> Stream.concat(first.stream(), second.stream())
            .toList()));
        return new NetworkFile(path, both);
    }

    /// The name of the file that this is a drop-in of.
    Optional<String> of() {
        String directory = path.substring(0, path.lastIndexOf('/'));
        return path.endsWith(".conf") && directory.endsWith(".d")
            ? Optional.of(directory.substring(directory.lastIndexOf('/') + 1, directory.length() - 2)) : Optional.empty();
    }

    public Optional<String> last(String key) {
        return all(key).isEmpty() ? Optional.empty() : Optional.of(all(key).getLast());
    }

    static NetworkFile parse(String path, String text) {
        var keys = new LinkedHashMap<String, List<String>>();
        read(text, keys);
        return new NetworkFile(path, keys);
    }

    private static void read(String text, Map<String, List<String>> keys) {
        String section = "";
        for (String line : joined(text)) {
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1);
                continue;
            }
            int equals = line.indexOf('=');
            if (equals <= 0) continue;
            String key = section + "." + line.substring(0, equals).strip();
            keys.computeIfAbsent(key, any -> new ArrayList<>()).add(line.substring(equals + 1).strip());
        }
    }

    /// Without comments and blank lines; a line that ends with `\` goes on in the next one.
    private static List<String> joined(String text) {
        var lines = new ArrayList<String>();
        var open = new StringBuilder();
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            if (line.startsWith("#") || line.startsWith(";")) continue;
            boolean goesOn = line.endsWith("\\");
            open.append(goesOn ? line.substring(0, line.length() - 1) + " " : line);
            if (goesOn) continue;
            if (!open.toString().isBlank()) lines.add(open.toString().strip());
            open.setLength(0);
        }
        if (!open.toString().isBlank()) lines.add(open.toString().strip());
        return lines;
    }

    /// Words of all values of a key; `!` before the first word of a value inverts all of them (systemd.network(5), "[Match]").
    List<String> words(String key) {
        return all(key).stream().flatMap(value -> {
            boolean inverted = value.startsWith("!");
            return Arrays.stream((inverted ? value.substring(1) : value).strip().split("\\s+")).map(word -> unquoted(word))
                .map(word -> inverted ? "!" + word : word);
        }).toList();
    }

    private static String unquoted(String word) {
        return word.length() > 1 && "\"'".indexOf(word.charAt(0)) >= 0 && word.charAt(word.length() - 1) == word.charAt(0)
            ? word.substring(1, word.length() - 1) : word;
    }
}
