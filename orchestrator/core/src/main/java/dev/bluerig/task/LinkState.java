package dev.bluerig.task;

import dev.bluerig.fact.Arping;
import dev.bluerig.fact.Link;
import dev.bluerig.fact.TlsSockets;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.Mtu;
import dev.bluerig.remote.Command;
import dev.bluerig.task.Draft.Phase;
import java.util.ArrayList;
import java.util.List;

/// One link at run time against what is wanted of it; changed by `ip`, whoever owns it.
record LinkState(Interface wanted, Link link) {
    void compare(TlsSockets sockets, Draft draft) {
        wanted.mtu().ifPresent(mtu -> mtu(mtu, sockets, draft));
        wanted.up().ifPresent(up -> admin(up, draft));
        wanted.addresses().stream().filter(address -> !link.has(address)).forEach(address -> add(address, draft));
        var removed = superfluous();
        removed.reversed().forEach(address -> remove(address, draft));   // the first address of a subnet takes the later ones with it
        wanted.addresses().stream().filter(address -> removed.stream().anyMatch(address::overlaps))
            .forEach(address -> draft.step(Phase.ADD_AGAIN, ip("replace", address)));
    }

    private void mtu(Mtu mtu, TlsSockets sockets, Draft draft) {
        if (link.mtu() == mtu.bytes()) return;
        var change = new Change(what("mtu"), mtu.text(), Integer.toString(link.mtu()));
        if (link.maxMtu().filter(most -> most < mtu.bytes()).isPresent())
            draft.unmet(Finding.MTU_TOO_BIG, new Change(what("mtu"), mtu.text(), link.mtu() + ", and the driver takes at most " + link.maxMtu().get()), "");
        else if (!sockets.device().isEmpty()) draft.unmet(Finding.BUSY, change, Busy.next(sockets));
        draft.change(change.what(), change.expected(), change.found());
        draft.step(Phase.MTU, set("mtu", mtu.text()), set("mtu", Integer.toString(link.mtu())));
        draft.touch(name());   // mlx5 closes and opens its channels
    }

    private void admin(boolean up, Draft draft) {
        if (link.up() == up) return;
        draft.change(what("admin state"), up ? "up" : "down", up ? "down" : "up");
        if (up) {
            draft.step(Phase.UP, set("up"), set("down"));
        } else {
            draft.step(Phase.DOWN, set("down"), set("up"));
            draft.touch(name());
        }
    }

    private void add(Cidr address, Draft draft) {
        draft.change(what("address " + address), "present", "absent");
        boolean probed = link.up() || wanted.up().orElse(false);
        if (!address.isV6() && probed && !holds(address)) draft.step(link.up() ? Phase.PROBE : Phase.LATE_PROBE, Arping.IPUTILS.nobodyHas(name(), address.address()));
        draft.step(Phase.ADD, ip("replace", address), ip("del", address));
    }

    /// With another prefix length: the probe would be answered by nobody, but the question is pointless.
    private boolean holds(Cidr address) {
        return link.addresses().stream().anyMatch(held -> held.cidr().address().equals(address.address()));
    }

    private void remove(Cidr address, Draft draft) {
        draft.change(what("address " + address), "absent", "present");
        draft.step(Phase.REMOVE, ip("del", address));
        draft.undo(Phase.LATE_PROBE, ip("replace", address));   // after ours is gone
        draft.touch(name());
    }

    /// Others, when only ours may be there; and always a wanted address with a wrong prefix length.
    private List<Cidr> superfluous() {
        return link.addresses().stream().filter(Link.Address::isPermanentGlobal).map(Link.Address::cidr)
            .filter(held -> !wanted.addresses().contains(held)).filter(held -> wanted.only() || isWrongPrefix(held)).toList();
    }

    private boolean isWrongPrefix(Cidr held) {
        return wanted.addresses().stream().anyMatch(address -> address.address().equals(held.address()));
    }

    private Command set(String... words) {
        var line = new ArrayList<>(List.of("ip", "link", "set", "dev", name()));
        line.addAll(List.of(words));
        return Command.of(line);
    }

    private Command ip(String verb, Cidr address) {
        return Command.of("ip", "address", verb, address.text(), "dev", name());
    }

    private String name() {
        return link.name().text();
    }

    private String what(String field) {
        return name() + wanted.pci().map(pci -> " (" + pci + ")").orElse("") + " " + field;
    }
}
