package dev.bluerig.inventory;

import java.util.regex.Pattern;

/// A login name, also `user@domain`; nothing that could be taken for an option or for shell text.
record UserName(String text) {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}");

    UserName {
        if (!SHAPE.matcher(text).matches()) throw new IllegalArgumentException("not a user name: " + text);
    }
}
