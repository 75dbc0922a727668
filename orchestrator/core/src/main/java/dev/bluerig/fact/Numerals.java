package dev.bluerig.fact;

import java.util.OptionalLong;

/// Counters as tools print them.
public final class Numerals {
    /// Digits of the largest `long`.
    private static final int MOST_DIGITS = 19;

    private Numerals() {}

    /// Empty for what is no whole number of 0 or more, or larger than a `long`: a 64-bit counter that went below zero looks so.
    public static OptionalLong count(String digits) {
        if (digits.isEmpty() || digits.length() > MOST_DIGITS || !digits.chars().allMatch(one -> one >= '0' && one <= '9'))
            return OptionalLong.empty();
        try {
            return OptionalLong.of(Long.parseLong(digits));
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }
}
