package dev.bluerig.protocol;

import java.net.InetAddress;

/// An IP address as it was written; never a name.
public record AddressLiteral(String text) {
    public AddressLiteral {
        InetAddress.ofLiteral(text);
    }

    static boolean fits(String text) {
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    public InetAddress inet() {
        return InetAddress.ofLiteral(text);
    }

    boolean sameFamily(AddressLiteral other) {
        return inet().getClass() == other.inet().getClass();
    }

    @Override
    public String toString() {
        return text;
    }
}
