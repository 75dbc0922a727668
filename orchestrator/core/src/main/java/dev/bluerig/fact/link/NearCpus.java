package dev.bluerig.fact.link;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Command;

/// The cores that are near to a port, as a list such as `0-7,16-23` (Documentation/ABI/testing/sysfs-bus-pci, local_cpulist).
public record NearCpus(String list) {
    public record Seen(PciAddress pci) implements Fact.Question<NearCpus> {
        @Override
        public Inquiry<NearCpus> read() {
            return Inquiry.parse(Command.of("cat", "/sys/bus/pci/devices/" + pci + "/local_cpulist"), NearCpus::parse);
        }
    }

    /// A few hundred ranges: more than any machine has.
    private static final int LONGEST = 2048;

    public static NearCpus parse(String text) {
        String list = text.strip();
        if (list.length() > LONGEST) throw new IllegalArgumentException("not a list of cores: " + list.length() + " characters");
        if (!list.matches("\\d{1,4}(-\\d{1,4})?(?:,\\d{1,4}(?:-\\d{1,4})?)*+"))
            throw new IllegalArgumentException("not a list of cores: " + list);
        return new NearCpus(list);
    }
}
