package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.boot.BootOwner;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.link.PortLinks;
import dev.bluerig.fact.link.Routes;
import dev.bluerig.fact.ovs.SwitchedPorts;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.source.Described;
import dev.bluerig.source.Items;
import dev.bluerig.task.boot.LinkFiles;
import dev.bluerig.task.boot.MasterAddresses;
import dev.bluerig.task.boot.MasterDefinition;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.link.InterfaceSpec;
import dev.bluerig.task.link.LinkOwnership;
import dev.bluerig.task.link.LinkState;
import dev.bluerig.task.link.MissingPort;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The links of a machine: addresses, MTU and admin state, now and, with `persist`, after a reboot.
@TaskName("interface")
@Described(value = "Links have these addresses, this MTU and this admin state; with `persist` also after a reboot.",
    example = "- {pci: \"0000:b1:00.0\", addresses: [192.0.2.1/30], only: true, mtu: 9000, up: true, persist: true}")
@Items
public record InterfaceTask(@Described("The links.") List<InterfaceSpec> items) implements Task<InterfaceTask.Sight> {
    /// All that is needed to judge: `persistence` is present when some link is to persist.
    public record Sight(Links links, PortLinks ports, TlsSockets sockets, Reading<Routes> routes, Optional<Persistence> persistence) {}

    /// What has ports or a lower link that only a profile of its own type could name.
    private static final Set<String> MADE = Set.of("bridge", "bond", "team", "vlan", "macvlan", "ipvlan", "vxlan", "openvswitch", "vrf");

    public InterfaceTask {
        items = List.copyOf(items);
        if (items.isEmpty()) throw new IllegalArgumentException("no link is named");
        if (items.stream().map(InterfaceSpec::ref).distinct().count() < items.size()) throw new IllegalArgumentException("a link is there twice");
    }

    @Override
    public Fact<Sight> wants() {
        var refs = items.stream().map(InterfaceSpec::ref).toList();
        boolean mtu = items.stream().anyMatch(item -> item.mtu().isPresent());
        boolean persist = items.stream().anyMatch(InterfaceSpec::persist);
        Fact<TlsSockets> sockets = mtu ? new TlsSockets.Seen() : new Fact.Nothing<>(new TlsSockets(List.of()));
        Fact<Optional<Persistence>> persistence = persist ? new Persistence.Seen().map(Optional::of) : new Fact.Nothing<>(Optional.empty());
        boolean addresses = items.stream().anyMatch(item -> item.only() || !item.addresses().isEmpty());
        Fact<Reading<Routes>> routes = addresses ? new Routes.Seen().maybe() : new Fact.Nothing<>(Reading.known(new Routes(List.of())));
        boolean placed = items.stream().anyMatch(item -> !item.addresses().isEmpty());
        Fact<SwitchedPorts> switched = placed ? new SwitchedPorts.Seen() : new Fact.Nothing<>(new SwitchedPorts(Set.of()));
        return new Links.Seen().with(switched, Links::with).with(LinkRef.ports(refs), Map::entry)
            .with(sockets.with(persistence, Map::entry), Map::entry)
            .with(routes, (seen, ways) -> new Sight(seen.getKey().getKey(), seen.getKey().getValue(), seen.getValue().getKey(), ways, seen.getValue().getValue()));
    }

    @Override
    public Set<Effect> brings() {
        return Set.of(Effect.LINKS);
    }

    @Override
    public Set<LinkRef> clears() {
        return items.stream().filter(InterfaceSpec::only).map(InterfaceSpec::ref).collect(Collectors.toSet());
    }

    @Override
    public Diff diff(Sight seen) {
        var draft = new DiffBuilder();
        var links = new LinkedHashMap<InterfaceSpec, Link>();
        items.forEach(item -> item.ref().in(seen.ports()).flatMap(seen.links()::named).ifPresent(link -> links.put(item, link)));
        var named = new HashMap<String, InterfaceSpec>();
        links.forEach((item, link) -> named.put(link.name().text(), item));
        for (InterfaceSpec item : items) {
            if (links.containsKey(item)) compare(new LinkOwnership(item, links.get(item), seen.links(), named), seen, draft);
            else if (item.pci().isPresent()) MissingPort.unmet(item.pci().get(), seen.ports(), "", draft);
            else draft.unmet(Finding.LINK_MISSING, new Change("link " + item.ref(), "present", "absent"), missing(item));
        }
        return draft.diff();
    }

    private static void compare(LinkOwnership place, Sight seen, DiffBuilder draft) {
        LinkState.of(place, seen.routes()).compare(seen.sockets(), draft);
        if (place.wanted().persist()) draft.atBoot(() -> persist(place, seen.persistence().orElseThrow(), draft));
    }

    /// What sets up a bridge or bond at boot sets up its ports, too, and must give it the addresses that they need; a port of Open vSwitch has an MTU of its own, and nothing else.
    private static void persist(LinkOwnership place, Persistence persistence, DiffBuilder draft) {
        InterfaceSpec item = place.wanted();
        var holder = place.holder();
        if (holder.isPresent() && !item.addresses().isEmpty()) new MasterAddresses(place, persistence).compare(draft);
        if (holder.isPresent() && !item.addresses().isEmpty()) item = item.withoutAddresses();
        boolean nothing = holder.isPresent() && item.mtu().isEmpty() && !place.wanted().addresses().isEmpty();
        if (nothing) return;
        if (holder.filter(one -> !one.kind().equals("openvswitch")).isPresent()) {
            item.mtu().ifPresent(mtu -> draft.unmet(Finding.LINK_BELONGS, new Change(place.link().name() + " at boot", "mtu " + mtu, "set up by what sets up " + holder.get()),
                "write the MTU where " + holder.get().name() + " is set up, and leave out `persist` for " + place.link().name()));
            return;
        }
        var kind = place.link().kind().filter(MADE::contains);
        if (kind.isPresent() && persistence.ownerOf(place.link()) instanceof BootOwner.NetworkManager manager && manager.connection().isEmpty()) {
            draft.unmet(Finding.PERSIST_NOWHERE, new Change(place.link().name() + " at boot (NetworkManager)", "a profile of type " + kind.get(), "none"),
                "nmcli connection add type " + kind.get() + " ifname " + place.link().name() + ": whoever made the " + kind.get() + " knows its ports");
            return;
        }
        var missing = new MasterDefinition(place.link(), place.links(), persistence).missing(persistence.ownerOf(place.link()), true);
        if (missing.isPresent()) {
            draft.unmet(Finding.PERSIST_NOWHERE, new Change(place.link().name() + " at boot (" + persistence.ownerOf(place.link()).words() + ")", "made", missing.get()),
                "have the " + kind.orElse("link") + " made by whoever sets it up, or leave out `persist`");
            return;
        }
        if (!place.link().name().isPlain()) draft.unmet(Finding.PERSIST_NAME, new Change(place.link().name() + " at boot", "written", "a name that files read otherwise"), "");
        else new LinkFiles(item, place.link(), persistence).compare(draft);
    }

    /// Where a link of this name comes from.
    private static String missing(InterfaceSpec item) {
        String name = item.name().map(Object::toString).orElse("");
        if (name.startsWith("tmfifo_net")) return "systemctl status rshim; ls /dev/rshim*: the link is made by the rshim driver of a DPU that this host owns";
        if (name.matches("p\\d+|pf\\d+hpf")) return "mlxconfig -e -d DEVICE q INTERNAL_CPU_OFFLOAD_ENGINE: in NIC mode a DPU has no p0 and pf0hpf; a single-port card has no p1";
        return "";
    }
}
