package dev.bluerig.fact.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelTlsCiphersTest {
    /// iproute2 6.1 `ss -tiepnH`, shape only.
    private static final String TEXT = """
        ESTAB 0 0 192.0.2.1:443 192.0.2.2:40000 users:(("nginx",pid=99,fd=7)) ino:1 sk:1
        \t cubic wscale:7,7 tcp-ulp-tls version: 1.2 cipher: aes-gcm-128 rxconf: hw txconf: hw
        ESTAB 0 0 192.0.2.1:443 192.0.2.2:40002 users:(("nginx",pid=99,fd=8)) ino:2 sk:2
        \t cubic wscale:7,7 tcp-ulp-tls version: 1.3 cipher: aes-gcm-256 rxconf: sw txconf: sw
        ESTAB 0 0 192.0.2.1:22 192.0.2.2:40004 users:(("sshd",pid=9,fd=8)) ino:3 sk:3
        \t cubic wscale:7,7
        """;

    @Test
    void each_pair_of_version_and_cipher_is_told_once() {
        assertEquals(List.of(new KernelTlsCiphers.Negotiated("1.2", "aes-gcm-128"), new KernelTlsCiphers.Negotiated("1.3", "aes-gcm-256")),
            KernelTlsCiphers.parse(TEXT + TEXT).negotiated());
        assertEquals(List.of(), KernelTlsCiphers.parse("").negotiated());
    }
}
