package dev.bluerig.sim.ovs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The language of `ovs-vsctl`: global options, then commands between `--`, all in one transaction.
final class Vsctl {
    private static final Set<String> LOCAL = Set.of("may-exist", "if-exists", "columns", "id", "fake-iface", "all", "no-headings");

    /// `timeout` in seconds, 0 for ever.
    record Globals(int timeout, boolean waiting, String format) {}

    record Part(Map<String, String> options, String command, List<String> arguments) {
        boolean has(String option) {
            return options.containsKey(option);
        }

        Optional<String> option(String name) {
            return Optional.ofNullable(options.get(name));
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private int timeout;
    private boolean waiting = true;
    private String format = "list";

    static Vsctl parse(List<String> words) {
        var vsctl = new Vsctl();
        vsctl.split(words);
        return vsctl;
    }

    Globals globals() {
        return new Globals(timeout, waiting, format);
    }

    List<Part> parts() {
        return parts;
    }

    private void split(List<String> words) {
        var part = new ArrayList<String>();
        boolean first = true;
        for (String word : words) {
            if (!word.equals("--")) {
                part.add(word);
                continue;
            }
            part(part, first);
            part.clear();
            first = false;
        }
        part(part, first);
        if (parts.isEmpty()) throw new OvsError("missing command name (use --help for help)");
    }

    private void part(List<String> words, boolean first) {
        var options = new HashMap<String, String>();
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            String word = words.get(at++);
            String next = at < words.size() ? words.get(at) : "";
            if (first && global(word, next)) {
                if (Set.of("-f", "-t", "--timeout", "--format").contains(word)) at++;
                continue;
            }
            int equals = word.indexOf('=');
            String name = word.substring(2, equals < 0 ? word.length() : equals);
            if (!word.startsWith("--") || !LOCAL.contains(name)) throw new OvsError(first ? "unrecognized option '" + word + "'"
                : "'" + (at < words.size() ? words.get(at) : "") + "' command has no '" + word + "' option");
            options.put(name, equals < 0 ? "" : word.substring(equals + 1));
        }
        if (at == words.size()) {
            if (!options.isEmpty() || !first) throw new OvsError("missing command name (use --help for help)");
            return;
        }
        parts.add(new Part(options, words.get(at), List.copyOf(words.subList(at + 1, words.size()))));
    }

    private boolean global(String word, String next) {
        switch (word) {
            case "--no-wait" -> waiting = false;
            case "-t", "--timeout" -> timeout = Integer.parseInt(next);
            case "-f", "--format" -> format = next;
            default -> {
                if (word.startsWith("--timeout=")) timeout = Integer.parseInt(word.substring(10));
                else if (word.startsWith("--format=")) format = word.substring(9);
                else if (!word.startsWith("--db=") && !word.equals("--retry")) return false;
            }
        }
        return true;
    }
}
