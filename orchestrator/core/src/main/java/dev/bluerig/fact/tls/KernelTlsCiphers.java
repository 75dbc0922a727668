package dev.bluerig.fact.tls;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import java.util.List;

/// Version and cipher of every open connection whose records the kernel or a card handles, each pair once; the same command as
/// `KernelTlsSockets`.
public record KernelTlsCiphers(List<Negotiated> negotiated) {
    /// In the kernel's words: `1.2`, `aes-gcm-128` (iproute2 misc/ss.c tcp_tls_version, tcp_tls_cipher).
    public record Negotiated(String version, String cipher) {}

    public KernelTlsCiphers {
        negotiated = List.copyOf(negotiated);
    }

    public record Seen() implements Fact.Question<KernelTlsCiphers> {
        @Override
        public Inquiry<KernelTlsCiphers> read() {
            return Inquiry.parse(TlsSockets.Seen.COMMAND, KernelTlsCiphers::parse);
        }
    }

    static KernelTlsCiphers parse(String text) {
        return new KernelTlsCiphers(TlsSockets.joined(text).stream().map(socket -> TlsSockets.words(socket.strip().split("\\s+")))
            .filter(words -> words.containsKey("version:") && words.containsKey("cipher:"))
            .map(words -> new Negotiated(words.get("version:"), words.get("cipher:"))).distinct().toList());
    }
}
