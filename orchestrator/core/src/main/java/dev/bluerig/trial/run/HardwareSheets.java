package dev.bluerig.trial.run;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.CardState;
import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.system.KernelLog;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Version;
import dev.bluerig.protocol.Role;
import dev.bluerig.source.VisibleText;
import dev.bluerig.trial.spec.CablePath;
import dev.bluerig.trial.spec.PairTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// The sheets of a pair's machines from two inspections; `peak`: the highest temperature that a round saw, by machine.
record HardwareSheets(PairTrial trial, List<CablePath> paths, HardwareInspection start, HardwareInspection end, Map<String, Integer> peak) {
    private static final int MOST_LINES = 20;

    List<HardwareSheet> all() {
        var sheets = new ArrayList<HardwareSheet>();
        var layout = new SheetLayout(trial, paths, peak);
        for (Role role : Role.values()) sheets.add(sheet(trial.of(role), rows -> layout.host(role, rows)));
        trial.dpus().forEach(dpu -> sheets.add(sheet(dpu, rows -> layout.dpu(dpu, rows))));
        return sheets;
    }

    private HardwareSheet sheet(Machine machine, Consumer<SheetRows> layout) {
        var rows = new MachineRows(machine.name());
        layout.accept(rows);
        return rows.sheet();
    }

    /// The rows of one machine.
    private final class MachineRows implements SheetRows {
        private final String machine;
        private final List<HardwareSheet.Row> rows = new ArrayList<>();

        MachineRows(String machine) {
            this.machine = machine;
        }

        HardwareSheet sheet() {
            return new HardwareSheet(machine, rows.stream().distinct().toList());
        }

        @Override
        public <T> void lasting(String group, String what, Fact<T> fact, Function<T, String> text, String consequence) {
            var seen = start.get(machine, fact);
            String value = shown(seen, text);
            rows.add(new HardwareSheet.Row(group, what, value, value, why(seen).isEmpty() ? "" : why(seen) + consequence));
        }

        @Override
        public <T> void both(String group, String what, Fact<T> fact, Function<T, String> text, Function<T, String> note) {
            var first = start.get(machine, fact);
            var last = end.get(machine, fact);
            rows.add(new HardwareSheet.Row(group, what, shown(first, text), shown(last, text), why(last).isEmpty() ? shown(last, note)
                : why(last)));
        }

        private static <T> String shown(Reading<T> reading, Function<T, String> text) {
            return reading instanceof Reading.Known<T>(T value) ? text.apply(value) : "";
        }

        private static <T> String why(Reading<T> reading) {
            return reading instanceof Reading.Unknown<T>(String why) ? "could not be read: " + why : "";
        }

        @Override
        public void cards(Cards.Seen question) {
            switch (start.get(machine, question)) {
                case Reading.Known<Cards>(Cards cards) -> cards.cards().forEach(this::card);
                case Reading.Unknown<Cards>(String why) -> row("card", "could not be read: " + why);
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

        /// By their time stamps.
        @Override
        public void log() {
            var first = start.get(machine, new KernelLog.Seen());
            var last = end.get(machine, new KernelLog.Seen());
            if (!(first instanceof Reading.Known<KernelLog>(KernelLog before))
                || !(last instanceof Reading.Known<KernelLog>(KernelLog after))) {
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
