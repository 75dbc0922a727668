package dev.bluerig.remote.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bluerig.inventory.Wildcard;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The files that `ssh` would read, as far as one must know them to say which names it takes alike; their meaning is ssh's own business.
///
/// `texts`: what is in them. `patterns`: of all their `Host` lines.
record SshConfigFiles(List<String> texts, Set<String> patterns) {
    private static final Path SYSTEM = Path.of("/etc/ssh/ssh_config");
    private static final int LARGEST = 1 << 20;
    private static final int MOST = 200;

    /// What `Match` may ask without looking at a name (ssh_config(5)).
    private static final Set<String> OF_ALL = Set.of("all", "final", "canonical");

    /// Empty when names cannot be told alike: a `Match` that looks closer, or a file that cannot be followed.
    static Optional<SshConfigFiles> of(SshProgram ssh) {
        var texts = new LinkedHashMap<Path, String>();
        var patterns = new LinkedHashSet<String>();
        Path user = Path.of(System.getProperty("user.home"), ".ssh");
        try {
            if (!read(ssh.file(), user, texts, patterns)) return Optional.empty();
            if (ssh.file().equals(user.resolve("config")) && !read(SYSTEM, SYSTEM.getParent(), texts, patterns)) return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
        return Optional.of(new SshConfigFiles(List.copyOf(texts.values()), patterns));
    }

    /// Which of the patterns match. Each in both spellings, because ssh takes some names in lower case.
    List<Boolean> matched(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        var matched = new ArrayList<Boolean>();
        for (String pattern : patterns) {
            matched.add(Wildcard.matches(pattern, name));
            matched.add(Wildcard.matches(pattern.toLowerCase(Locale.ROOT), lower));
        }
        return matched;
    }

    /// False when names cannot be told alike. A file that is not there is empty.
    private static boolean read(Path file, Path directory, Map<Path, String> texts, Set<String> patterns) throws IOException {
        if (!Files.exists(file) || texts.containsKey(file)) return true;
        if (texts.size() >= MOST || Files.size(file) > LARGEST) return false;
        String text = Files.readString(file, ISO_8859_1);
        texts.put(file, text);
        for (String line : text.split("\n")) {
            List<String> words = words(line);
            if (words.isEmpty()) continue;
            List<String> arguments = words.subList(1, words.size());
            switch (words.getFirst().toLowerCase(Locale.ROOT)) {
                case "host" -> arguments.forEach(pattern -> patterns.add(pattern.startsWith("!") ? pattern.substring(1) : pattern));
                case "match" -> {
                    if (!arguments.stream().map(word -> word.toLowerCase(Locale.ROOT)).allMatch(OF_ALL::contains)) return false;
                }
                case "include" -> {
                    for (String each : arguments) if (!included(each, directory, texts, patterns)) return false;
                }
                default -> {}
            }
        }
        return true;
    }

    private static boolean included(String name, Path directory, Map<Path, String> texts, Set<String> patterns) throws IOException {
        if (name.startsWith("~") && !name.startsWith("~/") || name.contains("%") || name.contains("$")) return false;
        Path path = directory.resolve(DialTarget.expand(name));
        if (isGlob(path.getParent().toString())) return false;
        if (!isGlob(path.getFileName().toString())) return read(path, directory, texts, patterns);
        if (!Files.isDirectory(path.getParent())) return true;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(path.getParent(), path.getFileName().toString())) {
            var sorted = new ArrayList<Path>();
            found.forEach(sorted::add);
            sorted.sort(null);
            for (Path each : sorted) if (!read(each, directory, texts, patterns)) return false;
        }
        return true;
    }

    private static boolean isGlob(String text) {
        return text.chars().anyMatch(each -> "*?[{".indexOf(each) >= 0);
    }

    /// `Keyword argument "another one"` or `Keyword=argument`; without comments.
    private static List<String> words(String line) {
        String text = line.strip();
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean ends = !quoted && (Character.isWhitespace(each) || each == '=' && words.isEmpty());
            if (each == '"') quoted = !quoted;
            else if (!quoted && each == '#' && word.isEmpty()) break;
            else if (!ends) word.append(each);
            if (ends && !word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        if (!word.isEmpty()) words.add(word.toString());
        return words;
    }
}
