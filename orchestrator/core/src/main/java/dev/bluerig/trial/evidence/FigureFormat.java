package dev.bluerig.trial.evidence;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// How numbers look in what witnesses say: the same in every locale.
public final class FigureFormat {
    private FigureFormat() {}

    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// A share, 0..1, as a percentage.
    public static String share(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * 100);
    }

    /// Three decimals; what would look like nothing then, with two digits that are not 0.
    public static String figure(double number) {
        if (number != 0 && Math.abs(number) < 0.001)
            return new BigDecimal(number).round(new MathContext(2)).stripTrailingZeros().toPlainString();
        return String.format(Locale.ROOT, "%.3f", number);
    }
}
