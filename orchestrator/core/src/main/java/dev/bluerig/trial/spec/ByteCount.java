package dev.bluerig.trial.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A size as people write it: `4GiB`, `256KiB`, `10MB`, `512B`. IEC units count by 1024, SI units by 1000.
public record ByteCount(String text) {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,12})\\s*(B|[KMGT]iB|[kKMGT]B)?");

    public ByteCount {
        parse(text);
    }

    public static ByteCount of(long bytes) {
        return new ByteCount(bytes + "B");
    }

    public long bytes() {
        return parse(text);
    }

    private static long parse(String text) {
        Matcher shape = SHAPE.matcher(text.strip());
        if (!shape.matches()) throw new IllegalArgumentException("a size such as 4GiB, 256KiB or 10MB, found " + text);
        String unit = shape.group(2) == null ? "B" : shape.group(2);
        long step = unit.endsWith("iB") ? 1024 : 1000;
        long factor = 1;
        if (unit.length() > 1) for (int i = 0; i <= "KMGT".indexOf(Character.toUpperCase(unit.charAt(0))); i++) factor *= step;
        try {
            return Math.multiplyExact(Long.parseLong(shape.group(1)), factor);
        } catch (ArithmeticException large) {
            throw new IllegalArgumentException("too large: " + text);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
