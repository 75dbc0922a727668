package dev.bluerig.protocol;

/// Why an agent ended early: the codes of `failed` and `dropped` lines, which the controller explains.
public enum AgentCode {
    ADDRESS_NOT_LOCAL, CONNECT_REFUSED, CONNECT_TIMED_OUT, DATA_DIFFERS, LEASE_OVER, NO_FILES, OTHER, PEER_ALERT,
    PEER_KEY_UPDATE, PEER_NOT_TLS, PEER_STOPPED, PIN_MISMATCH, PORT_IN_USE, RECORD_CORRUPT, SETTINGS_REFUSED, TLS_REFUSED
}
