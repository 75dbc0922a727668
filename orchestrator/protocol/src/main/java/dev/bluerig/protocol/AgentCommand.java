package dev.bluerig.protocol;

import java.util.Optional;

/// A line to an agent after its settings.
public sealed interface AgentCommand {
    /// Renews the lease, as every line does.
    record Alive() implements AgentCommand {}

    /// Whom a server admits.
    ///
    /// - `pin`: SHA-256 of the client's certificate.
    /// - `address`: whose failures are the run's; anybody else is a stranger.
    record Peer(String pin, Optional<AddressLiteral> address) implements AgentCommand {}

    /// To a client: connect.
    record Go() implements AgentCommand {}

    record State() implements AgentCommand {}

    record Close() implements AgentCommand {}

    default String line() {
        JsonValue.Fields named = JsonValue.fields().with("command", name());
        JsonValue.Fields line = switch (this) {
            case Peer(String pin, Optional<AddressLiteral> address) -> {
                JsonValue.Fields pinned = named.with("pin", pin);
                yield address.map(literal -> pinned.with("address", literal.text())).orElse(pinned);
            }
            case Alive _, Go _, State _, Close _ -> named;
        };
        return line.toString();
    }

    private String name() {
        return switch (this) {
            case Alive _ -> "alive";
            case Peer _ -> "peer";
            case Go _ -> "go";
            case State _ -> "state";
            case Close _ -> "close";
        };
    }

    static AgentCommand read(JsonValue line) throws MalformedLine {
        if (!(line instanceof JsonValue.Fields object)) throw new MalformedLine("a command is an object, found " + line);
        var fields = new FieldReader(object);
        String name = fields.text("command");
        AgentCommand command = switch (name) {
            case "alive" -> new Alive();
            case "peer" -> new Peer(fields.pin("pin"), fields.perhapsAddress("address"));
            case "go" -> new Go();
            case "state" -> new State();
            case "close" -> new Close();
            default -> {
                fields.finish();
                throw new MalformedLine("`command` is alive, peer, go, state or close, found " + new JsonValue.Text(name));
            }
        };
        fields.finish();
        return command;
    }
}
