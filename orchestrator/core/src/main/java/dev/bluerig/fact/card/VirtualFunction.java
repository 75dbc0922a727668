package dev.bluerig.fact.card;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.SafeValues;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which virtual function of which port a link is, by what PCI tells (Documentation/PCI/pci-iov-howto.rst): `virtfn3` of its `physfn`.
public record VirtualFunction(PciAddress port, int number) {
    private static final Pattern DEVICE = Pattern.compile("/(\\p{XDigit}{4}:\\p{XDigit}{2}:\\p{XDigit}{2}\\.[0-7])$");
    private static final Pattern ENTRY = Pattern.compile("(?m)^virtfn(\\d{1,4}) \\.\\./(\\S+)$");

    /// What its DPU's driver calls its representor: `pf0vf3`.
    public String representor() {
        return "pf" + port.function() + "vf" + number;
    }

    /// Absent for a link that is no virtual function.
    public record Seen(LinkName link) implements Fact.Question<Optional<VirtualFunction>> {
        @Override
        public Inquiry<Optional<VirtualFunction>> read() {
            String device = "/sys/class/net/" + link.text() + "/device";
            return Inquiry.ask(List.of(Command.of("readlink", "-f", device), Command.of("readlink", "-f", device + "/physfn"),
                Command.of("find", device + "/physfn/", "-maxdepth", "1", "-name", "virtfn*", "-printf", "%f %l\\n")), Seen::join);
        }

        private static Reading<Optional<VirtualFunction>> join(List<Reply> replies) {
            var own = address(ToolReplies.printed(replies.get(0)));
            var port = address(ToolReplies.printed(replies.get(1)));
            if (own.isEmpty() || port.isEmpty()) return Reading.known(Optional.empty());
            return Reading.known(ENTRY.matcher(ToolReplies.printed(replies.get(2))).results()
                .filter(entry -> SafeValues.pci(entry.group(2)).equals(own)).findFirst()
                .map(entry -> new VirtualFunction(port.get(), Integer.parseInt(entry.group(1)))));
        }

        private static Optional<PciAddress> address(String path) {
            var found = DEVICE.matcher(path.strip());
            return found.find() ? SafeValues.pci(found.group(1)) : Optional.empty();
        }
    }
}
