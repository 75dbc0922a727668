package dev.bluerig.trial.evidence;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/// Numbers as people read them, the same in every locale: three digits that matter, and a range where many pairs stand in one line;
/// in what witnesses say, exactly, so that it can be counted again.
public final class FigureText {
    private FigureText() {}

    /// `94.1`, `0.52`, `0.0031`.
    public static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100) return format("%.0f", value);
        if (size >= 10) return format("%.1f", value);
        if (size >= 0.1 || size == 0) return format("%.2f", value);
        if (size >= 0.01) return format("%.3f", value);
        return size < 0.0001 ? format("%.1e", value) : format("%.4f", value);
    }

    /// A share 0..1 as `94 %`, small ones as `0.012 %`.
    public static String percent(double share) {
        double percent = share * 100;
        return (percent >= 10 || percent == 0 ? format("%.0f", percent) : percent >= 1 ? format("%.1f", percent) : format("%.3f", percent))
            + " %";
    }

    /// `5.0 x`.
    public static String times(double ratio) {
        return number(ratio) + " x";
    }

    /// Decimal units, as link speeds are: `4.29 GB`.
    public static String bytes(long bytes) {
        if (bytes < 1000) return bytes + " B";
        double value = bytes;
        int unit = -1;
        while (value >= 1000 && unit < 4) {
            value /= 1000;
            unit++;
        }
        return number(value) + " " + "kMGTP".charAt(unit) + "B";
    }

    /// One value, or from the least to the most of them, the unit said once.
    public static String range(List<Double> values, DoubleFunction<String> as) {
        DoubleSummaryStatistics all = values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        if (all.getCount() == 0) return "";
        var ends = Stream.of(all.getMin(), all.getMax()).map(as::apply).distinct().toList();
        return ends.size() == 1 ? ends.getFirst() : ends.getFirst().replaceFirst(" .*", "") + ".." + ends.getLast();
    }

    /// Every digit of it: `1,234,567`.
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// A share 0..1 with two decimals, as a threshold is compared: `99.95 %`.
    public static String share(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * 100);
    }

    /// Three decimals, as a threshold is compared; what would look like nothing then, with two digits that are not 0.
    public static String figure(double number) {
        if (number != 0 && Math.abs(number) < 0.001)
            return new BigDecimal(number).round(new MathContext(2)).stripTrailingZeros().toPlainString();
        return String.format(Locale.ROOT, "%.3f", number);
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
