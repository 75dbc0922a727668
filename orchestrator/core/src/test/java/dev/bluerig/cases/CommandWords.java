package dev.bluerig.cases;

import dev.bluerig.remote.Command;
import java.util.ArrayList;
import java.util.List;

/// The way back from `Command.line()`: words are separated by one space, and a word may hold parts in single quotes.
public final class CommandWords {
    private CommandWords() {}

    public static Command command(String line) {
        return Command.of(split(line));
    }

    public static List<String> split(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (c == '\\' && !quoted) {
                word.append(line.charAt(++i));
            } else if (c == ' ' && !quoted) {
                words.add(word.toString());
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        if (quoted) throw new AssertionError("a quote is open: " + line);
        words.add(word.toString());
        return words;
    }
}
