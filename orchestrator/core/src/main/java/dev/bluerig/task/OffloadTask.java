package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.link.PortLinks;
import dev.bluerig.fact.tls.OffloadFlags;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.source.Described;
import dev.bluerig.source.Items;
import dev.bluerig.task.boot.BootSettings;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.link.FlagState;
import dev.bluerig.task.link.MissingPort;
import dev.bluerig.task.link.OffloadSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// TLS offload flags of links on a host, now and, with `persist`, after a reboot. New connections follow a flag, open ones do not.
@TaskName("offload")
@Described(value = "TLS offload flags are as wanted; with `persist` also after a reboot. RX is off by default.",
    example = "- {pci: \"0000:b1:00.0\", tls_tx: true, tls_rx: true, persist: true}")
@Items
public record OffloadTask(@Described("The links.") List<OffloadSpec> items) implements Task<OffloadTask.Facts> {
    /// All that is needed to judge: `persistence` is present when some flag is to persist.
    public record Facts(Links links, PortLinks ports, OffloadFlags flags, TlsSockets sockets, Optional<Persistence> persistence) {}

    public OffloadTask {
        items = List.copyOf(items);
        if (items.isEmpty()) throw new IllegalArgumentException("no link is named");
        if (items.stream().map(OffloadSpec::ref).distinct().count() < items.size())
            throw new IllegalArgumentException("a link is there twice");
    }

    @Override
    public Fact<Facts> wants() {
        var refs = items.stream().map(OffloadSpec::ref).toList();
        boolean persist = items.stream().anyMatch(OffloadSpec::persist);
        Fact<Optional<Persistence>> persistence = persist ? Persistence.seen().map(Optional::of) : new Fact.Nothing<>(Optional.empty());
        return new Links.Seen().with(LinkRef.ports(refs), new OffloadFlags.Seen(refs), new TlsSockets.Seen(), persistence, Facts::new);
    }

    @Override
    public Set<Effect> brings() {
        return Set.of(Effect.FLAGS);
    }

    @Override
    public Diff diff(Facts seen) {
        var draft = new DiffBuilder();
        for (OffloadSpec item : items) {
            Optional<Link> link = item.ref().in(seen.ports()).flatMap(seen.links()::named);
            if (link.isPresent()) compare(item, link.get(), seen, draft);
            else if (item.pci().isPresent()) MissingPort.unmet(item.pci().get(), seen.ports(), "", draft);
            else draft.unmet(Finding.LINK_MISSING, new Change("link " + item.ref(), "present", "absent"), "");
        }
        return draft.diff();
    }

    private static void compare(OffloadSpec item, Link link, Facts seen, DiffBuilder draft) {
        seen.flags().of(link.name()).ifPresentOrElse(flags -> new FlagState(item, link, flags).compare(seen.sockets(), draft),
            () -> draft.unmet(Finding.LINK_MISSING, new Change("link " + item.ref(), "present", "gone while it was looked at"), ""));
        if (item.persist())
            draft.atBoot(() -> BootSettings.of(item, link).compare(seen.persistence().orElseThrow(), draft));
    }
}
