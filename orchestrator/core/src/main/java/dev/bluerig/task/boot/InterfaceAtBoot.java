package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.link.LinkOwnership;
import java.util.Optional;
import java.util.Set;

/// What of an `interface` task is to last. What sets up a bridge or bond at boot sets up its ports, too, and must give it the addresses
/// that they need; a port of Open vSwitch has an MTU of its own, and nothing else.
public record InterfaceAtBoot(LinkOwnership place, Persistence persistence) {
    /// What has ports or a lower link that only a profile of its own type could name.
    private static final Set<String> MADE = Set.of("bridge", "bond", "team", "vlan", "macvlan", "ipvlan", "vxlan", "openvswitch", "vrf");

    public void compare(DiffBuilder draft) {
        Optional<Links.Holder> holder = place.holder();
        var wanted = BootSettings.of(place.wanted(), place.link());
        boolean served = holder.isPresent() && !wanted.addresses().isEmpty();
        if (served) new MasterAddresses(place, persistence).compare(draft);
        if (served && wanted.mtu().isEmpty()) return;
        if (holder.filter(one -> !one.kind().equals("openvswitch")).isPresent()) port(wanted, holder.get(), draft);
        else if (isMade(draft)) (served ? wanted.withoutAddresses() : wanted).compare(persistence, draft);
    }

    private static void port(BootSettings wanted, Links.Holder holder, DiffBuilder draft) {
        String name = wanted.link().name().text();
        wanted.mtu().ifPresent(mtu -> draft.unmet(Finding.LINK_BELONGS,
            new Change(name + " at boot", "mtu " + mtu, "set up by what sets up " + holder),
            "write the MTU where " + holder.name() + " is set up, and leave out `persist` for " + name));
    }

    /// Tells why a link that is there now would not be there at boot.
    private boolean isMade(DiffBuilder draft) {
        Link link = place.link();
        var backend = BootBackend.of(link, persistence);
        Optional<String> kind = link.kind().filter(MADE::contains);
        if (kind.isPresent() && backend.lacksProfile()) {
            draft.unmet(Finding.PERSIST_NOWHERE, new Change(backend.saved(), "a profile of type " + kind.get(), "none"),
                "nmcli connection add type " + kind.get() + " ifname " + link.name() + ": whoever made the " + kind.get()
                    + " knows its ports");
            return false;
        }
        var missing = backend.missing(place.links(), true);
        missing.ifPresent(why -> draft.unmet(Finding.PERSIST_NOWHERE, new Change(backend.saved(), "made", why),
            "have the " + kind.orElse("link") + " made by whoever sets it up, or leave out `persist`"));
        return missing.isEmpty();
    }
}
