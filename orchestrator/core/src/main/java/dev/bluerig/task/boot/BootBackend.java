package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.BootOwner;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.Finding;
import java.util.Optional;
import java.util.Set;

/// Whoever sets up one link at boot, with all that is to be known of its files.
sealed interface BootBackend permits NetworkManagerBackend, NetplanBackend, NetworkdBackend, IfupdownBackend, IfcfgBackend, NobodyBackend {
    /// What systemd-networkd, ifupdown and the RHEL network service can make; the others are their own programs' affair.
    Set<String> KINDS = Set.of("bridge", "bond", "vlan", "macvlan");

    static BootBackend of(Link link, Persistence persistence) {
        return switch (persistence.ownerOf(link)) {
            case BootOwner.NetworkManager owner -> new NetworkManagerBackend(link, owner, persistence);
            case BootOwner.Netplan owner -> new NetplanBackend(link, owner.files(), persistence);
            case BootOwner.Networkd owner -> new NetworkdBackend(link, persistence);
            case BootOwner.Ifupdown owner -> new IfupdownBackend(link, owner, persistence);
            case BootOwner.Ifcfg owner -> new IfcfgBackend(link, owner.text(), persistence);
            case BootOwner.Nobody owner -> new NobodyBackend(link, owner.unread(), persistence);
        };
    }

    Link link();

    Persistence persistence();

    /// For people.
    String who();

    /// Files are written, never applied: the run-time state is the work of `ip` and `ethtool`, because `netplan apply` and its like take
    /// down what they do not know. What is written counts only when its reader would act on it.
    void write(BootSettings wanted, DiffBuilder draft);

    /// For words of ethtool that no file here can hold.
    default void writeUnits(BootSettings wanted, DiffBuilder draft) {
        wanted.ethtool().forEach(words -> unit(words, wanted).write(draft));
    }

    default EthtoolUnit unit(EthtoolWords words, BootSettings wanted) {
        return new EthtoolUnit(words, wanted, persistence());
    }

    /// The address will be the link's, in the same or a wider subnet. `dynamic`: it has it by DHCP or router advertisement now.
    boolean gives(Cidr address, boolean dynamic);

    /// What is found in the place of an address.
    String withoutAddress();

    /// A link of a kind that only a profile of its own can make has none.
    default boolean lacksProfile() {
        return false;
    }

    /// Why a bridge, bond or VLAN that is there now would not be made at boot: an address for a link that nobody makes is no address.
    /// `ours`: a file of ours is to start it, so only what makes it is looked for.
    default Optional<String> missing(Links links, boolean ours) {
        return link().kind().filter(KINDS::contains).isEmpty() ? Optional.empty() : unmade(links, ours);
    }

    default Optional<String> unmade(Links links, boolean ours) {
        return Optional.empty();
    }

    default String saved() {
        return link().name() + " at boot (" + who() + ")";
    }

    default void conflict(String where, DiffBuilder draft) {
        draft.unmet(Finding.PERSIST_CONFLICT, new Change(saved(), "ours alone", "also set up by " + where), "");
    }

    /// In the same or a wider subnet; without a prefix it stands beside a netmask.
    static boolean covers(String text, Cidr address) {
        try {
            var given = new Cidr(text.contains("/") ? text : text + "/" + address.prefix());
            return given.address().equals(address.address()) && given.prefix() <= address.prefix();
        } catch (IllegalArgumentException strange) {
            return false;
        }
    }
}
