package dev.bluerig.fact.card;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The PCIe link below a port as it runs and as it could (Documentation/ABI/testing/sysfs-bus-pci).
///
/// - `speed`, `maxSpeed`: as sysfs writes them, `16.0 GT/s PCIe`. `width`, `maxWidth`: lanes.
/// - `numa`: the NUMA node that the port is near to, -1 when the machine does not tell.
public record PcieLink(String speed, String maxSpeed, int width, int maxWidth, int numa) {
    /// Slower or narrower than both ends can.
    public boolean degraded() {
        return !speed.equals(maxSpeed) || width < maxWidth;
    }

    public record Seen(PciAddress pci) implements Fact.Question<PcieLink> {
        private static final List<String> FILES =
            List.of("current_link_speed", "max_link_speed", "current_link_width", "max_link_width", "numa_node");

        @Override
        public Inquiry<PcieLink> read() {
            var words = new ArrayList<>(List.of("grep", "-s", "-H", "."));
            FILES.forEach(file -> words.add(path(file)));
            return Inquiry.ask(Command.of(words), this::parse);
        }

        /// grep exits 2 when one of the files is missing, and still prints the others.
        private Reading<PcieLink> parse(Reply reply) {
            Map<String, String> values = new HashMap<>();
            for (String file : FILES)
                ToolReplies.printed(reply).lines().filter(line -> line.startsWith(path(file) + ":")).findFirst()
                    .ifPresent(line -> values.put(file, line.substring(path(file).length() + 1).strip()));
            var missing = FILES.stream().limit(4).filter(file -> values.getOrDefault(file, "").isEmpty()).toList();
            if (!missing.isEmpty()) return Reading.unknown(pci + " has no " + String.join(", ", missing) + " in sysfs");
            return Reading.known(new PcieLink(values.get("current_link_speed"), values.get("max_link_speed"),
                number(values.get("current_link_width")),
                number(values.get("max_link_width")), number(values.getOrDefault("numa_node", "-1"))));
        }

        private String path(String file) {
            return "/sys/bus/pci/devices/" + pci + "/" + file;
        }

        /// A virtual function writes 0 and `Unknown`; its link is that of its physical function.
        private static int number(String text) {
            return text.matches("-?\\d{1,6}") ? Integer.parseInt(text) : -1;
        }
    }
}
