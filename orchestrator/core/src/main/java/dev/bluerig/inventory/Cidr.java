package dev.bluerig.inventory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/// An address with its prefix length, `192.0.2.1/30` or `fd00::1/64`, printed in canonical form.
public record Cidr(String text) {
    private static final Pattern V4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*/\\d{1,3}");

    public Cidr {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches())
            throw new IllegalArgumentException("not an address with its prefix such as 192.0.2.1/30: " + text);
        int slash = text.indexOf('/');
        byte[] bytes = bytes(text.substring(0, slash));
        int prefix = Integer.parseInt(text.substring(slash + 1));
        if (prefix > bytes.length * 8) throw new IllegalArgumentException("prefix length over " + bytes.length * 8 + ": " + text);
        text = canonical(bytes) + "/" + prefix;
    }

    public String address() {
        return text.substring(0, text.indexOf('/'));
    }

    public int prefix() {
        return Integer.parseInt(text.substring(text.indexOf('/') + 1));
    }

    public boolean isV6() {
        return text.indexOf(':') >= 0;
    }

    /// True when both are in one subnet: the shorter prefix covers the other's address.
    public boolean overlaps(Cidr other) {
        if (isV6() != other.isV6()) return false;
        int bits = Math.min(prefix(), other.prefix());
        return Arrays.equals(masked(bytes(address()), bits), masked(bytes(other.address()), bits));
    }

    /// True when this subnet holds the other one whole.
    public boolean covers(Cidr other) {
        return prefix() <= other.prefix() && overlaps(other);
    }

    /// The subnet, its host bits zero: `192.0.2.0/30` of `192.0.2.1/30`.
    public Cidr network() {
        return new Cidr(canonical(masked(bytes(address()), prefix())) + "/" + prefix());
    }

    private static byte[] masked(byte[] bytes, int bits) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            int keep = Math.clamp(bits - i * 8L, 0, 8);
            masked[i] = (byte) (masked[i] & (0xff00 >> keep));
        }
        return masked;
    }

    private static byte[] bytes(String address) {
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();   // digits only: never resolved
            return address.indexOf(':') >= 0 && bytes.length == 4 ? mapped(bytes) : bytes;
        } catch (UnknownHostException notAnAddress) {
            throw new IllegalArgumentException("not an address: " + address);
        }
    }

    /// Java makes an IPv4 address of `::ffff:192.0.2.1`, which on a link is an IPv6 one.
    private static byte[] mapped(byte[] four) {
        byte[] bytes = new byte[16];
        bytes[10] = bytes[11] = (byte) 0xff;
        System.arraycopy(four, 0, bytes, 12, 4);
        return bytes;
    }

    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 5; i++) if (group(bytes, i) != 0) return false;
        return group(bytes, 5) == 0xffff;
    }

    /// The form that `ip` prints (RFC 5952).
    public static String canonical(byte[] bytes) {
        if (bytes.length == 4) return (bytes[0] & 255) + "." + (bytes[1] & 255) + "." + (bytes[2] & 255) + "." + (bytes[3] & 255);
        if (isMapped(bytes)) return "::ffff:" + canonical(Arrays.copyOfRange(bytes, 12, 16));
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && group(bytes, i + run) == 0) run++;
            if (run > length) {
                start = i;
                length = run;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') text.append(':');
            text.append(Integer.toHexString(group(bytes, i)));
        }
        return text.toString();
    }

    private static int group(byte[] bytes, int i) {
        return (bytes[2 * i] & 255) << 8 | bytes[2 * i + 1] & 255;
    }

    @Override
    public String toString() {
        return text;
    }
}
