package dev.bluerig.fact.ovs;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.remote.Command;
import java.util.List;
import java.util.regex.Pattern;

/// IP flows that pass some ports of a DPU's switch right now: carried by the card's eswitch, or by the DPU's cores. Flows that nobody uses
/// disappear after ten seconds, so they are looked at while traffic flows.
public record SwitchedFlows(long offloaded, long inSoftware) {
    /// `ports`: uplinks and representors. `type=` as ovs-dpctl(8) describes it; ovs-dpctl itself cannot show offloaded flows.
    public record Seen(List<LinkName> ports) implements Fact.Question<SwitchedFlows> {
        static final Command OFFLOADED = Command.of("ovs-appctl", "--timeout=10", "dpctl/dump-flows", "-m", "--names", "type=offloaded")
            .askedOf(OvsQuestion.PARTY);
        static final Command SOFTWARE = Command.of("ovs-appctl", "--timeout=10", "dpctl/dump-flows", "-m", "--names", "type=ovs")
            .askedOf(OvsQuestion.PARTY);

        public Seen {
            ports = List.copyOf(ports);
        }

        @Override
        public Inquiry<SwitchedFlows> read() {
            return Inquiry.ask(List.of(OFFLOADED, SOFTWARE), replies -> Reading.parsed(OFFLOADED, replies.get(0), this::flows)
                .then(offloaded -> Reading.parsed(SOFTWARE, replies.get(1), this::flows)
                .then(software -> Reading.known(new SwitchedFlows(offloaded, software)))));
        }

        /// One flow a line; a flow is keyed by `in_port(NAME)` and `eth_type(0x0800)` or `eth_type(0x86dd)`.
        private Long flows(String text) {
            return text.lines().filter(line -> IP.matcher(line).find())
                .filter(line -> ports.stream().anyMatch(port -> line.contains("in_port(" + port + ")"))).count();
        }
    }

    private static final Pattern IP = Pattern.compile("eth_type\\(0x(0800|86dd)\\)");
}
