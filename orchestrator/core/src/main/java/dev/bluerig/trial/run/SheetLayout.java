package dev.bluerig.trial.run;

import dev.bluerig.fact.card.BfImage;
import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.card.NicCounters;
import dev.bluerig.fact.card.PcieErrors;
import dev.bluerig.fact.card.PcieLink;
import dev.bluerig.fact.card.Temperature;
import dev.bluerig.fact.link.NearCpus;
import dev.bluerig.fact.link.PortSpeed;
import dev.bluerig.fact.link.UplinkCounters;
import dev.bluerig.fact.system.KernelRelease;
import dev.bluerig.fact.system.OsRelease;
import dev.bluerig.inventory.Machine;
import dev.bluerig.protocol.Role;
import dev.bluerig.trial.evidence.LinkErrors;
import dev.bluerig.trial.spec.CablePath;
import dev.bluerig.trial.spec.PairTrial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What the sheets of a pair's machines hold, named once: an inspection asks it, a sheet tells it.
/// `peak`: the highest temperature that a round saw, by machine.
record SheetLayout(PairTrial trial, List<CablePath> paths, Map<String, Integer> peak) {
    void host(Role role, SheetRows rows) {
        Machine machine = trial.of(role);
        rows.lasting("versions", "kernel", new KernelRelease.Seen(), KernelRelease::release, "");
        rows.lasting("versions", "system", new OsRelease.Seen(), OsRelease::name, "");
        rows.cards(new Cards.Seen(machine.kind(), machine.ports().stream().map(Machine.Port::pci).toList()));
        for (CablePath path : paths) {
            String port = path.link(role) + " (" + path.cable().of(role).pci() + ")";
            var pci = path.cable().of(role).pci();
            rows.both("PCIe", port + " link", new PcieLink.Seen(pci), link -> link.speed() + " x" + link.width(),
                link -> "at most " + link.maxSpeed() + " x" + link.maxWidth() + (link.degraded() ? ": DEGRADED" : ""));
            rows.both("PCIe", port + " errors", new PcieErrors.Seen(pci),
                errors -> errors.correctable() + " correctable, " + errors.nonFatal() + " non-fatal, " + errors.fatal() + " fatal", none());
            rows.lasting("PCIe", port + " cores near it", new NearCpus.Seen(pci), NearCpus::list,
                wantsNear() ? "; the agents might use every core" : "");
            rows.both("cable", port + " speed", new PortSpeed.Seen(path.link(role)), speed -> speed.bits() / 1_000_000_000 + " Gbit/s",
                none());
            rows.both("cable", port + " errors", new NicCounters.Seen(path.link(role)),
                counters -> errors(counters.values()), counters -> missing(counters.values()));
            rows.both("temperature", port, new Temperature.Seen(pci), temperature -> temperature.celsius() + " °C",
                temperature -> Optional.ofNullable(peak.get(machine.name())).map(most -> "highest seen " + most + " °C").orElse(""));
        }
        rows.log();
    }

    private boolean wantsNear() {
        return trial.loads().stream().anyMatch(load -> load.cpus().nearNic());
    }

    void dpu(Machine machine, SheetRows rows) {
        rows.lasting("versions", "kernel", new KernelRelease.Seen(), KernelRelease::release, "");
        rows.lasting("versions", "image", new BfImage.Seen(), BfImage::text, "");
        for (CablePath path : paths) for (CablePath.DpuHop way : path.ways())
            if (way.dpu().equals(machine)) rows.both("cable", way.uplink() + " errors", new UplinkCounters.Seen(way.uplink()),
                counters -> errors(counters.driver()), counters -> missing(counters.driver()));
        rows.log();
    }

    private static <T> Function<T, String> none() {
        return any -> "";
    }

    private static String errors(Map<String, Long> counters) {
        return String.join(", ", LinkErrors.NAMES.stream().filter(counters::containsKey).map(name -> name + " " + counters.get(name))
            .toList());
    }

    private static String missing(Map<String, Long> counters) {
        return LinkErrors.NAMES.stream().anyMatch(counters::containsKey) ? ""
            : "could not be read: ethtool -S has none of " + String.join(", ", LinkErrors.NAMES);
    }
}
