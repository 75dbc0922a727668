package dev.bluerig.fact.boot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Follows ifupdown's files from the first one and sorts their stanzas. Values of options are looked at here and not kept.
final class InterfacesReader {
    private static final int FILES = 1000;
    private static final int PARENTS = 8;
    private static final int INHERITED = 100_000;   // lines in all, so that the work stays bounded

    private final Map<String, String> files;
    private final boolean second;
    private final List<String> globs = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<InterfacesClaim> claims = new ArrayList<>();
    private final List<Selection> selections = new ArrayList<>();
    private final Set<String> started = new HashSet<>();
    private int inherited;

    /// A stanza with its lines; `template`: only others take it.
    private record Block(String file, boolean template, String name, String family, String method, String parent, List<String> lines) {
        private String words() {
            return "iface " + name + " " + family + " " + method;
        }

        private boolean isOurs() {
            return file.startsWith(InterfacesFile.OURS);
        }
    }

    /// `auto [VARIABLE]/PATTERN[/OPTIONS][=LOGICAL]`.
    private record Selection(String file, String words, String pattern, String logical) {}

    InterfacesReader(Map<String, String> files, boolean second) {
        this.files = files;
        this.second = second;
    }

    InterfacesFile read() {
        Deque<String> waiting = new ArrayDeque<>(List.of(InterfacesFile.MAIN));
        Set<String> done = new HashSet<>();
        while (!waiting.isEmpty() && done.size() < FILES) {
            String path = waiting.remove();
            if (!done.add(path)) continue;
            int before = globs.size();
            one(path);
            for (String glob : globs.subList(before, globs.size()))
                files.keySet().stream().filter(file -> InterfacesFile.matches(glob, file)).forEach(waiting::add);
        }
        return sorted();
    }

    private InterfacesFile sorted() {
        var stanzas = new TreeMap<String, List<InterfacesFile.Stanza>>();
        Set<String> mentioned = new HashSet<>();
        Map<String, Block> byName = new TreeMap<>();
        blocks.stream().filter(block -> !block.isOurs()).forEach(block -> byName.putIfAbsent(block.name(), block));
        for (Block block : blocks) {
            if (block.isOurs() || block.template()) continue;
            mentioned.add(block.name());
            List<String> lines = inherited(block, byName);
            claims.addAll(InterfacesClaim.of(block.file(), block.name(), block.words(), lines));
            var options = new ArrayList<>(block.parent().isEmpty() ? List.<String>of() : List.of("inherits"));
            block.lines().forEach(line -> options.add(line.split("\\s+")[0]));
            var stanza = new InterfacesFile.Stanza(block.file(), block.family(), block.method(), options, addresses(lines));
            if (!stanza.setsNothing()) stanzas.computeIfAbsent(block.name(), any -> new ArrayList<>()).add(stanza);
        }
        twice();
        selections.forEach(selection -> selected(selection, byName));
        return new InterfacesFile(globs, stanzas, mentioned, claims, started);
    }

    private List<String> inherited(Block block, Map<String, Block> byName) {
        var lines = new ArrayList<>(block.lines());
        Block next = byName.get(block.parent());
        for (int depth = 0; next != null && depth < PARENTS && inherited < INHERITED; depth++, next = byName.get(next.parent())) {
            lines.addAll(next.lines());
            inherited += next.lines().size();
        }
        return lines;
    }

    /// `address X`, and `ip address add X` in a command.
    private static List<String> addresses(List<String> lines) {
        var addresses = new ArrayList<String>();
        for (String line : lines) {
            String[] words = line.split("\\s+");
            for (int i = 1; i < words.length; i++) {
                boolean given = i == 1 && words[0].equals("address") || i > 2 && words[i - 1].matches("add|replace")
                    && words[i - 2].matches("a|addr|address");
                if (given && words[i].matches("[0-9a-fA-F.:]+(/\\d+)?")) addresses.add(words[i]);
            }
        }
        return addresses;
    }

