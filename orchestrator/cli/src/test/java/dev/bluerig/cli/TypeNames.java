package dev.bluerig.cli;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The names of the types that a Java file declares, nested ones included, and the words they are made of.
final class TypeNames {
    private static final Pattern NO_CODE = Pattern.compile(
        "(?s)\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])+'|//[^\n]*|/\\*.*?\\*/");
    private static final Pattern DECLARATION = Pattern.compile("(?<![\\w.])(?:class|enum|record|@?interface)\\s+([A-Z]\\w*)");
    private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])[0-9]*|[A-Z][a-z0-9]*");

    private TypeNames() {}

    static List<String> declared(String source) {
        return DECLARATION.matcher(NO_CODE.matcher(source).replaceAll("")).results().map(name -> name.group(1)).toList();
    }

    /// `TLSFlags` is "tls" and "flags", `Mlx5Driver` is "mlx5" and "driver".
    static List<String> words(String type) {
        return WORD.matcher(type).results().map(MatchResult::group).map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }
}
