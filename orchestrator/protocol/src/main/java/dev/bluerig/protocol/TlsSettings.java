package dev.bluerig.protocol;

/// How the connections are secured.
///
/// - `certificate`: what this end shows.
/// - `transmit`, `receive`: who makes and who opens the records; a kernel without TLS leaves them to the program, which says so.
public record TlsSettings(TlsVersion version, Cipher cipher, CertificateKind certificate, RecordHandler transmit, RecordHandler receive) {
    /// Who handles the records of a direction.
    public enum RecordHandler { KERNEL, USER_SPACE }

    JsonValue.Fields on(JsonValue.Fields line) {
        return line.with("version", version).with("cipher", cipher).with("certificate", certificate)
            .with("transmit", transmit).with("receive", receive);
    }

    static TlsSettings read(FieldReader fields) {
        return new TlsSettings(fields.word("version", TlsVersion.class), fields.word("cipher", Cipher.class),
            fields.word("certificate", CertificateKind.class, CertificateKind.ECDSA),
            fields.word("transmit", RecordHandler.class), fields.word("receive", RecordHandler.class));
    }
}
