package dev.bluerig.fact.card;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Numerals;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What PCIe's Advanced Error Reporting has counted for a port since boot (Documentation/ABI/testing/sysfs-bus-pci-devices-aer_stats).
public record PcieErrors(long correctable, long nonFatal, long fatal) {
    private static final Pattern TOTAL = Pattern.compile(".*/aer_dev_(correctable|nonfatal|fatal):TOTAL_ERR_\\w+ (\\d+)");

    public record Seen(PciAddress pci) implements Fact.Question<PcieErrors> {
        private static final List<String> FILES = List.of("aer_dev_correctable", "aer_dev_nonfatal", "aer_dev_fatal");

        /// A machine without AER (a virtual one, or firmware that keeps it) has no such files: unknown.
        @Override
        public Inquiry<PcieErrors> read() {
            var words = new ArrayList<>(List.of("grep", "-s", "-H", "^TOTAL"));
            FILES.forEach(file -> words.add("/sys/bus/pci/devices/" + pci + "/" + file));
            return Inquiry.ask(Command.of(words), this::parse);
        }

        private Reading<PcieErrors> parse(Reply reply) {
            String text = ToolReplies.printed(reply);
            var correctable = total(text, "correctable");
            var nonFatal = total(text, "nonfatal");
            var fatal = total(text, "fatal");
            if (correctable.isEmpty() || nonFatal.isEmpty() || fatal.isEmpty()) return Reading.unknown(pci + " has no aer_dev_* in sysfs");
            return Reading.known(new PcieErrors(correctable.getAsLong(), nonFatal.getAsLong(), fatal.getAsLong()));
        }

        private static OptionalLong total(String text, String kind) {
            return text.lines().map(TOTAL::matcher).filter(Matcher::matches).filter(line -> line.group(1).equals(kind))
                .map(line -> Numerals.count(line.group(2))).findFirst().orElse(OptionalLong.empty());
        }
    }
}
