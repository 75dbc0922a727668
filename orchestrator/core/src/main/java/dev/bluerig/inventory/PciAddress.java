package dev.bluerig.inventory;

import java.util.Locale;
import java.util.regex.Pattern;

/// A PCI function, `0000:b1:00.0`; the domain may be left out when written and is always printed.
public record PciAddress(String text) implements Comparable<PciAddress> {
    private static final Pattern SHAPE = Pattern.compile("([0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]");

    public PciAddress {
        text = text.toLowerCase(Locale.ROOT);
        if (!SHAPE.matcher(text).matches()) throw new IllegalArgumentException("not a PCI address such as 0000:b1:00.0: " + text);
        if (text.length() == 7) text = "0000:" + text;
    }

    /// Domain, bus and device: what the ports of one card share.
    public String slot() {
        return text.substring(0, text.length() - 2);
    }

    public int function() {
        return text.charAt(text.length() - 1) - '0';
    }

    @Override
    public int compareTo(PciAddress other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
