package dev.bluerig.inventory;

import java.util.regex.Pattern;

/// A Linux network device name: 1 to 15 characters, no slash, no space (dev_valid_name in net/core/dev.c), and nothing that a tool could take for an option.
public record LinkName(String text) implements Comparable<LinkName> {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,14}");

    public LinkName {
        if (!SHAPE.matcher(text).matches())
            throw new IllegalArgumentException("not a network device name (1 to 15 letters, digits, _ . @ -): " + text);
    }

    @Override
    public int compareTo(LinkName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
