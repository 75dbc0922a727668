package dev.bluerig.fact;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Version and cipher of every open connection whose records the kernel or a card handles, each pair once; the same command as `KernelTlsSockets`.
public record KernelTlsCiphers(List<Negotiated> negotiated) {
    /// In the kernel's words: `1.2`, `aes-gcm-128` (iproute2 misc/ss.c tcp_tls_version, tcp_tls_cipher).
    public record Negotiated(String version, String cipher) {}

    private static final Pattern TLS = Pattern.compile("tcp-ulp-tls\\b.*?version:\\s*(\\S+)\\s+cipher:\\s*(\\S+)");

    public KernelTlsCiphers {
        negotiated = List.copyOf(negotiated);
    }

    public record Seen() implements Fact.Question<KernelTlsCiphers> {
        @Override
        public Reading<KernelTlsCiphers> read() {
            return Reading.parse(TlsSockets.Seen.COMMAND, KernelTlsCiphers::parse);
        }
    }

    static KernelTlsCiphers parse(String text) {
        return new KernelTlsCiphers(TLS.matcher(text).results().map(KernelTlsCiphers::of).distinct().toList());
    }

    private static Negotiated of(MatchResult found) {
        return new Negotiated(found.group(1), found.group(2));
    }
}
