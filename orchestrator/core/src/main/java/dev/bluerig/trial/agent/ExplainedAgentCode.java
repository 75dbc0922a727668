package dev.bluerig.trial.agent;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.protocol.AgentCode;
import java.util.List;
import java.util.stream.Stream;

/// What the codes of agents mean.
public record ExplainedAgentCode(AgentCode code) implements Code {
    public static List<Code> all() {
        return Stream.of(AgentCode.values()).<Code>map(ExplainedAgentCode::new).toList();
    }

    @Override
    public CodeFamily family() {
        return CodeFamily.AGENT;
    }

    @Override
    public String name() {
        return code.name();
    }

    @Override
    public String meaning() {
        return switch (code) {
            case ADDRESS_NOT_LOCAL ->
                "The agent was told to use an address that this machine does not have.";
            case CONNECT_REFUSED ->
                "Nobody listens at the server's address and port: the server ended, or another machine has the address.";
            case CONNECT_TIMED_OUT ->
                "The server's address does not answer: a firewall on the way or on the server, or the route leads elsewhere.";
            case DATA_DIFFERS ->
                "Payload arrived that was not sent: something on the way changed it, or a card decrypted wrongly.";
            case LEASE_OVER ->
                "The controller was silent for too long, so the agent ended itself and put back what it had changed.";
            case NO_FILES ->
                "The machine has no more open files for so many connections.";
            case OTHER ->
                "The agent ended for a reason that has no code of its own.";
            case PEER_ALERT ->
                "The peer ended the handshake or the connection by an alert.";
            case PEER_KEY_UPDATE ->
                "The peer changed its keys (TLS 1.3 KeyUpdate), and the kernel cannot follow before 6.14.";
            case PEER_NOT_TLS ->
                "What answers on the port does not speak TLS.";
            case PEER_STOPPED ->
                "The peer closed the connection without saying so, perhaps in the middle of a record.";
            case PIN_MISMATCH ->
                "The peer showed another certificate than the one whose fingerprint came over SSH: somebody else answers on that address.";
            case PORT_IN_USE ->
                "No port of the range is free on the server.";
            case RECORD_CORRUPT ->
                "A record could not be decrypted: its tag is wrong. Bytes were changed on the way, or keys or sequence numbers differ.";
            case SETTINGS_REFUSED ->
                "The agent was started with settings that it does not take: another version of bluerig.";
            case TLS_REFUSED ->
                "The kernel refused the keys for a reason that is not a missing module.";
        };
    }

    @Override
    public String next() {
        return switch (code) {
            case ADDRESS_NOT_LOCAL -> "ip -br address; run bluerig apply before the trial";
            case CONNECT_REFUSED -> "ip neigh on the client: whose MAC answers for the address?";
            case CONNECT_TIMED_OUT -> "nft list ruleset on the server; ip route get ADDRESS on the client; open the trial's `listen` ports";
            case DATA_DIFFERS -> "run again with `transmit` and then `receive` in `user-space` to see which end it is; report it to the "
                    + "card's vendor";
            case LEASE_OVER -> "see why bluerig or its machine stopped; then run again";
            case NO_FILES -> "ulimit -n; raise it, or ask for fewer `connections`";
            case OTHER -> "read its message";
            case PEER_ALERT -> "read the alert's name; compare version and cipher on both ends";
            case PEER_KEY_UPDATE -> "use TLS 1.2, or a peer that does not rekey";
            case PEER_NOT_TLS -> "ss -tlnp on the server: who listens there? choose other `listen` ports";
            case PEER_STOPPED -> "read why the peer ended: its own failure stands beside this one";
            case PIN_MISMATCH -> "ip neigh; arping -D; look for a second machine with this address";
            case PORT_IN_USE -> "ss -tlnp; choose other `listen` ports";
            case RECORD_CORRUPT -> "tls_stat TlsDecryptError; switch RX offload off to isolate the card, then TX";
            case SETTINGS_REFUSED -> "bluerig accept --purge, then run again";
            case TLS_REFUSED -> "read the error name; dmesg";
        };
    }
}
