package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.Mtu;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.link.InterfaceSpec;
import dev.bluerig.task.link.OffloadSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What of one link is to last over a reboot, whoever sets it up. Absent settings are left as they are.
///
/// A new kind of setting is a field here, or a constant of `EthtoolWords.Kind`; each `BootBackend` knows where it is written.
public record BootSettings(Link link, LinkRef ref, List<Cidr> addresses, boolean only, Optional<Mtu> mtu, Optional<Boolean> up,
                           List<EthtoolWords> ethtool) {
    public BootSettings {
        addresses = List.copyOf(addresses);
        ethtool = List.copyOf(ethtool);
    }

    static BootSettings of(InterfaceSpec wanted, Link link) {
        return new BootSettings(link, wanted.ref(), wanted.addresses(), wanted.only(), wanted.mtu(), wanted.up(), List.of());
    }

    public static BootSettings of(OffloadSpec wanted, Link link) {
        var flags = new LinkedHashMap<String, String>();
        wanted.tlsTx().ifPresent(on -> flags.put(TlsFlags.TX, OffloadSpec.word(on)));
        wanted.tlsRx().ifPresent(on -> flags.put(TlsFlags.RX, OffloadSpec.word(on)));
        var words = List.of(new EthtoolWords(EthtoolWords.Kind.TLS_OFFLOAD, flags));
        return new BootSettings(link, wanted.ref(), List.of(), false, Optional.empty(), Optional.empty(), words);
    }

    /// What is left where its master serves the addresses.
    BootSettings withoutAddresses() {
        return new BootSettings(link, ref, List.of(), false, mtu, up.or(() -> Optional.of(true)), ethtool);
    }

    public void compare(Persistence persistence, DiffBuilder draft) {
        if (link.name().isPlain()) BootBackend.of(link, persistence).write(this, draft);
        else draft.unmet(Finding.PERSIST_NAME, new Change(link.name() + " at boot", "written", "a name that files read otherwise"), "");
    }

    /// Something else than words of ethtool.
    boolean setLink() {
        return !addresses.isEmpty() || mtu.isPresent() || up.isPresent();
    }

    /// The port was selected by its PCI function, which has this address.
    Optional<String> pci() {
        return ref.byPci().map(Object::toString);
    }

    /// Of a port that was selected by PCI function, where that can be told by a MAC address alone.
    Optional<String> mac() {
        return ref.byPci().flatMap(pci -> link.mac());
    }

    /// Names the files that we write for this link: by what it is selected, so that a new name of a port leaves no stale file.
    String key() {
        return key(ref);
    }

    static String key(LinkRef ref) {
        return ref.byPci().map(pci -> key(pci.text())).orElseGet(ref::toString);
    }

    static String key(String device) {
        return device.replace(':', '-').replace('.', '-');
    }
}
