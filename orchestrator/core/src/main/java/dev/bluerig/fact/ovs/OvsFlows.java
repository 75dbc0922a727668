package dev.bluerig.fact.ovs;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.source.Described;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The OpenFlow rules, groups and meters of the bridges that a wish concerns, and how their ports are set (`ovs-ofctl mod-port`): they live
/// in ovs-vswitchd alone, so a bridge that goes takes them along, and a port that moves loses what it was set to. By name of the bridge.
public record OvsFlows(Map<String, Program> bridges) {
    /// All versions: the switch takes the newest that its `protocols` allow, and older ones cannot say everything.
    public static final String VERSIONS = "OpenFlow10,OpenFlow11,OpenFlow12,OpenFlow13,OpenFlow14,OpenFlow15";
    static final Program UNSAYABLE = Program.unknown("the name of the bridge cannot stand in a command");

    public OvsFlows {
        bridges = Collections.unmodifiableMap(new TreeMap<>(bridges));
    }

    /// As ovs-ofctl prints them without statistics and takes them back; a meter stands on one line with its bands. `ports`: what is set of
    /// an interface,
    /// `no-receive static-mac=5/02:00:00:00:00:01`, by its name in the database. `unknown`: why nobody could tell.
    public record Program(List<String> flows, List<String> groups, List<String> meters,
        @Described(value = "settings of ports", absent = "") Map<String, String> ports,
                          @Described(value = "why it is not known", absent = "") String unknown) {
        private static final String NORMAL = "(cookie=0x0, )?(table=0, )?(reset_counts )?(priority=\\d+ )?actions=NORMAL";

        public Program {
            flows = List.copyOf(flows);
            groups = List.copyOf(groups);
            meters = List.copyOf(meters);
            ports = Collections.unmodifiableMap(new TreeMap<>(ports));
        }

        /// With what else is set of an interface.
        Program and(Map<String, String> more) {
            var all = new TreeMap<>(ports);
            more.forEach((device, words) -> all.merge(device, words, (first, second) -> first + " " + second));
            return new Program(flows, groups, meters, all, unknown);
        }

        static Program unknown(String why) {
            return new Program(List.of(), List.of(), List.of(), Map.of(), why);
        }

        /// As a new bridge's: one rule, which makes it a learning switch; its priority and how it was put there change nothing. What is set
        /// of its ports belongs to the ports.
        public boolean isOrdinary() {
            return unknown.isEmpty() && groups.isEmpty() && meters.isEmpty() && flows.size() == 1 && flows.getFirst().matches(NORMAL);
        }
    }

    public Program of(String bridge) {
        return bridges.getOrDefault(bridge, Program.unknown("not asked"));
    }

    static boolean sayable(String name) {
        return !name.startsWith("-") && name.chars().noneMatch(Character::isISOControl);
    }

    private static List<Command> dumps(List<String> bridges) {
        return bridges.stream().flatMap(bridge -> Stream.concat(List.of("dump-flows", "dump-groups", "dump-meters").stream()
            .map(what -> ofctl(VERSIONS, "--no-stats", "--no-names", what, bridge)), Stream.of(OvsPortSettings.question(bridge)))).toList();
    }

    static Command ofctl(String versions, String... words) {
        var all = new ArrayList<>(List.of("ovs-ofctl", "--timeout=10", "-O", versions));
        all.addAll(List.of(words));
        return Command.of(all).askedOf(OvsQuestion.PARTY);
    }

    private static Inquiry<Map<String, Program>> programs(OvsTopology ovs, List<String> bridges) {
        return bridges.isEmpty() ? Reading.known(Map.of()) : Inquiry.ask(dumps(bridges), replies -> programs(ovs, bridges, replies));
    }

    /// What `dumps` of these bridges say; only a bridge that does not speak OpenFlow 1.0 is asked for more.
    private static Inquiry<Map<String, Program>> programs(OvsTopology ovs, List<String> bridges, List<Reply> replies) {
        var answers = new TreeMap<String, List<Reply>>();
        for (int i = 0; i < bridges.size(); i++) answers.put(bridges.get(i), replies.subList(4 * i, 4 * i + 4));
        var newer = answers.keySet().stream().filter(bridge -> OvsPortSettings.speaksNewerOnly(answers.get(bridge).get(3))).toList();
        if (newer.isEmpty()) return Reading.known(read(ovs, answers));
        return Inquiry.ask(newer.stream().map(OvsPortSettings::newer).toList(), more -> {
            for (int i = 0; i < newer.size(); i++) {
                var four = new ArrayList<>(answers.get(newer.get(i)).subList(0, 3));
                four.add(more.get(i));
                answers.put(newer.get(i), four);
            }
            return Reading.known(read(ovs, answers));
        });
    }

    /// The same of bridges that may go, with their static MAC addresses.
    static Inquiry<Map<String, Program>> whole(OvsTopology ovs, List<String> bridges) {
        if (bridges.isEmpty()) return Reading.known(Map.of());
        var commands = new ArrayList<>(dumps(bridges));
        bridges.forEach(bridge -> commands.add(OvsStaticMacs.question(bridge)));
        return Inquiry.ask(commands, replies -> programs(ovs, bridges, replies.subList(0, 4 * bridges.size())).then(programs -> {
            var whole = new TreeMap<>(programs);
            for (int i = 0; i < bridges.size(); i++) {
                Reply macs = replies.get(4 * bridges.size() + i);
                whole.computeIfPresent(bridges.get(i), (name, program) -> program.unknown().isEmpty()
                    ? OvsStaticMacs.added(program, ovs.bridge(name).orElseThrow(), macs) : program);
            }
            return Reading.known(whole);
        }));
    }

    private static Map<String, Program> read(OvsTopology ovs, Map<String, List<Reply>> answers) {
        var programs = new TreeMap<String, Program>();
        answers.forEach((name, replies) -> programs.put(name, OvsProgram.read(ovs.bridge(name).orElseThrow(), replies)));
        return programs;
    }

    /// Bridges of the wanted names, and bridges of other names that hold a wanted port, or ports named by a device. The database tells
    /// which of them there are.
    public record Seen(List<String> names, List<String> ports) implements Fact.Question<OvsFlows> {
        public Seen {
            names = List.copyOf(names);
            ports = List.copyOf(ports);
        }

        @Override
        public Inquiry<OvsFlows> read() {
            return OvsQuestion.read().then(this::flows);
        }

        private Inquiry<OvsFlows> flows(OvsTopology ovs) {
            var wanted = names.stream().filter(name -> ovs.bridge(name).isPresent()).toList();
            var others = ovs.bridges().stream().filter(bridge -> !names.contains(bridge.name()) && concerned(bridge))
                .map(OvsTopology.Bridge::name).toList();
            var known = new TreeMap<String, Program>();
            others.stream().filter(name -> !sayable(name)).forEach(name -> known.put(name, UNSAYABLE));
            return Inquiry.both(programs(ovs, wanted), whole(ovs, others.stream().filter(OvsFlows::sayable).toList()), (first, second) -> {
                known.putAll(first);
                known.putAll(second);
                return Reading.known(new OvsFlows(known));
            });
        }

        private boolean concerned(OvsTopology.Bridge bridge) {
            return ports.stream().anyMatch(bridge::holds)
                || bridge.ports().stream().flatMap(port -> port.interfaces().stream())
                .anyMatch(device -> device.options().containsKey("dpdk-devargs"));
        }
    }
}
