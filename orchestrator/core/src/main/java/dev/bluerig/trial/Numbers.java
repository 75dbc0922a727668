package dev.bluerig.trial;

import java.util.Locale;

/// How numbers look in what witnesses say: the same in every locale.
final class Numbers {
    private Numbers() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// A share, 0..1, as a percentage.
    static String share(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * 100);
    }

    static String figure(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }
}
