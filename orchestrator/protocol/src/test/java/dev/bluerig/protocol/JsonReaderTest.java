package dev.bluerig.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonReaderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "{ \"a\" : [ 1 , -2.5e1 , true , \"x\" ] }|{\"a\":[1,-25.0,true,\"x\"]}",
        "{}|{}", "[]|[]", "[[],{}]|[[],{}]", "9223372036854775807|9223372036854775807",
        "\"\\u00e9\\n\\\"\\\\\\/\"|\"é\\u000a\\\"\\\\/\"", "\"\\ud83d\\ude00\"|\"\\ud83d\\ude00\""})
    void reads_and_writes(String line, String written) throws MalformedLine {
        assertEquals(written, JsonReader.read(line).toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "null|a value", "{\"a\":null}|a value at column 6", "{\"a\":1,\"a\":2}|`a` once", "{\"a\":1,}|a field's name", "[1,]|a value",
            "{\"a\" 1}|a colon after `a`", "{\"a\":1|a comma or }",
        "[1|a comma or ]", "{} x|the end of the line at column 4, found `x`", "01|the end of the line", "1.|a value", "-|a value",
        "+1|a value", "tru|a value", "'a'|a value",
        "\"a|a closing quote", "\"\\x\"|an escape", "\"\\u12g4\"|an escape", "9223372036854775808|64 bits", "1e999|64 bits",
        "{a:1}|a field's name", "NaN|a value",
        "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]|at most 16 levels"})
    void refuses_what_is_no_json(String line, String reason) {
        String message = assertThrows(MalformedLine.class, () -> JsonReader.read(line)).getMessage();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void refuses_nothing_at_all() {
        assertTrue(assertThrows(MalformedLine.class, () -> JsonReader.read("")).getMessage().contains("found the end of the line"));
    }

    @Test
    void what_is_written_is_read() throws MalformedLine {
        var random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            JsonValue value = any(random, 4);
            assertEquals(value, JsonReader.read(value.toString()));
        }
    }

    private static JsonValue any(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> new JsonValue.Whole(random.nextLong());
            case 1 -> new JsonValue.Real(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
            case 2 -> new JsonValue.Flag(random.nextBoolean());
            case 3 -> new JsonValue.Text(text(random));
            case 4 -> {
                List<JsonValue> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) items.add(any(random, depth - 1));
                yield new JsonValue.Items(items);
            }
            default -> {
                JsonValue.Fields fields = JsonValue.fields();
                for (int i = random.nextInt(4); i > 0; i--) fields = fields.with(text(random), any(random, depth - 1));
                yield fields;
            }
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) text.appendCodePoint(random.nextBoolean() ? random.nextInt(128)
            : random.nextInt(0x10000));
        return text.toString();
    }
}
