package dev.bluerig.fact.card;

import dev.bluerig.inventory.PciAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One card as seen from a machine: `pci` is the function it was asked at, `links` its ports on this machine.
///
/// - `mode`: who owns it now; absent = no tool tells.
/// - `waiting`: what the next reset changes; with `complete` false there may be more that no tool could show.
/// - `sources`: which command told `mode` and the `running` firmware.
/// - `silent`: sources that told nothing, for whoever must find out why.
public record CardState(PciAddress pci, CardFirmware firmware, Crypto crypto, Optional<CardMode> mode, Map<String, LinkType> links,
                   List<String> waiting, boolean complete, Map<String, String> sources, List<String> silent) {
    public CardState {
        links = Collections.unmodifiableMap(new TreeMap<>(links));
        waiting = List.copyOf(waiting);
        sources = Collections.unmodifiableMap(new TreeMap<>(sources));
        silent = List.copyOf(silent);
    }

    /// mlxconfig cannot tell even which settings there are.
    public boolean stuck() {
        return silent.stream().anyMatch(text -> text.contains("NV access registers"));
    }

    /// The same with a source of crypto that goes before all that the card itself says.
    public CardState knowing(List<Crypto.Evidence> stronger) {
        return new CardState(pci, firmware, crypto.after(stronger), mode, links, waiting, complete, sources, silent);
    }

    /// False when the machine has no such card at all.
    public boolean present() {
        return !links.isEmpty() || !firmware.equals(CardFirmware.NOTHING) || mode.isPresent();
    }

    /// Reads what the sources of one card answered.
    static CardState of(CardQuestions.Answered answered) {
        var settings = answered.settings();
        var firmware = answered.firmware();
        var waiting = new ArrayList<String>();
        if (firmware.waits())
            waiting.add("firmware: " + firmware.running().orElseThrow() + " now, " + firmware.next().orElseThrow()
                + " after the next reset");
        waiting.addAll(settings.waiting());
        boolean complete = settings.complete() && firmware.next().isPresent();
        return new CardState(answered.pci(), firmware, Crypto.of(answered.crypto()), answered.mode(), answered.links(), waiting, complete,
            answered.sources(), answered.silent());
    }
}
