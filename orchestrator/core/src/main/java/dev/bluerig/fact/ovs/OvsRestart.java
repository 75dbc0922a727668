package dev.bluerig.fact.ovs;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ovs.OvsFlows.Program;
import dev.bluerig.remote.Reply;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a restart of a living ovs-vswitchd would take away on any bridge, also one that nobody named: OpenFlow rules, groups and meters,
/// and what ports were set to.
public record OvsRestart(Map<String, Program> lost) {
    public OvsRestart {
        lost = Collections.unmodifiableMap(new TreeMap<>(lost));
    }

    /// Whether the wish needs one: the value is another, or ovs-vswitchd does not run with it.
    public static boolean needed(OvsDaemon daemon, OvsTopology ovs, boolean hwOffload) {
        if (daemon.state() != OvsDaemon.State.RUNNING || !daemon.waiting().isEmpty()) return false;
        boolean otherwise = daemon.offloads().filter(now -> now != hwOffload).isPresent() && ovs.flavour() != OvsTopology.Flavour.DOCA;
        return ovs.hwOffload() != hwOffload || otherwise || daemon.due();
    }

    /// Bridges are asked only where a restart is needed, so a machine that is as wanted pays nothing. Without its database
    /// ovs-vswitchd goes on forwarding and answers no ovs-ofctl (3.1.0, tried).
    public record Seen(boolean hwOffload) implements Fact.Question<OvsRestart> {
        private static final OvsRestart UNTOLD =
            new OvsRestart(Map.of("all bridges", Program.unknown("ovs-vswitchd lives, and tells its rules only while ovsdb-server runs")));

        @Override
        public Inquiry<OvsRestart> read() {
            return Inquiry.ask(OvsDaemon.Seen.COMMANDS, replies -> OvsDaemon.Seen.join(replies).then(daemon -> further(daemon, replies)));
        }

        private Inquiry<OvsRestart> further(OvsDaemon daemon, List<Reply> replies) {
            if (daemon.state() == OvsDaemon.State.DATABASE_DEAD && replies.get(1) instanceof Reply.Ran version && version.ok())
                return Reading.known(UNTOLD);
            if (daemon.state() != OvsDaemon.State.RUNNING) return Reading.known(new OvsRestart(Map.of()));
            return OvsQuestion.join(replies.get(0), replies.get(1)).then(ovs -> needed(daemon, ovs, hwOffload)
                ? asked(ovs, ovs.bridges().stream().map(OvsTopology.Bridge::name).toList(), secure(ovs))
                : Reading.known(new OvsRestart(Map.of())));
        }

        private static List<String> secure(OvsTopology ovs) {
            return ovs.bridges().stream().filter(bridge -> bridge.failMode().filter("secure"::equals).isPresent())
                .map(OvsTopology.Bridge::name).toList();
        }

        private static Inquiry<OvsRestart> asked(OvsTopology ovs, List<String> bridges, List<String> secure) {
            var lost = new TreeMap<String, Program>();
            bridges.stream().filter(name -> !OvsFlows.sayable(name)).forEach(name -> lost.put(name, OvsFlows.UNSAYABLE));
            var sayable = bridges.stream().filter(OvsFlows::sayable).toList();
            if (sayable.isEmpty()) return Reading.known(new OvsRestart(lost));
            return OvsFlows.whole(ovs, sayable).then(programs -> {
                programs.forEach((name, program) -> {
                    if (!returns(program, secure.contains(name))) lost.put(name, program);
                });
                return Reading.known(new OvsRestart(lost));
            });
        }

        /// A bridge starts with the one rule NORMAL, a secure one with none, and with ports of which nothing is set.
        private static boolean returns(Program program, boolean secure) {
            if (!program.ports().isEmpty()) return false;
            if (!secure) return program.isOrdinary();
            return program.unknown().isEmpty() && Stream.of(program.flows(), program.groups(), program.meters()).allMatch(List::isEmpty);
        }
    }
}
