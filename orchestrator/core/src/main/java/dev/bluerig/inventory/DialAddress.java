package dev.bluerig.inventory;

import java.util.regex.Pattern;

/// A host name or IP address to dial. Nothing that could be taken for an option or for shell text gets through.
record DialAddress(String text) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*(%[A-Za-z0-9_.-]+)?");

    DialAddress {
        boolean shaped = text.length() <= 253 && (NAME.matcher(text).matches() || V6.matcher(text).matches());
        if (!shaped) throw new IllegalArgumentException("not a host name or IP address: " + text);
        boolean v4 = text.matches("[0-9.]+");
        if (v4 || text.indexOf(':') >= 0) checked(text.replaceFirst("%.*", ""));
    }

    private static void checked(String address) {
        try {
            new Cidr(address + (address.indexOf(':') >= 0 ? "/128" : "/32"));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("not an IP address: " + address, wrong);
        }
    }
}
