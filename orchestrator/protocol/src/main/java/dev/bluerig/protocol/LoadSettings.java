package dev.bluerig.protocol;

import java.util.List;

/// What is sent over the connections, and on which cores.
///
/// - `bytes`: of each sending direction over all connections, 0 when `seconds` say how long; and the other way round.
/// - `write`: bytes written at once.
/// - `seed`: of the payload; both ends have the same.
/// - `cpus`: core numbers; empty: all.
public record LoadSettings(int connections, long bytes, long seconds, int write, Source source, Direction direction, Mode mode,
                           Verify verify, long seed, List<Integer> cpus) {
    public static final int MOST_CONNECTIONS = 1000;
    public static final int LARGEST_WRITE = 4 << 20;
    private static final int MOST_CORES = 8191;

    public LoadSettings {
        cpus = List.copyOf(cpus);
    }

    /// How payload leaves the program.
    public enum Source { SEND, SENDFILE, SENDFILE_ZEROCOPY }

    /// Who sends payload.
    public enum Direction {
        CLIENT_SENDS, SERVER_SENDS, BOTH;

        public boolean sends(Role role) {
            return switch (this) {
                case CLIENT_SENDS -> role == Role.CLIENT;
                case SERVER_SENDS -> role == Role.SERVER;
                case BOTH -> true;
            };
        }
    }

    /// One long stream, or connect, exchange and close over and over.
    public enum Mode { STREAM, REQUEST_RESPONSE }

    /// How much of the payload the receiver compares.
    public enum Verify { EVERY_BYTE, SAMPLE }

    public boolean everyByte() {
        return verify == Verify.EVERY_BYTE;
    }

    /// Payload of one connection and direction; as much as fits when `seconds` say how long.
    public long share(int connection) {
        if (bytes == 0) return Long.MAX_VALUE;
        return bytes / connections + (connection < bytes % connections ? 1 : 0);
    }

    JsonValue.Fields on(JsonValue.Fields line) {
        return line.with("connections", connections).with("bytes", bytes).with("seconds", seconds).with("write", write)
            .with("source", source).with("direction", direction).with("mode", mode).with("verify", verify).with("seed", seed)
            .with("cpus", JsonValue.numbers(cpus));
    }

    static LoadSettings read(FieldReader fields) {
        int connections = (int) fields.whole("connections", 1, MOST_CONNECTIONS);
        long bytes = fields.whole("bytes", 0);
        long seconds = fields.whole("seconds", 0, LifetimeSettings.SECONDS_OF_A_DAY);
        fields.demand((bytes == 0) != (seconds == 0), "exactly one of `bytes` and `seconds` is greater than 0");
        int write = (int) fields.whole("write", 1, LARGEST_WRITE);
        Source source = fields.word("source", Source.class);
        Direction direction = fields.word("direction", Direction.class);
        Mode mode = fields.word("mode", Mode.class);
        Verify verify = fields.word("verify", Verify.class);
        long seed = fields.whole("seed", Long.MIN_VALUE);
        List<Integer> cpus = fields.numbers("cpus", MOST_CORES, "a list of core numbers", found -> true);
        return new LoadSettings(connections, bytes, seconds, write, source, direction, mode, verify, seed, cpus);
    }
}
