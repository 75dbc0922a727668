package dev.bluerig.fact.tls;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import java.util.List;

/// Every TCP connection whose records the kernel or a card handles: whose traffic the counters of kernel TLS count.
public record KernelTlsSockets(List<TlsSockets.Socket> sockets) {
    public KernelTlsSockets {
        sockets = List.copyOf(sockets);
    }

    public record Seen() implements Fact.Question<KernelTlsSockets> {
        @Override
        public Inquiry<KernelTlsSockets> read() {
            return Inquiry.parse(TlsSockets.Seen.COMMAND, text -> new KernelTlsSockets(TlsSockets.all(text)));
        }
    }
}
