package dev.bluerig.fact.ovs;

import dev.bluerig.fact.EthtoolFeatures;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.SafeValues;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.fact.ovs.OvsTopology.Flavour;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `hw-tc-offload` of every link that a bridge of OVS-kernel holds: an OVS restart may leave it off. The other
/// flavours do not offload by TC, so nothing is asked there, and links that do not exist are left out.
public record TcOffload(Map<String, Flag> links) {
    public TcOffload {
        links = Collections.unmodifiableMap(new TreeMap<>(links));
    }

    /// `FIXED`: the driver does not let it change (veth, internal ports). `ABSENT`: ethtool does not list it.
    public enum Flag { ON, OFF, FIXED, ABSENT }

    /// A chain of two: which links there are is the switch's answer.
    public record Seen() implements Fact.Question<TcOffload> {
        @Override
        public Inquiry<TcOffload> read() {
            return new OvsTopology.Seen().read().then(Seen::flags);
        }

        private static Inquiry<TcOffload> flags(OvsTopology ovs) {
            var links = ovs.flavour() != Flavour.KERNEL ? List.<LinkName>of() : ovs.ports().flatMap(port -> port.interfaces().stream())
                .filter(device -> device.type().isEmpty()).flatMap(device -> SafeValues.link(device.name()).stream()).toList();
            if (links.isEmpty()) return Reading.known(new TcOffload(Map.of()));
            return Inquiry.ask(links.stream().map(link -> Command.of("ethtool", "-k", link.text())).toList(),
                replies -> join(links, replies));
        }

        private static Reading<TcOffload> join(List<LinkName> links, List<Reply> replies) {
            var flags = new TreeMap<String, Flag>();
            for (int i = 0; i < links.size(); i++) {
                Reply reply = replies.get(i);
                if (reply instanceof Reply.Ran ran && ran.err().contains("No such device")) continue;
                if (!(reply instanceof Reply.Ran ran && ran.ok()))
                    return ToolReplies.unknown(Command.of("ethtool", "-k", links.get(i).text()), reply);
                flags.put(links.get(i).text(), flag(ran.out()));
            }
            return Reading.known(new TcOffload(flags));
        }
    }

    private static Flag flag(String text) {
        return EthtoolFeatures.parse(text).of("hw-tc-offload")
            .map(feature -> feature.remark().equals("fixed") ? Flag.FIXED : feature.on() ? Flag.ON : Flag.OFF).orElse(Flag.ABSENT);
    }
}
