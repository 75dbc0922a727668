package dev.bluerig.trial.agent;

import dev.bluerig.source.Binder;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Json;
import dev.bluerig.source.Described;
import dev.bluerig.source.Tree;
import java.util.List;

/// What a program of the pair says, line by line (docs/pair-protocol.md). Fields that are not known are passed over, and so are events.
sealed interface AgentEvent {
    record Hello(String pair, String java, String arch, long pid) implements AgentEvent {}

    /// What is counted from zero, or from -1, where the program does not know.
    private static void atLeast(long least, String name, long... numbers) {
        for (long number : numbers) if (number < least) throw new IllegalArgumentException("`" + name + "` is " + least + " or more, found " + number);
    }

    private static void time(String name, double... numbers) {
        for (double number : numbers) if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) throw new IllegalArgumentException("`" + name + "` is 0 or more, found " + number);
    }

    /// `address` and `port` are the server's.
    record Ready(String fingerprint, @Described(value = "Server: where it listens.", absent = "") String address, @Described(value = "Server: its port.", absent = "0") int port) implements AgentEvent {
        public Ready {
            if (!fingerprint.matches("[0-9a-f]{64}")) throw new IllegalArgumentException("a fingerprint is 64 lower-case hex digits, found " + fingerprint);
        }
    }

    record Admitting() implements AgentEvent {}

    record Dropped(String peer, String code, String message) implements AgentEvent {}

    record Connected(int connection, String version, String cipher, String local, String peer, String transmit, String receive, String reason) implements AgentEvent {
        public Connected {
            atLeast(0, "connection", connection);
        }
    }

    record State(ConnectionSample.When when, List<Line> connections) implements AgentEvent {}

    record Line(int connection, String transmit, String receive, @Described(value = "Why a state is unknown.", absent = "") String reason, String version, String cipher,
                long transmitted, long received) {
        public Line {
            atLeast(0, "connection", connection);
            atLeast(-1, "transmitted", transmitted);
            atLeast(-1, "received", received);
        }
    }

    record Progress(double seconds, long sent, long received) implements AgentEvent {
        public Progress {
            time("seconds", seconds);
            atLeast(0, "sent", sent);
            atLeast(0, "received", received);
        }
    }

    record Exchanged() implements AgentEvent {}

    record Result(Flow sent, Flow received, CpuUsage usage) implements AgentEvent {
        public Result {
            time("user", usage.user());
            time("system", usage.system());
            time("machine", usage.machine());
            usage.cores().forEach(core -> time("cores", core));
            atLeast(0, "voluntary", usage.voluntary());
            atLeast(0, "involuntary", usage.involuntary());
            atLeast(0, "handshakes", usage.handshakes());
            atLeast(-1, "retransmits", usage.retransmits());
        }
    }

    record Flow(long bytes, long records, double seconds, List<Long> perSecond, long checked, boolean intact,
                @Described(value = "Of the payload, when every byte was compared.", absent = "") String digest) {
        public Flow {
            atLeast(0, "bytes", bytes);
            atLeast(-1, "records", records);
            time("seconds", seconds);
            perSecond.forEach(each -> atLeast(0, "per_second", each));
            atLeast(0, "checked", checked);
        }

        TransferTotals transfer(boolean equal) {
            return new TransferTotals(bytes, records, seconds, perSecond, checked, intact && equal);
        }
    }

    record Failed(String code, @Described(value = "The kernel's error.", absent = "") String errno, String message) implements AgentEvent {}

    /// An event of a later version.
    record Unheard(String name) implements AgentEvent {}

    /// Throws `InvalidInput` when the line is not one of the protocol.
    static AgentEvent of(String line) {
        Tree tree = Json.read("the program's line", line);
        if (!(tree instanceof Tree.Mapping mapping && mapping.get("event").orElse(tree) instanceof Tree.Scalar name))
            throw new InvalidInput(tree.at(), "no `event` is named");
        return switch (name.text()) {
            case "hello" -> Binder.bindKnown(Hello.class, tree);
            case "ready" -> Binder.bindKnown(Ready.class, tree);
            case "admitting" -> new Admitting();
            case "dropped" -> Binder.bindKnown(Dropped.class, tree);
            case "connected" -> Binder.bindKnown(Connected.class, tree);
            case "state" -> Binder.bindKnown(State.class, tree);
            case "progress" -> Binder.bindKnown(Progress.class, tree);
            case "exchanged" -> new Exchanged();
            case "result" -> Binder.bindKnown(Result.class, tree);
            case "failed" -> Binder.bindKnown(Failed.class, tree);
            default -> new Unheard(name.text());
        };
    }
}
