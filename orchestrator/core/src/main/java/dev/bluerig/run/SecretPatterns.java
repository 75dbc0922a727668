package dev.bluerig.run;

import dev.bluerig.source.Secret;
import dev.bluerig.source.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Hides what looks like a secret, whoever it belongs to: private keys, what stands behind `password:` and its like, logins in URLs, hashes
/// of passwords. For text that leaves the house (`bluerig bundle`): it hides more than it must, and it is no proof that nothing is left.
///
/// `ours`: words of our own that only look like a name of a secret (`SUDO_PASSWORD_WRONG`). The work grows with the text.
record SecretPatterns(Predicate<String> ours) {
    private static final String HIDDEN = "***";
    private static final Pattern NAME = Pattern.compile("(?i)passw(or)?d|passphrase|pwd|secret|token|credential|api[_-]?key|private[_-]?key"
        + "|psk|authorization|bearer");
    private static final Pattern DIRECTORY = Pattern.compile("(OLD)?PWD");
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY( BLOCK)?-----");
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    /// crypt(5): `$y$...`, `$6$salt$hash`.
    private static final Pattern HASH = Pattern.compile("\\$[0-9a-z]{1,6}\\$[^\\s:\"']{8,}");
    private static final Pattern LOGIN = Pattern.compile("(?<=://)([^\\s/:@]{0,256}):([^\\s/@]{1,256})@");
    /// Behind the name: the rest of a quote or a tag, blanks, and a mark that a value follows.
    private static final Pattern ASSIGNED = Pattern.compile("(\\\\?[\"'\\])]|&quot;|&#39;)?[ \\t]{0,8}(:=|=>|[:=>])[ \\t]{0,8}");
    private static final Pattern OPTION = Pattern.compile("[ \\t]{1,8}");
    private static final int LONGEST_NAME = 60;

    /// Text, with `***` in the place of what looks like a secret.
    String of(String text) {
        String keyless = keyless(text);
        String hashless = HASH.matcher(keyless).replaceAll(Matcher.quoteReplacement(HIDDEN));
        return assigned(LOGIN.matcher(hashless).replaceAll("$1:" + Matcher.quoteReplacement(HIDDEN) + "@"));
    }

    /// One whose end was cut off hides the rest.
    private static String keyless(String text) {
        var out = new StringBuilder();
        int kept = 0;
        Matcher begin = BEGIN.matcher(text);
        while (begin.find(kept)) {
            out.append(text, kept, begin.start()).append(HIDDEN);
            int end = text.indexOf(END, begin.end());
            int dashes = end < 0 ? -1 : text.indexOf(DASHES, end + END.length());
            kept = dashes < 0 ? text.length() : dashes + DASHES.length();
        }
        return out.append(text, kept, text.length()).toString();
    }

    private String assigned(String text) {
        var out = new StringBuilder();
        int kept = 0;
        Matcher name = NAME.matcher(text);
        while (name.find(kept)) {
            int from = start(text, name.start(), kept);
            int to = end(text, name.end());
            int value = value(text, from, to, name.group());
            int over = value < 0 ? to : valueEnd(text, value, text.charAt(value - 1) == '=');
            out.append(text, kept, value < 0 ? to : value);
            if (value >= 0 && over > value) out.append(HIDDEN);
            kept = over;
        }
        return out.append(text, kept, text.length()).toString();
    }

    private static int start(String text, int at, int least) {
        int start = at;
        while (start > least && at - start < LONGEST_NAME && isOfName(text.charAt(start - 1))) start--;
        return start;
    }

    private static int end(String text, int at) {
        int end = at;
        while (end < text.length() && end - at < LONGEST_NAME && isOfName(text.charAt(end))) end++;
        return end;
    }

    /// Where the value of this name begins, or -1.
    private int value(String text, int from, int to, String stem) {
        String word = text.substring(from, to);
        if (ours.test(word) || DIRECTORY.matcher(word).matches()) return -1;
        Matcher assigned = ASSIGNED.matcher(text).region(to, text.length());
        if (assigned.lookingAt()) return assigned.end() < text.length() ? assigned.end() : -1;
        boolean spoken = word.startsWith("-") || stem.equalsIgnoreCase("bearer");
        Matcher blanks = OPTION.matcher(text).region(to, text.length());
        return spoken && blanks.lookingAt() && blanks.end() < text.length() ? blanks.end() : -1;
    }

    /// A quoted value ends with its quote, one behind `=` at a blank, any other with its line.
    private static int valueEnd(String text, int at, boolean word) {
        char first = text.charAt(at);
        if (first == '"' || first == '\'') {
            for (int i = at + 1; i < text.length() && text.charAt(i) != '\n'; i++) {
                if (text.charAt(i) == '\\') i++;
                else if (text.charAt(i) == first) return i + 1;
            }
        }
        int end = at;
        while (end < text.length() && text.charAt(end) != '\n' && !(word && Character.isWhitespace(text.charAt(end)))) end++;
        return end;
    }

    private static boolean isOfName(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }

    /// The same tree: `said` is what becomes of its texts, and what a field holds whose name is a secret's is hidden whole.
    Tree tree(Tree tree, UnaryOperator<String> said) {
        return switch (tree) {
            case Tree.Scalar scalar when scalar.isNull() -> scalar;
            case Tree.Scalar scalar -> {
                String clean = said.apply(scalar.text());
                yield clean.equals(scalar.text()) ? scalar : new Tree.Scalar(scalar.at(), clean, false);
            }
            case Tree.Sequence sequence -> new Tree.Sequence(sequence.at(),
                sequence.items().stream().map(item -> tree(item, said)).toList());
            case Tree.Mapping mapping -> {
                var entries = new LinkedHashMap<String, Tree.Entry>();
                mapping.entries().forEach((key, entry) -> entries.put(key, new Tree.Entry(entry.keyAt(),
                    isSecret(mapping, key) ? tree(entry.value(), any -> HIDDEN) : tree(entry.value(), said))));
                yield new Tree.Mapping(mapping.at(), entries);
            }
        };
    }

    /// By its own name, or as what a change of such a thing found and wants.
    private boolean isSecret(Tree.Mapping mapping, String key) {
        boolean ofChange = key.equals("expected") || key.equals("found");
        return names(key) || ofChange && mapping.get("what").filter(what -> what instanceof Tree.Scalar named && names(named.text()))
            .isPresent();
    }

    private boolean names(String name) {
        return NAME.matcher(name).find() && !ours.test(name) && !DIRECTORY.matcher(name).matches();
    }

    /// What fields hold whose names are a secret's.
    List<Secret> marked(Tree tree) {
        var all = new ArrayList<Secret>();
        switch (tree) {
            case Tree.Scalar scalar -> { }
            case Tree.Sequence sequence -> sequence.items().forEach(item -> all.addAll(marked(item)));
            case Tree.Mapping mapping -> mapping.entries().forEach((key, entry) -> {
                if (names(key)) texts(entry.value(), all);
                else all.addAll(marked(entry.value()));
            });
        }
        return List.copyOf(all);
    }

    private static void texts(Tree tree, List<Secret> all) {
        switch (tree) {
            case Tree.Scalar scalar when scalar.isNull() || scalar.text().equals(HIDDEN) -> { }
            case Tree.Scalar scalar -> all.add(new Secret(scalar.text()));
            case Tree.Sequence sequence -> sequence.items().forEach(item -> texts(item, all));
            case Tree.Mapping mapping -> mapping.entries().values().forEach(entry -> texts(entry.value(), all));
        }
    }
}
