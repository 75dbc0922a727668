package dev.bluerig.inventory;

/// The TCP port of an SSH server.
record SshPort(String text) {
    SshPort {
        if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 65535)
            throw new IllegalArgumentException("an SSH port is 1 to 65535: " + text);
    }

    int number() {
        return Integer.parseInt(text);
    }
}
