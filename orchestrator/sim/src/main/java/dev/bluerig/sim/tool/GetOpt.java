package dev.bluerig.sim.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Command line options in the getopt(3) manner: known letters and long names only, anything else is unknown aloud.
public final class GetOpt {
    private final Map<String, String> given = new LinkedHashMap<>();
    private final List<String> rest = new ArrayList<>();
    private Optional<String> strange = Optional.empty();

    /// `letters` as in getopt: a colon after a letter that takes a value; `words`: long names, with `=` when they take a value.
    /// `mixed`: options may follow operands.
    public static GetOpt of(List<String> arguments, String letters, List<String> words, boolean mixed) {
        var options = new GetOpt();
        options.parse(arguments, letters, words, mixed);
        return options;
    }

    private void parse(List<String> arguments, String letters, List<String> words, boolean mixed) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--")) {
                rest.addAll(arguments.subList(i + 1, arguments.size()));
                return;
            }
            if (argument.startsWith("--")) {
                i += word(argument.substring(2), i + 1 < arguments.size() ? arguments.get(i + 1) : "", words);
            } else if (argument.startsWith("-") && argument.length() > 1) {
                i += letters(argument, i + 1 < arguments.size() ? arguments.get(i + 1) : "", letters);
            } else if (mixed) {
                rest.add(argument);
            } else {
                rest.addAll(arguments.subList(i, arguments.size()));
                return;
            }
        }
    }

    private int word(String text, String next, List<String> words) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        if (words.contains(name) && equals < 0) {
            given.put(name, "");
            return 0;
        }
        if (words.contains(name + "=")) {
            given.put(name, equals < 0 ? next : text.substring(equals + 1));
            return equals < 0 ? 1 : 0;
        }
        strange = Optional.of("--" + name);
        return 0;
    }

    private int letters(String argument, String next, String letters) {
        for (int at = 1; at < argument.length(); at++) {
            int known = letters.indexOf(argument.charAt(at));
            if (known < 0 || argument.charAt(at) == ':') {
                strange = Optional.of("-" + argument.charAt(at));
                return 0;
            }
            String name = String.valueOf(argument.charAt(at));
            if (known + 1 >= letters.length() || letters.charAt(known + 1) != ':') {
                given.put(name, "");
                continue;
            }
            boolean attached = at + 1 < argument.length();
            given.put(name, attached ? argument.substring(at + 1) : next);
            return attached ? 0 : 1;
        }
        return 0;
    }

    public boolean has(String name) {
        return given.containsKey(name);
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(given.get(name));
    }

    public List<String> rest() {
        return List.copyOf(rest);
    }

    /// The first option that is not modelled.
    public Optional<String> strange() {
        return strange;
    }
}
