package dev.bluerig.task.link;

import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.source.Described;
import java.util.Optional;

/// What the TLS offload flags of one link shall be. Absent flags are left as they are.
public record OffloadSpec(
    @Described(value = "The link's name; for a port prefer `pci`.", example = "ens1f0np0") Optional<LinkName> name,
    @Described(value = "The PCI address of the port, in the place of `name`.", example = "\"0000:b1:00.0\"") Optional<PciAddress> pci,
    @Described(value = "The card encrypts (tls-hw-tx-offload).", example = "true") Optional<Boolean> tlsTx,
    @Described(value = "The card decrypts (tls-hw-rx-offload).", example = "true") Optional<Boolean> tlsRx,
    @Described(value = "Write the flags down for whoever sets up the link at boot, too.", absent = "false") boolean persist) {

    public OffloadSpec {
        LinkRef.of(name, pci);
        if (tlsTx.isEmpty() && tlsRx.isEmpty()) throw new IllegalArgumentException("no flag is wanted: say `tls_tx` or `tls_rx`");
    }

    public LinkRef ref() {
        return LinkRef.of(name, pci);
    }

    public static String word(boolean on) {
        return on ? "on" : "off";
    }
}
