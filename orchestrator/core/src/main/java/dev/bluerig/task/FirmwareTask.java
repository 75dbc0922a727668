package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.CardState;
import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.card.Crypto;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.fact.link.PortLinks;
import dev.bluerig.fact.tls.OffloadFlags;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.diff.RequirementBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A `firmware` requirement at the cards of one machine.
record FirmwareTask(FirmwareSpec wanted, Machine.Kind side, List<PciAddress> at) implements Task<List<CardState>> {
    FirmwareTask {
        at = List.copyOf(at);
    }

    @Override
    public Fact<List<CardState>> wants() {
        return side == Machine.Kind.HOST && wanted.crypto().isPresent()
            ? new Cards.Seen(side, at).with(flags(), FirmwareTask::knowing) : new Cards.Seen(side, at).map(Cards::cards);
    }

    @Override
    public Set<Effect> brings() {
        return Set.of();
    }

    @Override
    public Diff diff(List<CardState> seen) {
        var judgement = new RequirementBuilder();
        if (seen.isEmpty())
            judgement.wrong(Finding.CARD_MISSING, new Change("card", "an NVIDIA network card", "none (lspci -Dnn -d 15b3:)"), "");
        for (CardState card : seen) new CardCheck(wanted, card, judgement).all();
        return judgement.diff();
    }

    /// The flags of the host go before everything that the card says of itself; on a DPU they are `[fixed]` and say nothing.
    private Fact<Map<PciAddress, Crypto.Evidence>> flags() {
        if (at.isEmpty()) return new Fact.Nothing<>(Map.of());
        var refs = at.stream().map(pci -> (LinkRef) new LinkRef.ByAddress(pci)).toList();
        return new OffloadFlags.Seen(refs).maybe().with(new PortLinks.Seen().maybe(), this::evidence);
    }

    private Map<PciAddress, Crypto.Evidence> evidence(Reading<OffloadFlags> flags, Reading<PortLinks> ports) {
        if (!(flags instanceof Reading.Known<OffloadFlags>(OffloadFlags seen))
            || !(ports instanceof Reading.Known<PortLinks>(PortLinks links))) return Map.of();
        var evidence = new LinkedHashMap<PciAddress, Crypto.Evidence>();
        for (PciAddress pci : at)
            links.netdev(pci).ifPresent(link -> seen.of(link).ifPresent(tls -> evidence.put(pci, new Crypto.Evidence(
                pci + " ethtool -k " + link, able(tls.transmit()) ? Crypto.State.ENABLED : Crypto.State.UNKNOWN,
                "tls-hw-tx-offload: " + tls.transmit().words(), true))));
        return evidence;
    }

    /// `[fixed]` may also mean a kernel without the option, so it proves nothing.
    static boolean able(TlsFlags.Flag flag) {
        return switch (flag) {
            case ON, OFF, OFF_REFUSED, ON_REFUSED -> true;
            case ON_FIXED, OFF_FIXED, ABSENT -> false;
        };
    }

    private static List<CardState> knowing(Cards cards, Map<PciAddress, Crypto.Evidence> flags) {
        return cards.cards().stream().map(card -> card.knowing(
            flags.entrySet().stream().filter(flag -> flag.getKey().slot().equals(card.pci().slot())).map(Map.Entry::getValue).toList()))
            .toList();
    }
}
