package dev.bluerig.trial.run;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.BfImage;
import dev.bluerig.fact.card.CardState;
import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.card.NicCounters;
import dev.bluerig.fact.card.PcieErrors;
import dev.bluerig.fact.card.PcieLink;
import dev.bluerig.fact.card.Temperature;
import dev.bluerig.fact.link.NearCpus;
import dev.bluerig.fact.link.PortSpeed;
import dev.bluerig.fact.link.UplinkCounters;
import dev.bluerig.fact.system.KernelLog;
import dev.bluerig.fact.system.KernelRelease;
import dev.bluerig.fact.system.OsRelease;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Version;
import dev.bluerig.source.VisibleText;
import dev.bluerig.trial.evidence.LinkErrors;
import dev.bluerig.trial.spec.CablePath;
import dev.bluerig.trial.spec.PairTrial;
import dev.bluerig.trial.spec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The sheets of a pair's machines from two inspections; `peak`: the highest temperature that a round saw, by machine.
record HardwareSheets(PairTrial trial, List<CablePath> lanes, HardwareInspection start, HardwareInspection end, Map<String, Integer> peak) {
    private static final int MOST_LINES = 20;

    List<HardwareSheet> all() {
        var sheets = new ArrayList<HardwareSheet>();
        for (Role role : Role.values()) sheets.add(host(role));
        trial.dpus().forEach(dpu -> sheets.add(dpu(dpu)));
        return sheets;
    }

    private HardwareSheet host(Role role) {
        Machine machine = trial.of(role);
        var page = new Page(machine.name());
        page.lasting("versions", "kernel", new KernelRelease.Seen(), KernelRelease::release);
        page.lasting("versions", "system", new OsRelease.Seen(), OsRelease::name);
        page.cards(HardwareInspection.cards(machine));
        for (CablePath lane : lanes) {
            String port = lane.link(role) + " (" + lane.cable().of(role).pci() + ")";
            var pci = lane.cable().of(role).pci();
            page.both("PCIe", port + " link", new PcieLink.Seen(pci), link -> link.speed() + " x" + link.width(), link -> "at most " + link.maxSpeed() + " x" + link.maxWidth() + (link.degraded() ? ": DEGRADED" : ""));
            page.both("PCIe", port + " errors", new PcieErrors.Seen(pci), errors -> errors.correctable() + " correctable, " + errors.nonFatal() + " non-fatal, " + errors.fatal() + " fatal", none());
            page.lasting("PCIe", port + " cores near it", new NearCpus.Seen(pci), NearCpus::list, wantsNear() ? "; the programs might use every core" : "");
            page.both("cable", port + " speed", new PortSpeed.Seen(lane.link(role)), speed -> speed.bits() / 1_000_000_000 + " Gbit/s", none());
            page.both("cable", port + " errors", new NicCounters.Seen(lane.link(role)), counters -> errors(counters.values()), counters -> missing(counters.values()));
            page.both("temperature", port, new Temperature.Seen(pci), warmth -> warmth.celsius() + " °C",
                warmth -> Optional.ofNullable(peak.get(machine.name())).map(most -> "highest seen " + most + " °C").orElse(""));
        }
        page.log();
        return page.sheet();
    }

    private boolean wantsNear() {
        return trial.loads().stream().anyMatch(load -> load.cpus().nearNic());
    }

    private HardwareSheet dpu(Machine machine) {
        var page = new Page(machine.name());
        page.lasting("versions", "kernel", new KernelRelease.Seen(), KernelRelease::release);
        page.lasting("versions", "image", new BfImage.Seen(), BfImage::text);
        for (CablePath lane : lanes) for (CablePath.Way way : lane.ways())
            if (way.dpu().equals(machine)) page.both("cable", way.uplink() + " errors", new UplinkCounters.Seen(way.uplink()), counters -> errors(counters.driver()), counters -> missing(counters.driver()));
        page.log();
        return page.sheet();
    }

