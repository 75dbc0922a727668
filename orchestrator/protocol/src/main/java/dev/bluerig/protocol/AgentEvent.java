package dev.bluerig.protocol;

import java.util.List;

/// A line from an agent. Fields that are not known are passed over when it is read, and so are events.
public sealed interface AgentEvent {
    /// Of the protocol.
    String VERSION = "1";

    /// `pair`: the version of the protocol.
    record Hello(String pair, String java, String arch, long pid) implements AgentEvent {}

    /// `address`, `port`: where a server listens; empty and 0 for a client.
    record Ready(String fingerprint, String address, int port) implements AgentEvent {}

    record Admitting() implements AgentEvent {}

    /// A stranger was turned away by the server.
    record Dropped(String peer, AgentCode code, String message) implements AgentEvent {}

    /// `transmit`, `receive`: who handles the records; `reason`: why the program does, empty when it was wanted so.
    record Connected(int connection, String version, String cipher, String local, String peer,
                     TlsSettings.RecordHandler transmit, TlsSettings.RecordHandler receive, String reason) implements AgentEvent {}

    record State(When when, List<ConnectionState> connections) implements AgentEvent {
        public State {
            connections = List.copyOf(connections);
        }
    }

    /// At which moment the state of the connections is told.
    enum When { OPENED, ASKED, CLOSING }

    /// Bytes of payload so far.
    record Progress(double seconds, long sent, long received) implements AgentEvent {}

    /// All payload has arrived, both ways.
    record Exchanged() implements AgentEvent {}

    /// `dropped`: strangers turned away by the server.
    record Result(Flow sent, Flow received, CpuUsage usage, int dropped) implements AgentEvent {}

    record Failed(AgentCode code, String errno, String message) implements AgentEvent {}

    /// An event of a later version.
    record UnknownEvent(String name) implements AgentEvent {}

    default String line() {
        return AgentEventFormat.json(this).toString();
    }

    static AgentEvent read(String line) throws MalformedLine {
        return AgentEventFormat.read(JsonReader.read(line));
    }
}
