package dev.bluerig.guard;

/// One thing of the way in that a remedy would take or could take. `sure`: it would; else it could not be told that it does not.
public record Danger(Kind kind, String name, String why, boolean sure) {
    /// Of the way for packets: links, bridges, addresses and routes. Of the way through the door: units, files, commands and packages.
    public enum Kind {
        LINK, BRIDGE, ADDRESS, ROUTE, UNIT, FILE, COMMAND, PACKAGE;

        /// Packets would not come or go; else a login would not work.
        public boolean isOfPackets() {
            return switch (this) {
                case LINK, BRIDGE, ADDRESS, ROUTE -> true;
                case UNIT, FILE, COMMAND, PACKAGE -> false;
            };
        }
    }

    static Danger sure(Kind kind, String name, String why) {
        return new Danger(kind, name, why, true);
    }

    static Danger unsure(Kind kind, String name, String why) {
        return new Danger(kind, name, why, false);
    }

    @Override
    public String toString() {
        return name + ": " + why;
    }
}