    private static <T> Function<T, String> none() {
        return any -> "";
    }

    private static String errors(Map<String, Long> counters) {
        return String.join(", ", LinkErrors.NAMES.stream().filter(counters::containsKey).map(name -> name + " " + counters.get(name)).toList());
    }

    private static String missing(Map<String, Long> counters) {
        return LinkErrors.NAMES.stream().anyMatch(counters::containsKey) ? "" : "could not be read: ethtool -S has none of " + String.join(", ", LinkErrors.NAMES);
    }

    /// The rows of one machine.
    private final class Page {
        private final String machine;
        private final List<HardwareSheet.Row> rows = new ArrayList<>();

        Page(String machine) {
            this.machine = machine;
        }

        HardwareSheet sheet() {
            return new HardwareSheet(machine, rows.stream().distinct().toList());
        }

        <T> void lasting(String group, String what, Fact<T> fact, Function<T, String> text) {
            lasting(group, what, fact, text, "");
        }

        /// `consequence`: of not knowing it.
        <T> void lasting(String group, String what, Fact<T> fact, Function<T, String> text, String consequence) {
            var seen = start.get(machine, fact);
            String value = shown(seen, text);
            rows.add(new HardwareSheet.Row(group, what, value, value, why(seen).isEmpty() ? "" : why(seen) + consequence));
        }

        <T> void both(String group, String what, Fact<T> fact, Function<T, String> text, Function<T, String> note) {
            var first = start.get(machine, fact);
            var last = end.get(machine, fact);
            rows.add(new HardwareSheet.Row(group, what, shown(first, text), shown(last, text), why(last).isEmpty() ? shown(last, note) : why(last)));
        }

        private static <T> String shown(Reading<T> reading, Function<T, String> text) {
            return reading instanceof Reading.Known<T>(T value) ? text.apply(value) : "";
        }

        private static <T> String why(Reading<T> reading) {
            return reading instanceof Reading.Unknown<T>(String why) ? "could not be read: " + why : "";
        }

        void cards(Cards.Seen question) {
            switch (start.get(machine, question)) {
                case Reading.Known<Cards>(Cards cards) -> cards.cards().forEach(this::card);
                case Reading.Unknown<Cards>(String why) -> row("card", "could not be read: " + why);
                case Reading.Ask<Cards> ask -> throw new IllegalStateException("not asked");
            }
        }

        private void card(CardState card) {
            String name = card.pci().slot() + " ";
            var firmware = card.firmware();
            value("card", name + "serial", firmware.serial());
            value("card", name + "PSID", firmware.psid());
            value("card", name + "part number", firmware.partNumber());
            value("card", name + "firmware running", firmware.running().map(Version::toString));
            value("card", name + "firmware next", firmware.next().map(Version::toString));
            value("card", name + "mode", card.mode().map(VisibleText::words));
        }

        private void value(String group, String what, Optional<String> value) {
            rows.add(new HardwareSheet.Row(group, what, value.orElse(""), value.orElse(""), value.isPresent() ? "" : "no tool tells"));
        }

        private void row(String group, String note) {
            rows.add(new HardwareSheet.Row(group, group, "", "", note));
        }

        /// Warnings and worse that came during the trial, by their time stamps.
        void log() {
            var first = start.get(machine, new KernelLog.Seen());
            var last = end.get(machine, new KernelLog.Seen());
            if (!(first instanceof Reading.Known<KernelLog>(KernelLog before)) || !(last instanceof Reading.Known<KernelLog>(KernelLog after))) {
                row("kernel log", why(first).isEmpty() ? why(last) : why(first));
                return;
            }
            var lines = KernelLogDelta.between(before.lines(), after.lines());
            if (lines.isEmpty()) row("kernel log", "no warning during the trial");
            lines.stream().limit(MOST_LINES).forEach(line -> row("kernel log", line));
            if (lines.size() > MOST_LINES) row("kernel log", lines.size() - MOST_LINES + " more lines: dmesg");
        }
    }
}
