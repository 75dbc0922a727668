package dev.bluerig.inventory;

import java.util.Locale;
import java.util.regex.Pattern;

/// The PCI slot of a card in its host, `0000:b1:00`: a PCI address without its function.
public record CardSlot(String text) {
    private static final Pattern SHAPE = Pattern.compile("([0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}");

    public CardSlot {
        text = text.toLowerCase(Locale.ROOT);
        if (!SHAPE.matcher(text).matches()) throw new IllegalArgumentException("not a PCI slot such as 0000:b1:00: " + text);
        if (text.length() == 5) text = "0000:" + text;
    }

    /// Whether the function is one of this card's.
    public boolean holds(PciAddress function) {
        return function.slot().equals(text);
    }

    public PciAddress firstFunction() {
        return new PciAddress(text + ".0");
    }

    @Override
    public String toString() {
        return text;
    }
}
