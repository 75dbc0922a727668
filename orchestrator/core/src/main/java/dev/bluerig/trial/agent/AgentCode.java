package dev.bluerig.trial.agent;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;

/// Why a program of the pair ended early. The constants are the codes of its `failed` lines (docs/pair-protocol.md).
public enum AgentCode implements Code {
    ADDRESS_NOT_LOCAL("The program was told to use an address that this machine does not have.", "ip -br address; run bluerig apply before the trial"),
    CONNECT_REFUSED("Nobody listens at the server's address and port: the server ended, or another machine has the address.", "ip neigh on the client: whose MAC answers for the address?"),
    CONNECT_TIMED_OUT("The server's address does not answer: a firewall on the way or on the server, or the route leads elsewhere.", "nft list ruleset on the server; ip route get ADDRESS on the client; open the trial's `listen` ports"),
    DATA_DIFFERS("Payload arrived that was not sent: something on the way changed it, or a card decrypted wrongly.", "run again with `transmit` and then `receive` in `user-space` to see which end it is; report it to the card's vendor"),
    LEASE_OVER("The controller was silent for too long, so the program ended itself and put back what it had changed.", "see why bluerig or its machine stopped; then run again"),
    NO_FILES("The machine has no more open files for so many connections.", "ulimit -n; raise it, or ask for fewer `connections`"),
    OTHER("The program ended for a reason that has no code of its own.", "read its message"),
    PEER_ALERT("The peer ended the handshake or the connection by an alert.", "read the alert's name; compare version and cipher on both ends"),
    PEER_KEY_UPDATE("The peer changed its keys (TLS 1.3 KeyUpdate), and the kernel cannot follow before 6.14.", "use TLS 1.2, or a peer that does not rekey"),
    PEER_NOT_TLS("What answers on the port does not speak TLS.", "ss -tlnp on the server: who listens there? choose other `listen` ports"),
    PEER_STOPPED("The peer closed the connection without saying so, perhaps in the middle of a record.", "read why the peer ended: its own failure stands beside this one"),
    PIN_MISMATCH("The peer showed another certificate than the one whose fingerprint came over SSH: somebody else answers on that address.", "ip neigh; arping -D; look for a second machine with this address"),
    PORT_IN_USE("No port of the range is free on the server.", "ss -tlnp; choose other `listen` ports"),
    RECORD_CORRUPT("A record could not be decrypted: its tag is wrong. Bytes were changed on the way, or keys or sequence numbers differ.", "tls_stat TlsDecryptError; switch RX offload off to isolate the card, then TX"),
    SETTINGS_REFUSED("The program was started with settings that it does not take: another version of bluerig.", "bluerig accept --purge, then run again"),
    TLS_REFUSED("The kernel refused the keys for a reason that is not a missing module.", "read the error name; dmesg");

    private final String meaning;
    private final String next;

    AgentCode(String meaning, String next) {
        this.meaning = meaning;
        this.next = next;
    }

    @Override
    public CodeFamily family() {
        return CodeFamily.AGENT;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String next() {
        return next;
    }
}
