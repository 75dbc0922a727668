package dev.bluerig.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {
    @Test
    void reads_places_and_kinds() {
        var mapping = (Tree.Mapping) Json.read("out", "{\"mtu\": 1500,\n \"name\": \"p0\", \"up\": true, \"none\": null}");
        assertEquals(new Tree.Scalar(new Location("out", 1, 9), "1500", true), mapping.get("mtu").orElseThrow());
        assertEquals(new Tree.Scalar(new Location("out", 2, 10), "p0", false), mapping.get("name").orElseThrow());
        assertTrue(((Tree.Scalar) mapping.get("none").orElseThrow()).isNull());
    }

    @Test
    void writes_one_line_and_pretty() {
        Tree tree = Json.read("f", "{\"a\":[1,\"x\\n\",null,2.5],\"b\":{},\"c\":[]}");
        assertEquals("{\"a\":[1,\"x\\n\",null,2.5],\"b\":{},\"c\":[]}", Json.write(tree));
        assertEquals("""
            {
              "a": [
                1,
                "x\\n",
                null,
                2.5
              ],
              "b": {},
              "c": []
            }
            """, Json.pretty(tree));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
            Arguments.of("", "f: no JSON: the text is empty"),
            Arguments.of("{\"a\":1,\n\"a\":2}", "f:2:1: key `a` is written twice"),
            Arguments.of("{} x", "f:1:5: not JSON: Unrecognized token 'x'"),
            Arguments.of("[1] [2]", "f:1:5: something follows the JSON value"),
            Arguments.of("{\"a\": NaN}", "f:1:10: not JSON: Non-standard token 'NaN'"),
            Arguments.of("[1, 2", "f:1:6: not JSON: Unexpected end-of-input: expected close marker for Array"),
            Arguments.of("[".repeat(101), "f:1:101: nested deeper than 100 levels"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refuses_with_the_place(String text, String message) {
        String found = assertThrows(InvalidInput.class, () -> Json.read("f", text)).getMessage();
        assertEquals(message, found);
    }
}
