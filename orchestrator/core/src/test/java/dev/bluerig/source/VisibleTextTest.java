package dev.bluerig.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTextTest {
    @ParameterizedTest
    @CsvSource({"plain text, 'plain text'", "C:\\n, C:\\n", "x\u00e9\u4e2d\ud83d\ude00, x\u00e9\u4e2d\ud83d\ude00",
        "a\u202eb, a\\u{202e}b", "\u2066a\u2069, \\u{2066}a\\u{2069}", "\u200e\u200f\u061c, \\u{200e}\\u{200f}\\u{61c}",
        "a\u200bb, a\\u{200b}b", "\u2028x\u2029, \\u{2028}x\\u{2029}", "\ue100ok\ue1ff, \\u{e100}ok\\u{e1ff}", "\u009b31m, \\u{9b}31m",
        "\u007f, \\u{7f}", "\ufeff, \\u{feff}", "x\ufe0f, x\\u{fe0f}",
        "\udb40\udc41, \\u{e0041}", "a\u00adb, a\\u{ad}b", "\u3164, \\u{3164}", "\u0301x, \\u{301}x", "e\u0301, e\u0301",
        "- \u0301, - \\u{301}", "\u0378, \\u{378}"})
    void what_cannot_be_seen_is_an_escape(String text, String shown) {
        assertEquals(shown, VisibleText.of(text));
    }

    @Test
    void controls_and_halves_of_pairs_are_escapes_too() {
        assertEquals("a\\nb\\r\\tc\\u{1b}[2J\\u{00}", VisibleText.of("a\nb\r\tc\u001b[2J\0"));
        assertEquals("\\u{d800}x\\u{dc00}", VisibleText.of("\ud800x\udc00"));
        assertEquals("a\u0301\u0301\u0301\u0301\\u{301}\\u{301}", VisibleText.of("a\u0301\u0301\u0301\u0301\u0301\u0301"),
            "marks do not pile up over other lines");
    }

    @Test
    void its_lines_are_lines_and_nothing_else_ends_one() {
        assertEquals(List.of("a", "b\\u{0b}c", "  d\\u{2028}e"), VisibleText.lines("\na\r\nb\u000bc  \n  d\u2028e\n\n"));
        assertEquals(List.of(), VisibleText.lines(" \n "));
    }

    @Test
    void whatever_is_shown_is_on_one_line_and_seen() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String shown = VisibleText.of("a" + Character.toString(c));
            assertTrue(shown.codePoints().allMatch(VisibleText::isVisible) && shown.lines().count() == 1, Integer.toHexString(c));
        }
        assertTrue(IntStream.of('\n', 0x85, 0x2028, 0xe100, 0x202e).noneMatch(VisibleText::isVisible));
    }
}