    /// The second client for DHCP fails, and then ifupdown leaves out what comes after it.
    private void twice() {
        Map<String, Long> seen = new TreeMap<>();
        for (Block block : blocks)
            if (!block.isOurs() && block.method().equals("dhcp") && seen.merge(block.words(), 1L, Long::sum) == 2)
                claims.add(new InterfacesClaim(block.file(), "`" + block.words() + "` twice", InterfacesClaim.Kind.NAMED,
                    List.of(block.name())));
    }

    /// With a logical name its stanza counts in the place of the link's own; a pattern alone may find one that is called like its stem.
    private void selected(Selection selection, Map<String, Block> byName) {
        String stem = selection.pattern().replaceAll("[*?\\[].*$", "");
        if (!selection.logical().isEmpty()) claims.add(claim(selection, "`" + selection.words() + "`"));
        else if (Glob.isPattern(selection.pattern()) && byName.containsKey(stem))
            claims.add(claim(selection, "`" + byName.get(stem).words() + "` (`" + selection.words() + "`)"));
    }

    private static InterfacesClaim claim(Selection selection, String words) {
        return new InterfacesClaim(selection.file(), words, InterfacesClaim.Kind.NAMED, List.of(selection.pattern()));
    }

    private void one(String path) {
        Block open = null;
        for (String line : lines(files.getOrDefault(path, ""))) {
            String[] words = line.split("\\s+");
            boolean starts = words[0].matches("iface|mapping|auto|allow-\\S+|no-auto-down|no-scripts|source|source-directory|rename|te"
                + "mplate|vlan|bridge");
            if (!starts && open != null) open.lines().add(line);
            if (words[0].matches("auto|allow-auto"))
                Arrays.stream(words).skip(1).map(word -> word.replaceFirst("=.*", "")).forEach(started::add);
            else if (line.contains("ifup ")) started.addAll(Arrays.asList(words));
            if (!starts) continue;
            open = words.length > 1 && words[0].matches("iface|template") ? block(path, words) : null;
            if (open != null) blocks.add(open);
            if (path.startsWith(InterfacesFile.OURS)) continue;
            if (words[0].startsWith("source")) sources(words);
            if (words[0].equals("mapping"))
                claims.add(new InterfacesClaim(path, "`" + line + "`", InterfacesClaim.Kind.NAMED,
                    Arrays.asList(words).subList(1, words.length)));
            if (words[0].equals("auto") || words[0].startsWith("allow-"))
                Arrays.stream(words).skip(1).forEach(word -> select(path, words[0], word));
        }
    }

    private static Block block(String path, String[] words) {
        int inherits = Arrays.asList(words).indexOf("inherits");
        int end = inherits > 1 ? inherits : words.length;
        String parent = inherits > 1 && inherits + 1 < words.length ? words[inherits + 1] : "";
        return new Block(path, words[0].equals("template"), words[1], end > 2 ? words[2] : "inet", end > 3 ? words[3] : "manual", parent,
            new ArrayList<>());
    }

    private void select(String path, String verb, String word) {
        int equals = word.indexOf('=');
        String physical = equals < 0 ? word : word.substring(0, equals);
        String logical = equals < 0 ? "" : word.substring(equals + 1);
        if (physical.equals(logical) || equals < 0 && !physical.contains("/")) return;
        String[] parts = physical.split("/");
        String pattern = parts.length > 1 ? parts[1] : physical;
        boolean mac = parts.length > 1 && parts[0].matches("mac|address");
        boolean any = parts.length > 1 && !mac && !parts[0].isEmpty();   // of another property: it may be this link
        selections.add(new Selection(path, verb + " " + word, any ? "*" : mac ? "mac/" + pattern : pattern, logical));
    }

    private void sources(String[] words) {
        boolean directory = words[0].equals("source-directory");
        if (directory && second) return;
        Arrays.stream(words).skip(1).map(word -> word.startsWith("/") ? word : "/etc/network/" + word)
            .forEach(word -> globs.add(directory && !word.endsWith("/") ? word + "/" : word));
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
