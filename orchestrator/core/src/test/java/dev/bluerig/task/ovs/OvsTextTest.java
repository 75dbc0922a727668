package dev.bluerig.task.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Values as ovs-vsctl(8) takes them under "Database Values".
class OvsTextTest {
    @Test
    void a_word_stands_bare_and_anything_else_in_quotes() {
        for (String word : List.of("a", "_", "ovs-br0", "A.b-9_")) assertEquals(word, OvsText.of(word));
        for (String text : List.of("", "9", "-a", ".a", "a b", "a,b", "a=b", "{a}", "true;"))
            assertEquals("\"" + text + "\"", OvsText.of(text));
        assertEquals("\"a\\\"b\\\\c\\n\"", OvsText.of("a\"b\\c\n"));
    }

    @Test
    void keys_and_values_of_a_map_are_always_quoted() {
        assertEquals("{}", OvsText.of(Map.of()));
        assertEquals("{\"a\"=\"1\",\"b,\"=\"c=d\"}", OvsText.of(new TreeMap<>(Map.of("a", "1", "b,", "c=d"))));
        assertEquals("[]", OvsText.of(List.of()));
        assertEquals("[1,20]", OvsText.of(List.of(1, 20)));
    }

    @Test
    void what_would_be_an_option_a_reference_or_no_word_cannot_be_said() {
        for (String name : List.of("", "-a", "--", "@a", "a\n", "\u0007")) assertTrue(OvsText.unspeakable(name), name);
        for (String name : List.of("a", "a-b", "a@b", "a b", "9")) assertFalse(OvsText.unspeakable(name), name);
    }
}
