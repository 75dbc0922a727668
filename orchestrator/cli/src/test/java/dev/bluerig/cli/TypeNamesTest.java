package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// No type has a name that neither the glossary nor the field knows.
class TypeNamesTest {
    @Test
    void every_word_of_a_type_name_is_in_the_glossary_or_a_word_of_the_field() throws IOException {
        FieldWords words = FieldWords.read();
        var strange = new TreeSet<String>();
        for (Path source : ProductSources.shipped())
            for (String type : TypeNames.declared(Files.readString(source)))
                words.unknown(type).forEach(word -> strange.add(type + " in " + source + ": \"" + word + "\""));
        assertEquals(new TreeSet<String>(), strange, "neither in docs/glossary.md nor in docs/field-words.txt");
    }

    @Test
    void a_type_with_a_strange_word_is_told_with_that_word() throws IOException {
        FieldWords words = FieldWords.read();
        String source = """
            /// class Duet
            public final class AgentPair {
                sealed interface MachineDuet permits Ensemble {}
                private record Ensemble(String enum_of) implements MachineDuet {}
                String text = "class Theatre";
            }
            """;
        assertEquals(List.of("AgentPair", "MachineDuet", "Ensemble"), TypeNames.declared(source));
        assertEquals(List.of(), words.unknown("AgentPair"));
        assertEquals(List.of("duet"), words.unknown("MachineDuet"));
        assertEquals(List.of("ensemble"), words.unknown("Ensemble"));
    }

    @Test
    void a_name_is_cut_into_its_words() {
        assertEquals(List.of("tls", "flags"), TypeNames.words("TlsFlags"));
        assertEquals(List.of("c", "library"), TypeNames.words("CLibrary"));
        assertEquals(List.of("split", "mix64"), TypeNames.words("SplitMix64"));
    }

    /// A word that is in the glossary, or in no name, would only make the list longer.
    @Test
    void the_list_of_field_words_is_sorted_and_holds_nothing_in_vain() throws IOException {
        FieldWords words = FieldWords.read();
        assertEquals(List.copyOf(new TreeSet<>(words.field())), words.field());
        var used = new TreeSet<String>();
        for (Path source : ProductSources.shipped())
            TypeNames.declared(Files.readString(source)).forEach(type -> used.addAll(TypeNames.words(type)));
        var vain = new TreeSet<>(words.field());
        vain.removeIf(word -> !words.glossary().contains(word) && (used.contains(word) || used.contains(word + "s")));
        assertEquals(Set.of(), vain);
    }
}
