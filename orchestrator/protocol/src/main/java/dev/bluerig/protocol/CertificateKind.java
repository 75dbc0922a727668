package dev.bluerig.protocol;

/// The key of the certificate that an end shows.
public enum CertificateKind { ECDSA, RSA }
