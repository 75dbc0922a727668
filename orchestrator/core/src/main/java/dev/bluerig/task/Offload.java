package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Link;
import dev.bluerig.fact.LinkRef;
import dev.bluerig.fact.Links;
import dev.bluerig.fact.OffloadFlags;
import dev.bluerig.fact.Persistence;
import dev.bluerig.fact.Ports;
import dev.bluerig.fact.TlsSockets;
import dev.bluerig.source.Described;
import dev.bluerig.source.Items;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// TLS offload flags of links on a host, now and, with `persist`, after a reboot. New connections follow a flag, open ones do not.
@Named("offload")
@Described(value = "TLS offload flags are as wanted; with `persist` also after a reboot. RX is off by default.",
    example = "- {pci: \"0000:b1:00.0\", tls_tx: true, tls_rx: true, persist: true}")
@Items
public record Offload(@Described("The links.") List<OffloadItem> items) implements Task<Offload.Sight> {
    /// All that is needed to judge: `persistence` is present when some flag is to persist.
    public record Sight(Links links, Ports ports, OffloadFlags flags, TlsSockets sockets, Optional<Persistence> persistence) {}

    public Offload {
        items = List.copyOf(items);
        if (items.isEmpty()) throw new IllegalArgumentException("no link is named");
        if (items.stream().map(OffloadItem::ref).distinct().count() < items.size()) throw new IllegalArgumentException("a link is there twice");
    }

    @Override
    public Fact<Sight> wants() {
        var refs = items.stream().map(OffloadItem::ref).toList();
        boolean persist = items.stream().anyMatch(OffloadItem::persist);
        Fact<Optional<Persistence>> persistence = persist ? new Persistence.Seen().map(Optional::of) : new Fact.Nothing<>(Optional.empty());
        return new Links.Seen().with(LinkRef.ports(refs), Map::entry)
            .with(new OffloadFlags.Seen(refs).with(new TlsSockets.Seen(), Map::entry), Map::entry)
            .with(persistence, (seen, written) -> new Sight(seen.getKey().getKey(), seen.getKey().getValue(), seen.getValue().getKey(), seen.getValue().getValue(), written));
    }

    @Override
    public Set<Effect> brings() {
        return Set.of(Effect.FLAGS);
    }

    @Override
    public Diff diff(Sight seen) {
        var draft = new Draft();
        for (OffloadItem item : items) {
            Optional<Link> link = item.ref().in(seen.ports()).flatMap(seen.links()::named);
            if (link.isPresent()) compare(item, link.get(), seen, draft);
            else if (item.pci().isPresent()) MissingPort.unmet(item.pci().get(), seen.ports(), "", draft);
            else draft.unmet(Finding.LINK_MISSING, new Change("link " + item.ref(), "present", "absent"), "");
        }
        return draft.diff();
    }

    private static void compare(OffloadItem item, Link link, Sight seen, Draft draft) {
        seen.flags().of(link.name()).ifPresentOrElse(flags -> new FlagState(item, link, flags).compare(seen.sockets(), draft),
            () -> draft.unmet(Finding.LINK_MISSING, new Change("link " + item.ref(), "present", "gone while it was looked at"), ""));
        if (item.persist() && !link.name().isPlain()) draft.unmet(Finding.PERSIST_NAME, new Change(link.name() + " at boot", "written", "a name that files read otherwise"), "");
        else if (item.persist()) new FlagFiles(item, link, seen.persistence().orElseThrow()).compare(draft);
    }
}
