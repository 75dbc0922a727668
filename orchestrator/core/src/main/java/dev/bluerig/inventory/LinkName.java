package dev.bluerig.inventory;

/// The name of a Linux network device, as a machine may have it: all but `/` and blanks, at most 15 bytes (dev_valid_name in
/// net/core/dev.c; before Linux 4.14 a colon, too).
///
/// What people write down is narrower, see `written`: a machine's own odd names must be seen and followed, not asked for.
public record LinkName(String text) implements Comparable<LinkName> {
    private static final int LONGEST = 15;

    public LinkName {
        boolean odd = text.isEmpty() || text.chars().anyMatch(each -> each == '/' || each == 0 || Character.isWhitespace(each));
        if (odd || text.length() > LONGEST)
            throw new IllegalArgumentException("not a network device name (1 to 15 characters, no / and no blanks): " + text);
    }

    /// For names in inventories and playbooks: what the kernel takes today, all of it visible, and nothing that a tool could take for an
    /// option.
    public LinkName written() {
        boolean odd = text.startsWith("-") || text.equals(".") || text.equals("..") || text.indexOf(':') >= 0
            || text.chars().anyMatch(each -> each < ' ' || each > '~');
        if (odd)
            throw new IllegalArgumentException("not a network device name to be written (1 to 15 visible ASCII characters, no / and no"
                + " :, not beginning with -): " + text);
        return this;
    }

    /// True when it means the same in every file that describes links: no quotes, globs, comments or specifiers in it.
    public boolean isPlain() {
        return text.matches("[A-Za-z0-9_][A-Za-z0-9_.@-]*");
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
