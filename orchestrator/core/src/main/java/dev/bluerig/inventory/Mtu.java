package dev.bluerig.inventory;

/// Bytes of payload per frame: 68 (the least IPv4 allows, RFC 791) to 65535.
public record Mtu(String text) {
    public Mtu {
        int bytes;
        try {
            bytes = Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("an MTU is a number of bytes: " + text);
        }
        if (bytes < 68 || bytes > 65535) throw new IllegalArgumentException("an MTU is 68 to 65535 bytes: " + text);
    }

    public int bytes() {
        return Integer.parseInt(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
