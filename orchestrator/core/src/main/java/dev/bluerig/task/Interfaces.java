package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Link;
import dev.bluerig.fact.LinkRef;
import dev.bluerig.fact.Links;
import dev.bluerig.fact.Persistence;
import dev.bluerig.fact.Ports;
import dev.bluerig.fact.TlsSockets;
import dev.bluerig.source.Described;
import dev.bluerig.source.Items;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The links of a machine: addresses, MTU and admin state, now and, with `persist`, after a reboot.
@Named("interface")
@Described(value = "Links have these addresses, this MTU and this admin state; with `persist` also after a reboot.",
    example = "- {pci: \"0000:b1:00.0\", addresses: [192.0.2.1/30], only: true, mtu: 9000, up: true, persist: true}")
@Items
public record Interfaces(@Described("The links.") List<Interface> items) implements Task<Interfaces.Sight> {
    /// All that is needed to judge: `persistence` is present when some link is to persist.
    public record Sight(Links links, Ports ports, TlsSockets sockets, Optional<Persistence> persistence) {}

    public Interfaces {
        items = List.copyOf(items);
        if (items.isEmpty()) throw new IllegalArgumentException("no link is named");
        if (items.stream().map(Interface::ref).distinct().count() < items.size()) throw new IllegalArgumentException("a link is there twice");
    }

    @Override
    public Fact<Sight> wants() {
        var refs = items.stream().map(Interface::ref).toList();
        boolean mtu = items.stream().anyMatch(item -> item.mtu().isPresent());
        boolean persist = items.stream().anyMatch(Interface::persist);
        Fact<TlsSockets> sockets = mtu ? new TlsSockets.Seen() : new Fact.Nothing<>(new TlsSockets(List.of()));
        Fact<Optional<Persistence>> persistence = persist ? new Persistence.Seen().map(Optional::of) : new Fact.Nothing<>(Optional.empty());
        return new Links.Seen().with(LinkRef.ports(refs), Map::entry)
            .with(sockets.with(persistence, Map::entry), (links, rest) -> new Sight(links.getKey(), links.getValue(), rest.getKey(), rest.getValue()));
    }

    @Override
    public Set<Effect> brings() {
        return Set.of(Effect.LINKS);
    }

    @Override
    public Diff diff(Sight seen) {
        var draft = new Draft();
        for (Interface item : items) {
            var link = item.ref().in(seen.ports()).flatMap(seen.links()::named);
            if (link.isPresent()) compare(item, link.get(), seen, draft);
            else draft.unmet(item.pci().isPresent() ? Finding.PORT_WITHOUT_NETDEV : Finding.LINK_MISSING, new Change("link " + item.ref(), "present", "absent"), missing(item));
        }
        return draft.diff();
    }

    private static void compare(Interface item, Link link, Sight seen, Draft draft) {
        new LinkState(item, link).compare(seen.sockets(), draft);
        if (item.persist()) new LinkFiles(item, link, seen.persistence().orElseThrow()).compare(draft);
    }

    /// Where a link of this name comes from.
    private static String missing(Interface item) {
        String name = item.name().map(Object::toString).orElse("");
        if (name.startsWith("tmfifo_net")) return "systemctl status rshim; ls /dev/rshim*: the link is made by the rshim driver of a DPU that this host owns";
        if (name.matches("p\\d+|pf\\d+hpf")) return "mlxconfig -e -d DEVICE q INTERNAL_CPU_OFFLOAD_ENGINE: in NIC mode a DPU has no p0 and pf0hpf; a single-port card has no p1";
        return "";
    }
}
