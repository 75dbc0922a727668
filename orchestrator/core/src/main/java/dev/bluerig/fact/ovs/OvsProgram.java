package dev.bluerig.fact.ovs;

import dev.bluerig.fact.ToolReplies;
import dev.bluerig.fact.ovs.OvsFlows.Program;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.List;

/// What `ovs-ofctl` prints of one bridge (Open vSwitch 3.1.0, tried): rules, groups, meters, ports, in this order.
final class OvsProgram {
    private OvsProgram() {}

    static Program read(OvsTopology.Bridge asked, List<Reply> replies) {
        String bridge = asked.name();
        if (!(replies.get(0) instanceof Reply.Ran flows && flows.ok())) return Program.unknown(why(bridge, replies.get(0)));
        if (!(replies.get(1) instanceof Reply.Ran groups && groups.ok())) return Program.unknown(why(bridge, replies.get(1)));
        if (!(replies.get(2) instanceof Reply.Ran meters && (meters.ok() || tooOldForMeters(meters))))
            return Program.unknown(why(bridge, replies.get(2)));
        if (!(replies.get(3) instanceof Reply.Ran ports && ports.ok())) return Program.unknown(why(bridge, replies.get(3)));
        return new Program(lines(flows.out()), lines(groups.out()), meters(meters.out()), OvsPortSettings.read(asked, ports.out()), "");
    }

    private static String why(String bridge, Reply reply) {
        return ToolReplies.why(Command.of("ovs-ofctl", bridge).askedOf(OvsQuestion.PARTY), reply);
    }

    /// A bridge whose `protocols` end before OpenFlow 1.3 cannot have meters.
    private static boolean tooOldForMeters(Reply.Ran ran) {
        return ran.err().contains("does not support any of the usable flow formats");
    }

    /// `OFPST_GROUP_DESC reply (OF1.5) (xid=0x2):` and its like are headings.
    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty() && !heading(line)).toList();
    }

    private static boolean heading(String line) {
        return line.startsWith("OFPST_") || line.startsWith("NXST_");
    }

    /// `meter=1 kbps burst bands=`, then a line for each band: `type=drop rate=1000 burst_size=100`. ovs-ofctl takes it back as
    /// `meter=1,kbps,burst,band=type=drop,rate=1000,burst_size=100`.
    private static List<String> meters(String text) {
        var meters = new ArrayList<String>();
        for (String line : lines(text)) {
            if (line.startsWith("meter=")) meters.add(line.replaceFirst(" ?bands=$", "").replace(' ', ','));
            else if (meters.isEmpty() || !line.startsWith("type=")) throw new IllegalArgumentException("not a meter: " + line);
            else meters.set(meters.size() - 1, meters.getLast() + ",band=" + line.replace(' ', ','));
        }
        return meters;
    }
}
