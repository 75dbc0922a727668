package dev.bluerig.task.link;

import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.Mtu;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.diff.HeldAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether a link is free for what is wanted of it. One that belongs to a bridge, bond, team or switch is not, and an address lives in one
/// place.
///
/// `named`: all links that the task names. Who names the master, too, knows of it.
public record LinkOwnership(InterfaceSpec wanted, Link link, Links links, Map<String, InterfaceSpec> named) {
    public Optional<Links.Holder> holder() {
        return links.holders(link).stream().findFirst();
    }

    /// Held by the link's master, in the same or a wider subnet: packets to and from it pass this link already.
    public boolean isServed(Cidr address) {
        return !link.holds(address.address()) && masterOf(address).isPresent();
    }

    private Optional<Links.Holder> masterOf(Cidr address) {
        return links.holders(link).stream().filter(holder -> holder.holds().stream().map(Link.Address::cidr)
            .anyMatch(held -> held.address().equals(address.address()) && held.prefix() <= address.prefix())).findFirst();
    }

    /// The master that has it.
    public Optional<Link> server(Cidr address) {
        return masterOf(address).flatMap(holder -> links.all().stream().filter(one -> one.name().text().equals(holder.name())).findFirst());
    }

    /// The same task looks after the master's files.
    public boolean isKept(Link master, Cidr address) {
        return Optional.ofNullable(named.get(master.name().text()))
            .filter(item -> item.persist() && item.addresses().stream().anyMatch(one -> one.address().equals(address.address())))
            .isPresent();
    }

    /// Tells why the address cannot be put here; false when it can.
    boolean refuses(Cidr address, String what, DiffBuilder draft) {
        var holders = links.holders(link);
        if (!holders.isEmpty()) {
            String found = (link.holds(address.address()) ? "on a link that is part of " : "part of ") + chain(holders) + held(holders);
            draft.unmet(Finding.LINK_BELONGS, new Change(what, "present", found), next(holders));
            return true;
        }
        var elsewhere = links.all().stream().filter(other -> other.holds(address.address()) && isClaim(other, address)).toList();
        elsewhere.forEach(other -> draft.elsewhere(new HeldAddress(other.name(), address.address()),
            new Change(what, "present", "on " + other.name() + " of this machine")));
        return !elsewhere.isEmpty();
    }

    /// Link-local addresses and VRFs are worlds of their own; and the task may take the address away from there, or want it in both places.
    private boolean isClaim(Link other, Cidr address) {
        boolean apart = other.name().equals(link.name()) || !world(other).equals(world(link)) || address.text().startsWith("fe80:")
            || link.holds(address.address());
        var item = Optional.ofNullable(named.get(other.name().text()));
        return !apart && item.filter(one -> one.only() || one.addresses().contains(address)).isEmpty();
    }

    private Optional<Link> world(Link some) {
        return some.kind().filter("vrf"::equals).isPresent() ? Optional.of(some) : links.vrf(some);
    }

    /// Tells why the MTU is not this link's to have; false when it is. A port of Open vSwitch has its own, a DPU's p0 among them.
    boolean refuses(Mtu mtu, Change change, DiffBuilder draft) {
        var holder = holder().filter(one -> !one.kind().equals("openvswitch"));
        if (holder.isEmpty() || holder.filter(this::isNamed).isPresent() && !holder.get().givesMtu()) return false;
        if (holder.filter(one -> follows(one, mtu)).isPresent()) return true;
        draft.unmet(Finding.LINK_BELONGS,
            new Change(change.what(), change.expected(), change.found() + ", part of " + chain(links.holders(link))),
            next(links.holders(link)));
        return true;
    }

    private boolean isNamed(Links.Holder holder) {
        return named.containsKey(holder.name());
    }

    /// The same task gives it to the master, which hands it down.
    private boolean follows(Links.Holder holder, Mtu mtu) {
        boolean now = links.all().stream().anyMatch(one -> one.name().text().equals(holder.name()) && one.mtu() == mtu.bytes());
        return holder.givesMtu() && !now && isNamed(holder) && named.get(holder.name()).mtu().filter(mtu::equals).isPresent();
    }

    /// What stands on the link and would be lowered with it.
    String lowered(Mtu mtu) {
        var names = links.above(link).filter(upper -> upper.mtu() > mtu.bytes()).map(upper -> upper.name() + " (" + upper.mtu() + ")")
            .toList();
        return names.isEmpty() ? "" : ", lowers " + String.join(", ", names);
    }

    private static String chain(List<Links.Holder> holders) {
        return String.join(", part of ", holders.stream().map(Links.Holder::toString).toList());
    }

    private static String held(List<Links.Holder> holders) {
        var addresses = holders.stream().flatMap(holder -> holder.holds().stream()).filter(Link.Address::isPermanentGlobal)
            .map(address -> address.cidr().text()).toList();
        return addresses.isEmpty() ? "" : ", which has " + String.join(", ", addresses);
    }

    private String next(List<Links.Holder> holders) {
        String master = holders.getLast().name();
        if (holders.getLast().kind().equals("openvswitch"))
            return "ovs-vsctl iface-to-br " + link.name() + " tells its bridge: write that one in its place, or take the port out of it";
        return "write " + master + " in its place (`link: " + master + "` of a DPU's `via`, `on: " + master + "` of a port, `name: "
            + master
            + "` in a task), or take the link out: "
            + (link.master().isPresent() ? "ip link set dev " + link.name() + " nomaster" : "ip link delete dev " + master);
    }
}
