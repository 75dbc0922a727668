package dev.bluerig.ktls.secure;

/// The types of records (RFC 8446, appendix B.1).
final class RecordType {
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int PAYLOAD = 23;

    private RecordType() {}
}
