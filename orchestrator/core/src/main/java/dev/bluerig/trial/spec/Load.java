package dev.bluerig.trial.spec;

import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.protocol.TlsVersion;
import dev.bluerig.source.Described;
import dev.bluerig.source.TrustedText;
import java.util.Optional;

/// What the pair does in one run.
@TrustedText
public record Load(
    @Described(value = "The version of TLS; mainline mlx5 offloads 1.2 alone.", example = "\"1.2\"", absent = "\"1.2\"") TlsVersion version,
    @Described(value = "What protects the records.", example = "aes-128-gcm", absent = "aes-128-gcm") Cipher cipher,
    @Described(value = "Who sends payload.", example = "both", absent = "both")
        LoadSettings.Direction direction,
    @Described(value = "Connections at the same time, 1 to 1000.", example = "4", absent = "1") int connections,
    @Described(value = "Payload of each direction, over all connections; say this or `seconds`.",
    example = "4GiB") Optional<ByteCount> bytes,
    @Described(value = "How long payload is sent; say this or `bytes`.", example = "300") Optional<Integer> seconds,
    @Described(value = "How much is written at once, 1B to 4MiB.", example = "256KiB", absent = "128KiB") ByteCount write,
    @Described(value = "How much of the payload the receiver compares.", example = "every-byte", absent = "every-byte")
        LoadSettings.Verify verify,
    @Described(value = "One long stream, or connect, exchange and close over and over.", example = "stream", absent = "stream")
        LoadSettings.Mode mode,
    @Described(value = "how payload leaves the agent.", example = "send", absent = "send")
        LoadSettings.Source source,
    @Described(value = "Which cores the agents may use: `all`, `near-nic` (the port's NUMA node), or a list such as `2-5,8`.",
    example = "near-nic", absent = "all") Cores cpus,
    @Described(value = "Sender's records: by the kernel (and the card), or in the agent.", example = "kernel", absent = "kernel")
        TlsSettings.RecordHandler transmit,
    @Described(value = "Receiver's records: by the kernel (and the card), or in the agent.", example = "kernel", absent = "kernel")
        TlsSettings.RecordHandler receive) {

    public Load {
        if (connections < 1 || connections > LoadSettings.MOST_CONNECTIONS)
            throw new IllegalArgumentException("`connections` is 1 to " + LoadSettings.MOST_CONNECTIONS + ", found " + connections);
        if (bytes.isPresent() == seconds.isPresent()) throw new IllegalArgumentException("say `bytes` or `seconds`, one of them");
        if (seconds.filter(count -> count < 1).isPresent()) throw new IllegalArgumentException("`seconds` is at least 1");
        if (bytes.filter(count -> count.bytes() < connections).isPresent())
            throw new IllegalArgumentException("`bytes` is at least one byte a connection");
        if (write.bytes() < 1 || write.bytes() > LoadSettings.LARGEST_WRITE)
            throw new IllegalArgumentException("`write` is 1B to 4MiB, found " + write);
    }

    public boolean sends(Role role) {
        return direction.sends(role);
    }
}
