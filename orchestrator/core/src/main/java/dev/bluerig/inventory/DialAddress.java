package dev.bluerig.inventory;

import java.util.Locale;
import java.util.regex.Pattern;

/// A host name or IP address to dial. Nothing that could be taken for an option or for shell text gets through.
record DialAddress(String text) {
    private static final Pattern NAME =
        Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");
    /// What programs that read addresses as inet_aton(3) does would take for a number: octal, hexadecimal, or with an exponent.
    private static final Pattern NUMBER = Pattern.compile("((\\d+|0[xX][0-9a-fA-F]*)\\.)*(\\d+|0[xX][0-9a-fA-F]*)|\\d+[eE]\\d+");
    private static final Pattern PADDED = Pattern.compile("(.*\\.)?0\\d.*");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*(%[A-Za-z0-9_.-]+)?");

    DialAddress {
        boolean shaped = text.length() <= 253 && (NAME.matcher(text).matches() || V6.matcher(text).matches());
        if (!shaped) throw new IllegalArgumentException("not a host name or IP address: " + text);
        boolean v4 = text.indexOf(':') < 0 && NUMBER.matcher(text).matches();
        if (v4 && PADDED.matcher(text).matches())
            throw new IllegalArgumentException("not an IP address, for some read a leading zero as octal: " + text);
        if (v4 || text.indexOf(':') >= 0) checked(text.replaceFirst("%.*", ""));
    }

    /// One spelling for each address: `fd00::2` of `fd00:0::2`, a name in lower case.
    static String canonical(String text) {
        if (text.indexOf('%') >= 0) return text;
        if (text.indexOf(':') >= 0) return new Cidr(text + "/128").address();
        return text.toLowerCase(Locale.ROOT);
    }

    private static void checked(String address) {
        try {
            new Cidr(address + (address.indexOf(':') >= 0 ? "/128" : "/32"));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("not an IP address: " + address, wrong);
        }
    }
}
