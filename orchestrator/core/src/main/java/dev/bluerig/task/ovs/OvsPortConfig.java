package dev.bluerig.task.ovs;

import dev.bluerig.fact.ovs.OvsFlows;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.ovs.OvsTopology.Bridge;
import dev.bluerig.remote.Command;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// What `ovs-ofctl mod-port` and `ovs-appctl fdb/add` set of ports, where a plan takes it along: a port that is handed to another bridge
/// starts without it (3.1.0, tried), and so does the own port of a new bridge.
public final class OvsPortConfig {
    private static final Set<String> EVERY_VERSION = Set.of("no-receive", "no-forward", "no-packet-in");
    /// A MAC address that was pinned to the port: `static-mac=VLAN/MAC`.
    private static final String MAC = "static-mac=";
    private static final Set<String> OLDEST_ONLY = Set.of("no-receive-stp", "no-flood", "no-stp");

    /// `device` by its name in the database, on the bridge it is on and on the one it will be on; empty when the port goes.
    private record Setting(String device, String word, String from, Optional<String> to, boolean own) {
        String after() {
            return own ? to.orElse("") : device;
        }
    }

    private final OvsPlan plan;
    private final OvsDevices devices;
    private final OvsFlows flows;

    public OvsPortConfig(OvsPlan plan, OvsDevices devices, OvsFlows flows) {
        this.plan = plan;
        this.devices = devices;
        this.flows = flows;
    }

    private List<Setting> settings() {
        var settings = new ArrayList<Setting>();
        plan.moves()
            .forEach(move -> devices.ovs().port(move.port()).ifPresent(port -> of(port, move.from(), Optional.of(move.to()), settings)));
        plan.drops().forEach(drop -> of(drop.port(), drop.from().name(), Optional.empty(), settings));
        plan.deleted()
            .forEach(gone -> words(gone.name(), gone.name())
            .forEach(word -> settings.add(new Setting(gone.name(), word, gone.name(), OvsCarryOver.successor(plan, gone), true))));
        return settings;
    }

    private void of(OvsTopology.Port port, String from, Optional<String> to, List<Setting> settings) {
        port.interfaces().stream().map(device -> devices.record(device.name()))
            .forEach(name -> words(from, name).forEach(word -> settings.add(new Setting(name, word, from, to, false))));
    }

    private Stream<String> words(String bridge, String device) {
        return words(flows, bridge, device);
    }

    static Stream<String> words(OvsFlows flows, String bridge, String device) {
        return Stream.of(flows.of(bridge).ports().getOrDefault(device, "").split(" ")).filter(word -> !word.isEmpty());
    }

    /// What moves along, for people.
    public List<Change> carried() {
        return settings().stream().filter(setting -> setting.to().isPresent()).map(setting ->
            new Change("setting of port " + setting.device() + ": " + setting.word(), "on " + setting.to().get() + " (moves along)",
            "on " + setting.from())).toList();
    }

    /// What a command cannot say, or nobody takes over.
    void lost(BiConsumer<Finding, Change> note) {
        for (Setting setting : settings()) {
            boolean exact = sayable(setting.device()) && known(setting.word())
                && setting.to().filter(to -> !sayable(setting.after()) || !spoken(to, setting.word())).isEmpty();
            if (exact && (setting.to().isPresent() || !setting.own())) continue;
            var change = new Change("bridge " + setting.from() + ": port " + setting.device() + ": " + column(setting.word()),
                "not set, or moved along", setting.word());
            if (!OvsCarryOver.mayGo(plan, column(setting.word()))) note.accept(Finding.OVS_SETTINGS_LOST, change);
        }
    }

    /// `no-receive` as a column is written.
    static String column(String word) {
        return word.startsWith(MAC) ? "static_mac" : word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    public List<Command> there() {
        return settings().stream().filter(setting -> known(setting.word()) && sayable(setting.device())).flatMap(setting -> setting.to()
            .filter(to -> sayable(setting.after()) && spoken(to, setting.word())).map(to -> modify(to, setting.after(), setting.word()))
            .stream()).toList();
    }

    public List<Command> back() {
        return settings().stream().filter(setting -> known(setting.word()) && sayable(setting.device()))
            .map(setting -> modify(setting.from(), setting.device(), setting.word())).toList();
    }

    /// After a restart of ovs-vswitchd.
    public static Stream<Command> again(String bridge, OvsFlows.Program program) {
        return program.ports().entrySet().stream().filter(entry -> sayable(entry.getKey()))
            .flatMap(entry -> Stream.of(entry.getValue().split(" "))
            .filter(OvsPortConfig::known).map(word -> modify(bridge, entry.getKey(), word)));
    }

    /// The own port of a bridge by the bridge's name: `LOCAL` is in the manual and not in the program (3.1.0). An older OpenFlow takes
    /// `no-flood`, a newer one exits 0 and leaves it.
    private static Command modify(String bridge, String device, String word) {
        if (word.startsWith(MAC)) {
            String[] pinned = word.substring(MAC.length()).split("/");
            return Command.of("ovs-appctl", "--timeout=20", "fdb/add", bridge, device, pinned[0], pinned[1]);
        }
        return Command.of("ovs-ofctl", "--timeout=20", "-O", OLDEST_ONLY.contains(word) ? "OpenFlow10" : OvsFlows.VERSIONS, "mod-port",
            bridge, device, word);
    }

    private static boolean known(String word) {
        return EVERY_VERSION.contains(word) || OLDEST_ONLY.contains(word) || word.startsWith(MAC);
    }

    /// `mod-port` takes digits for a number and finds no name that is longer than OpenFlow's 15 characters (3.1.0, tried).
    private static boolean sayable(String device) {
        return !device.matches("\\d+") && device.length() <= 15 && device.chars().allMatch(letter -> letter > ' ' && letter < 127)
            && !device.startsWith("\"");
    }

    /// Whether the bridge that a port comes to will speak the version that knows the word.
    private boolean spoken(String bridge, String word) {
        Optional<String> protocols = devices.ovs().bridge(bridge).or(() -> plan.predecessor(bridge).flatMap(devices.ovs()::bridge))
            .map(Bridge::settings).map(all -> all.get("protocols"));
        return !OLDEST_ONLY.contains(word) || protocols.isEmpty() || protocols.get().contains("OpenFlow10");
    }
}
