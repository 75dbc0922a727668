package dev.bluerig.ktls.program;

import java.net.InetAddress;
import java.util.Optional;

/// A line after the settings.
sealed interface AgentCommand {
    record Alive() implements AgentCommand {}

    /// `address`: whose failures are ours; anybody else is a stranger.
    record Peer(String pin, Optional<InetAddress> address) implements AgentCommand {}

    record Go() implements AgentCommand {}

    record State() implements AgentCommand {}

    record Close() implements AgentCommand {}

    static AgentCommand read(Json line) throws BadLine {
        if (!(line instanceof Json.Fields object)) throw new BadLine("a command is an object, found " + line);
        var fields = new FieldReader(object);
        String command = fields.text("command", text -> true, "a text");
        AgentCommand order = switch (command) {
            case "alive" -> new Alive();
            case "peer" -> new Peer(fields.text("pin", SettingsReader.PIN, SettingsReader.PIN_WANTED),
                fields.perhaps("address", text -> FieldReader.literal(text).isPresent(), "an IP address").flatMap(FieldReader::literal));
            case "go" -> new Go();
            case "state" -> new State();
            case "close" -> new Close();
            default -> {
                fields.finish();
                throw new BadLine("`command` is alive, peer, go, state or close, found " + new Json.Text(command));
            }
        };
        fields.finish();
        return order;
    }
}
