package dev.bluerig.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The words that names of types may use: the terms of the glossary, and those of the field. A word may stand in the plural.
record FieldWords(Set<String> glossary, List<String> field) {
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9]*");

    static FieldWords read() throws IOException {
        var glossary = new TreeSet<String>();
        for (String line : Files.readAllLines(Path.of("../docs/glossary.md"))) {
            if (!line.startsWith("| ")) continue;
            WORD.matcher(line.split("\\|")[1].toLowerCase(Locale.ROOT)).results().map(MatchResult::group).forEach(glossary::add);
        }
        return new FieldWords(glossary, Files.readAllLines(Path.of("../docs/field-words.txt")).stream()
            .filter(line -> !line.startsWith("#")).toList());
    }

    boolean knows(String word) {
        return isListed(word) || word.endsWith("s") && isListed(word.substring(0, word.length() - 1));
    }

    private boolean isListed(String word) {
        return glossary.contains(word) || field.contains(word);
    }

    /// Of this type's name.
    List<String> unknown(String type) {
        return TypeNames.words(type).stream().filter(word -> !knows(word)).toList();
    }
}
