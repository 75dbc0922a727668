package dev.bluerig.task.link;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Routes;
import dev.bluerig.fact.system.ArpingFamily;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.Mtu;
import dev.bluerig.remote.Command;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Deed;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.DiffBuilder.Phase;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.diff.HeldAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One link at run time against what is wanted of it; changed by `ip`, whoever owns it.
public record LinkState(InterfaceSpec wanted, Link link, LinkOwnership placement, RouteEffects effects) {
    /// Routes that could not be read take nothing but the remark on what a change does to them.
    public static LinkState of(LinkOwnership placement, Reading<Routes> routes) {
        Routes seen = routes instanceof Reading.Known<Routes>(Routes known) ? known : new Routes(List.of());
        return new LinkState(placement.wanted(), placement.link(), placement,
            new RouteEffects(seen, placement.links(), placement.link(), placement.named()));
    }

    public void compare(TlsSockets sockets, DiffBuilder draft) {
        wanted.mtu().ifPresent(mtu -> mtu(mtu, sockets, draft));
        wanted.up().ifPresent(up -> admin(up, draft));
        boolean belongs = placement.holder().isPresent();
        wanted.addresses().stream().filter(address -> !placement.isServed(address) && (belongs || !link.has(address)))
            .forEach(address -> add(address, draft));
        var removed = superfluous();
        // the first address of a subnet takes the later ones with it
        removed.reversed().forEach(address -> remove(address, removed, draft));
        wanted.addresses().stream().filter(address -> removed.stream().anyMatch(gone -> address.overlaps(gone.cidr())))
            .forEach(address -> {
                draft.does(Phase.ADD_AGAIN, new Deed.AddAddress(name(), address));
                draft.step(Phase.ADD_AGAIN, ip("replace", address.text()));
            });
    }

    private void mtu(Mtu mtu, TlsSockets sockets, DiffBuilder draft) {
        if (link.mtu() == mtu.bytes()) return;
        var change = new Change(what("mtu"), mtu.text() + placement.lowered(mtu), Integer.toString(link.mtu()));
        if (placement.refuses(mtu, change, draft)) return;
        if (link.maxMtu().filter(most -> most < mtu.bytes()).isPresent())
            draft.unmet(Finding.MTU_TOO_BIG,
                new Change(what("mtu"), mtu.text(), link.mtu() + ", and the driver takes at most " + link.maxMtu().get()), "");
        else if (!sockets.device().isEmpty()) draft.unmet(Finding.BUSY, change, CardInUse.next(sockets));
        draft.change(change.what(), change.expected(), change.found());
        draft.step(Phase.MTU, set("mtu", mtu.text()), set("mtu", Integer.toString(link.mtu())));
        draft.does(Phase.MTU, new Deed.SetMtu(name(), mtu.bytes()));
        draft.touch(name());   // mlx5 closes and opens its channels
    }

    private void admin(boolean up, DiffBuilder draft) {
        if (link.up() == up) return;
        draft.change(what("admin state"), up ? "up" : "down", up ? "down" : "up");
        draft.makes(name());
        draft.does(up ? Phase.UP : Phase.DOWN, new Deed.SetLink(name(), up));
        if (up) {
            draft.step(Phase.UP, set("up"), set("down"));
        } else {
            draft.step(Phase.DOWN, set("down"), set("up"));
            draft.touch(name());
        }
    }

    private void add(Cidr address, DiffBuilder draft) {
        if (placement.refuses(address, what("address " + address), draft)) return;
        draft.change(what("address " + address), "present" + effects.added(address), "absent");
        boolean probed = link.up() || wanted.up().orElse(false);
        // with another prefix length nobody would answer, but the question is pointless
        if (!address.isV6() && probed && !link.holds(address.address()))
            draft.step(link.up() ? Phase.PROBE : Phase.LATE_PROBE, ArpingFamily.IPUTILS.nobodyHas(name(), address.address()));
        draft.makes(name());
        draft.does(Phase.ADD, new Deed.AddAddress(name(), address));
        draft.step(Phase.ADD, ip("replace", address.text()), ip("del", address.text()));
    }

    private void remove(Link.Address gone, List<Link.Address> removed, DiffBuilder draft) {
        var remaining = Stream.concat(wanted.addresses().stream(), link.addresses().stream().filter(held -> !removed.contains(held))
            .map(Link.Address::cidr)).toList();
        draft.change(what("address " + gone.cidr()), "absent" + effects.removed(gone.cidr(), remaining), "present");
        draft.step(Phase.REMOVE, ip("del", words(gone)));
        draft.does(Phase.REMOVE, new Deed.RemoveAddress(name(), gone.cidr()));
        draft.takes(new HeldAddress(link.name(), gone.cidr().address()));
        draft.undo(Phase.LATE_PROBE, ip("replace", words(gone)));   // after ours is gone
        draft.touch(name());
    }

    /// A point-to-point address is known by both ends: `192.0.2.9 peer 192.0.2.10/32`.
    private static String[] words(Link.Address held) {
        return held.peer().map(peer -> new String[] {held.cidr().address(), "peer", peer + "/" + held.cidr().prefix()})
            .orElse(new String[] {held.cidr().text()});
    }

    /// Others, when only ours may be there; and always a wanted address with a wrong prefix length.
    private List<Link.Address> superfluous() {
        return link.addresses().stream().filter(Link.Address::isPermanentGlobal)
            .filter(held -> held.peer().isPresent() || !wanted.addresses().contains(held.cidr()))
            .filter(held -> wanted.only() || isWrongPrefix(held.cidr())).toList();
    }

    private boolean isWrongPrefix(Cidr held) {
        return wanted.addresses().stream().anyMatch(address -> address.address().equals(held.address()));
    }

    private Command set(String... words) {
        var line = new ArrayList<>(List.of("ip", "link", "set", "dev", name()));
        line.addAll(List.of(words));
        return Command.of(line);
    }

    private Command ip(String verb, String... address) {
        var line = new ArrayList<>(List.of("ip", "address", verb));
        line.addAll(List.of(address));
        line.addAll(List.of("dev", name()));
        return Command.of(line);
    }

    private String name() {
        return link.name().text();
    }

    private String what(String field) {
        return name() + wanted.pci().map(pci -> " (" + pci + ")").orElse("") + " " + field;
    }
}
