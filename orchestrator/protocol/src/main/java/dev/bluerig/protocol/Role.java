package dev.bluerig.protocol;

/// What an end of a pair does: a server listens, a client connects.
public enum Role {
    SERVER, CLIENT;

    public Role other() {
        return switch (this) {
            case SERVER -> CLIENT;
            case CLIENT -> SERVER;
        };
    }
}
