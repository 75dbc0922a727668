package dev.bluerig.ktls.secure;

import dev.bluerig.protocol.CertificateKind;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// A key and its self-signed certificate, made for one run and known to nobody but by its fingerprint.
public final class Identity {
    private static final int RSA_BITS = 2048;
    /// Clocks of hosts may differ; nobody checks these dates but foreign peers.
    private static final Duration MARGIN = Duration.ofDays(1);
    private static final Duration VALID = Duration.ofDays(30);

    private final CertificateKind kind;
    private final PrivateKey key;
    private final byte[] certificate;

    Identity(CertificateKind kind, PrivateKey key, byte[] certificate) {
        this.kind = kind;
        this.key = key;
        this.certificate = certificate;
    }

    /// A key on P-256.
    public static Identity ecdsa() {
        return make(CertificateKind.ECDSA, "EC", new ECGenParameterSpec("secp256r1"), "SHA256withECDSA",
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256));
    }

    /// A key of 2048 bits.
    public static Identity rsa() {
        return make(CertificateKind.RSA, "RSA", new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4), "SHA256withRSA",
            new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE));
    }

    private static Identity make(CertificateKind kind, String algorithm, AlgorithmParameterSpec parameters, String signer,
        AlgorithmIdentifier identifier) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            KeyPair pair = generator.generateKeyPair();
            return new Identity(kind, pair.getPrivate(), sign(pair, signer, identifier));
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("a JDK without " + signer, impossible);
        }
    }

    private static byte[] sign(KeyPair pair, String signer, AlgorithmIdentifier identifier) throws GeneralSecurityException, IOException {
        X500Name name = new X500Name("CN=bluerig pair");
        Instant now = Instant.now();
        V3TBSCertificateGenerator body = new V3TBSCertificateGenerator();
        body.setSerialNumber(new ASN1Integer(new BigInteger(64, new SecureRandom()).setBit(64)));
        body.setSignature(identifier);
        body.setIssuer(name);
        body.setSubject(name);
        body.setStartDate(new Time(Date.from(now.minus(MARGIN))));
        body.setEndDate(new Time(Date.from(now.plus(VALID))));
        body.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        var unsigned = body.generateTBSCertificate();
        Signature signature = Signature.getInstance(signer);
        signature.initSign(pair.getPrivate());
        signature.update(unsigned.getEncoded(ASN1Encoding.DER));
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(unsigned);
        parts.add(identifier);
        parts.add(new DERBitString(signature.sign()));
        return new DERSequence(parts).getEncoded(ASN1Encoding.DER);
    }

    public CertificateKind kind() {
        return kind;
    }

    /// In DER.
    public byte[] certificate() {
        return certificate.clone();
    }

    PrivateKey key() {
        return key;
    }

    /// SHA-256 of the certificate, lower-case hex: what the other end pins.
    public String fingerprint() {
        return fingerprint(certificate);
    }

    static String fingerprint(byte[] certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a JDK without SHA-256", impossible);
        }
    }

    /// Never the key.
    @Override
    public String toString() {
        return kind + " " + fingerprint();
    }
}
