package dev.bluerig.task.link;

import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.source.Described;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the TLS offload flags of one link shall be. Absent flags are left as they are.
public record OffloadSpec(
    @Described(value = "The link's name; for a port prefer `pci`.", example = "ens1f0np0") Optional<LinkName> name,
    @Described(value = "The PCI address of the port, in the place of `name`.", example = "\"0000:b1:00.0\"") Optional<PciAddress> pci,
    @Described(value = "The card encrypts (tls-hw-tx-offload).", example = "true") Optional<Boolean> tlsTx,
    @Described(value = "The card decrypts (tls-hw-rx-offload).", example = "true") Optional<Boolean> tlsRx,
    @Described(value = "Write the flags down for whoever sets up the link at boot, too.", absent = "false") boolean persist) {

    public OffloadSpec {
        name.ifPresent(LinkName::written);
        if (name.isPresent() == pci.isPresent()) throw new IllegalArgumentException("say `name` or `pci`, one of them");
        if (tlsTx.isEmpty() && tlsRx.isEmpty()) throw new IllegalArgumentException("no flag is wanted: say `tls_tx` or `tls_rx`");
    }

    public LinkRef ref() {
        return name.<LinkRef>map(LinkRef.Named::new).orElseGet(() -> new LinkRef.At(pci.orElseThrow()));
    }

    /// Names the unit that we write for this link: what the link is selected by, as for `InterfaceSpec`.
    public String key() {
        return pci.map(at -> key(at.text())).orElseGet(() -> name.orElseThrow().text());
    }

    public static String key(String pci) {
        return pci.replace(':', '-').replace('.', '-');
    }

    /// As `ethtool -K` takes them: `tls-hw-tx-offload on tls-hw-rx-offload off`.
    public List<String> words() {
        var words = new ArrayList<String>();
        tlsTx.ifPresent(on -> words.addAll(List.of(TlsFlags.TX, word(on))));
        tlsRx.ifPresent(on -> words.addAll(List.of(TlsFlags.RX, word(on))));
        return words;
    }

    public static String word(boolean on) {
        return on ? "on" : "off";
    }
}
