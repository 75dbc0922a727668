package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
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
import dev.bluerig.task.boot.InterfaceAtBoot;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The links of a machine: addresses, MTU and admin state, now and, with `persist`, after a reboot.
@TaskName("interface")
@Described(value = "Links have these addresses, this MTU and this admin state; with `persist` also after a reboot.",
    example = "- {pci: \"0000:b1:00.0\", addresses: [192.0.2.1/30], only: true, mtu: 9000, up: true, persist: true}")
@Items
public record InterfaceTask(@Described("The links.") List<InterfaceSpec> items) implements Task<InterfaceTask.Facts> {
    /// All that is needed to judge: `persistence` is present when some link is to persist.
    public record Facts(Links links, PortLinks ports, TlsSockets sockets, Reading<Routes> routes, Optional<Persistence> persistence) {}

    public InterfaceTask {
        items = List.copyOf(items);
        if (items.isEmpty()) throw new IllegalArgumentException("no link is named");
        if (items.stream().map(InterfaceSpec::ref).distinct().count() < items.size())
            throw new IllegalArgumentException("a link is there twice");
    }

    @Override
    public Fact<Facts> wants() {
        var refs = items.stream().map(InterfaceSpec::ref).toList();
        boolean mtu = items.stream().anyMatch(item -> item.mtu().isPresent());
        boolean persist = items.stream().anyMatch(InterfaceSpec::persist);
        Fact<TlsSockets> sockets = mtu ? new TlsSockets.Seen() : new Fact.Nothing<>(new TlsSockets(List.of()));
        Fact<Optional<Persistence>> persistence = persist ? Persistence.seen().map(Optional::of) : new Fact.Nothing<>(Optional.empty());
        boolean addresses = items.stream().anyMatch(item -> item.only() || !item.addresses().isEmpty());
        Fact<Reading<Routes>> routes = addresses ? new Routes.Seen().maybe() : new Fact.Nothing<>(Reading.known(new Routes(List.of())));
        boolean placed = items.stream().anyMatch(item -> !item.addresses().isEmpty());
        Fact<SwitchedPorts> switched = placed ? new SwitchedPorts.Seen() : new Fact.Nothing<>(new SwitchedPorts(Set.of()));
        return new Links.Seen().with(switched, Links::with).with(LinkRef.ports(refs), sockets, routes, persistence, Facts::new);
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
    public Diff diff(Facts seen) {
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

    private static void compare(LinkOwnership place, Facts seen, DiffBuilder draft) {
        LinkState.of(place, seen.routes()).compare(seen.sockets(), draft);
        if (place.wanted().persist())
            draft.atBoot(() -> new InterfaceAtBoot(place, seen.persistence().orElseThrow()).compare(draft));
    }

    /// Where a link of this name comes from.
    private static String missing(InterfaceSpec item) {
        String name = item.name().map(Object::toString).orElse("");
        if (name.startsWith("tmfifo_net"))
            return "systemctl status rshim; ls /dev/rshim*: the link is made by the rshim driver of a DPU that this host owns";
        if (name.matches("p\\d+|pf\\d+hpf"))
            return "mlxconfig -e -d DEVICE q INTERNAL_CPU_OFFLOAD_ENGINE: in NIC mode a DPU has no p0 and pf0hpf; a single-port card"
                + " has no p1";
        return "";
    }
}
