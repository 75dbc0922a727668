package dev.bluerig.fact.card;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.OptionalInt;

/// The hottest sensor of a card that its driver shows to the kernel, in degrees Celsius.
public record Temperature(int celsius) {
    private static final int MILLI = 1000;

    public record Seen(PciAddress pci) implements Fact.Question<Temperature> {
        /// `temp*_input` is in thousandths of a degree (Documentation/hwmon/sysfs-interface.rst); a driver without hwmon has no such
        /// directory: unknown.
        @Override
        public Inquiry<Temperature> read() {
            var command = Command.of("find", "/sys/bus/pci/devices/" + pci + "/hwmon", "-maxdepth", "2", "-name", "temp*_input", "-exec",
                "cat", "{}", "+");
            return Inquiry.ask(command, this::parse);
        }

        private Reading<Temperature> parse(Reply reply) {
            OptionalInt hottest = ToolReplies.printed(reply).lines().map(String::strip).filter(line -> line.matches("-?\\d{1,7}"))
                .mapToInt(Integer::parseInt).max();
            return hottest.isPresent() ? Reading.known(new Temperature(Math.floorDiv(hottest.getAsInt(), MILLI)))
                : Reading.unknown("the driver of " + pci + " shows no temperature in sysfs (hwmon)");
        }
    }
}
