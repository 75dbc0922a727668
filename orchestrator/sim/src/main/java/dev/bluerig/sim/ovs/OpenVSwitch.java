package dev.bluerig.sim.ovs;

import dev.bluerig.sim.net.LinkFeatures;
import dev.bluerig.sim.net.SimLink;
import dev.bluerig.sim.net.SimLinks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Open vSwitch of a simulated machine: the database with its transactions, and what ovs-vswitchd makes of it.
///
/// Held to a real Open vSwitch by the shared transcript.
public final class OpenVSwitch {
    private static final Map<String, Integer> BRIDGE_COMMANDS =
        Map.ofEntries(Map.entry("add-br", 1), Map.entry("del-br", 1), Map.entry("list-br", 0),
        Map.entry("br-exists", 1), Map.entry("add-port", 2), Map.entry("add-bond", 4), Map.entry("del-port", 1), Map.entry("list-ports", 1),
        Map.entry("list-ifaces", 1), Map.entry("port-to-br", 1), Map.entry("iface-to-br", 1), Map.entry("show", 0));
    private static final Map<String, Integer> RECORD_COMMANDS =
        Map.of("list", 1, "find", 1, "get", 2, "set", 3, "add", 4, "remove", 3, "clear", 3, "create", 1, "destroy", 1);

    private final SimLinks links;
    private final BooleanSupplier running;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final OpenFlowRules rules = new OpenFlowRules();
    private final OpenFlowPortSettings settings = new OpenFlowPortSettings();
    private boolean flowApi;
    private volatile boolean killed;
    private int starts;
    private OvsdbDatabase database = OvsdbDatabase.empty();

    public OpenVSwitch(SimLinks links, BooleanSupplier running) {
        this.links = links;
        this.running = running;
    }

    /// What ovs-vsctl did. `stuck`: it changed the database and waits for an ovs-vswitchd that is not there; seconds until it gives up, 0
    /// never.
    public record Reply(int status, String out, String err, Optional<Integer> stuck) {}

    public boolean isRunning() {
        return running.getAsBoolean() && !killed;
    }

    public synchronized Reply vsctl(List<String> words) {
        try {
            Vsctl vsctl = Vsctl.parse(words);
            for (Vsctl.Part part : vsctl.parts()) known(part);
            var transaction = new OvsdbTransaction(database);
            var out = new StringBuilder();
            for (Vsctl.Part part : vsctl.parts()) out.append(run(part, transaction, vsctl.globals().format()));
            transaction.database().settle();
            boolean changed = transaction.changed();
            database = transaction.database();
            if (!changed) return new Reply(0, out.toString(), "", Optional.empty());
            if (isRunning()) reconfigure();
            else if (vsctl.globals().waiting()) return new Reply(142, out.toString(), "", Optional.of(vsctl.globals().timeout()));
            return new Reply(0, out.toString(), vsctl.globals().waiting() ? complaints(transaction) : "", Optional.empty());
        } catch (BridgeCommands.Missing missing) {
            return new Reply(2, "", "", Optional.empty());
        } catch (OvsError problem) {
            return new Reply(1, "", "ovs-vsctl: " + problem.getMessage() + "\n", Optional.empty());
        }
    }

    private static void known(Vsctl.Part part) {
        Integer least = BRIDGE_COMMANDS.getOrDefault(part.command(),
            RECORD_COMMANDS.getOrDefault(part.command(), part.command().equals("init") ? 0 : -1));
        if (least < 0) throw new OvsError("unknown command '" + part.command() + "'; use --help for help");
        if (part.arguments().size() < least)
            throw new OvsError("'" + part.command() + "' command requires at least " + least + " arguments");
    }

    private static String run(Vsctl.Part part, OvsdbTransaction transaction, String format) {
        if (part.command().equals("init")) return "";
        return BRIDGE_COMMANDS.containsKey(part.command()) ? new BridgeCommands(transaction).run(part)
            : new RecordCommands(transaction, format).run(part);
    }

    /// Links that were added and did not come up; the exit status stays 0.
    private String complaints(OvsdbTransaction transaction) {
        var text = new StringBuilder();
        for (String name : transaction.added()) {
            String error = database.named(OvsdbTable.INTERFACE, name).map(row -> row.get("error").single()).orElse("");
            if (!error.isEmpty()) text.append("ovs-vsctl: Error detected while setting up '").append(name).append("': ").append(error)
                .append(".  See ovs-vswitchd log for details.\novs-vsctl: The default log directory is \"/var/log/openvswitch\".\n");
        }
        return text.toString();
    }

    /// For the image: a bridge with these links.
    public void bridge(String name, String... ports) {
        var words = new ArrayList<>(List.of("add-br", name));
        for (String port : ports) words.addAll(List.of("--", "add-port", name, port));
        Reply reply = vsctl(words);
        if (reply.status() != 0) throw new IllegalStateException(reply.err());
    }

    /// ovs-vswitchd makes the links as the database wants them, and writes back what became of them.
    public synchronized void reconfigure() {
        if (!isRunning()) return;
        var fresh = database.copy();
        Set<String> internal = new LinkedHashSet<>();
        for (OvsdbRow bridge : fresh.all(OvsdbTable.BRIDGE)) {
            for (OvsdbRow port : fresh.references(bridge, "ports")) {
                for (OvsdbRow iface : fresh.references(port, "interfaces")) fresh.put(settled(fresh, bridge, iface, internal));
            }
        }
        for (SimLink link : links.all())
            if (link.kind() == SimLink.Kind.INTERNAL && !internal.contains(link.name())) links.remove(link.name());
        numbers.keySet().removeIf(key -> fresh.named(OvsdbTable.INTERFACE, key.substring(key.indexOf(' ') + 1)).isEmpty());
        OvsdbRow root = fresh.root();
        fresh.put(root.with("cur_cfg", OvsdbValue.number(fresh.all(OvsdbTable.INTERFACE).size()))
            .with("next_cfg", OvsdbValue.number(fresh.all(OvsdbTable.INTERFACE).size())));
        database = fresh;
        rules.reconfigure(database);
        settings.reconfigure(database);
        flowApi |= hardware();
    }

    /// ovs-vswitchd starts anew, without what it was told by OpenFlow.
    public synchronized void started() {
        killed = false;
        rules.restart();
        settings.restart();
        flowApi = false;
        starts++;
        reconfigure();
    }

    /// ovs-vswitchd dies and its unit, a oneshot, stays active.
    public void kill() {
        killed = true;
    }

    /// Of ovs-vswitchd, another one after every start.
    public synchronized int pid() {
        return 1100 + starts;
    }

    /// The OpenFlow rules of a bridge that ovs-vswitchd has made.
    public synchronized Optional<List<String>> rules(String bridge) {
        return isRunning() && rules.has(bridge) ? Optional.of(rules.of(bridge)) : Optional.empty();
    }

    public synchronized void program(String bridge, List<String> program) {
        rules.put(bridge, program);
    }

    /// The ports of a bridge as `ovs-ofctl dump-ports-desc` prints them to OpenFlow 1.0; the address is a link's own.
    public synchronized List<String> described(String bridge) {
        var lines = new TreeMap<Integer, List<String>>();
        for (OvsdbRow port : database.references(database.named(OvsdbTable.BRIDGE, bridge).orElseThrow(), "ports")) {
            for (OvsdbRow iface : database.references(port, "interfaces")) {
                String name = iface.get("name").single();
                int number = Integer.parseInt("0" + iface.get("ofport").single().replace("-1", ""));
                if (number > 0) lines.put(number, described(bridge, name, number));
            }
        }
        return lines.values().stream().flatMap(List::stream).toList();
    }

    private List<String> described(String bridge, String name, int number) {
        Optional<SimLink> link = links.find(name);
        boolean down = link.filter(one -> !one.isUp()).isPresent();
        return List.of(" " + (number == 65_534 ? "LOCAL" : number) + "(" + name.substring(0, Math.min(15, name.length())) + "): addr:"
            + link.map(SimLink::mac).orElse("00:00:00:00:00:00"),
            "     config:     " + settings.shown(bridge, name, down), "     state:      " + (down ? "LINK_DOWN" : "0"),
            "     current:    10GB-FD COPPER", "     speed: 10000 Mbps now, 0 Mbps max");
    }

    /// What `ovs-ofctl mod-port` does, with OpenFlow 1.0 or a later one; false when there is no such port.
    public synchronized boolean modify(String bridge, String port, String action, boolean oldest) {
        boolean there = described(bridge).stream().anyMatch(line -> line.contains("(" + port + "): addr:"));
        if (there) settings.put(bridge, port, action, oldest);
        return there;
    }

    /// Whether `ovs-ofctl mod-port` has this action.
    public static boolean modifies(String action) {
        return OpenFlowPortSettings.knows(action);
    }

    private OvsdbRow settled(OvsdbDatabase fresh, OvsdbRow bridge, OvsdbRow iface, Set<String> internal) {
        String name = iface.get("name").single();
        String bridgeName = bridge.get("name").single();
        boolean patch = iface.get("type").single().equals("patch");
        if (iface.get("type").single().equals("internal")) {
            internal.add(name);
            if (links.find(name).isEmpty())
                links.add(name, SimLink.Kind.INTERNAL, Optional.empty(), -1, 1500, 65_535, LinkFeatures.plain());
        }
        Optional<SimLink> link = links.find(name);
        if (link.isEmpty() && !patch) {
            return iface.with("ofport", OvsdbValue.number(-1))
                .with("error", OvsdbValue.text("could not open network device " + name + " (No such device)"))
                .with("link_state", OvsdbValue.nothing()).with("mac_in_use", OvsdbValue.nothing()).with("mtu", OvsdbValue.nothing())
                .with("admin_state", OvsdbValue.nothing());
        }
        int number = name.equals(bridgeName) ? 65_534 : number(bridgeName, name);
        OvsdbRow settled = iface.with("ofport", OvsdbValue.number(number)).with("error", OvsdbValue.nothing());
        if (link.isEmpty()) return settled.with("link_state", OvsdbValue.text("up")).with("admin_state", OvsdbValue.text("up"));
        String wanted = iface.get("mtu_request").single();
        if (!wanted.isEmpty() && Integer.parseInt(wanted) <= link.get().maxMtu()) link.get().resize(Integer.parseInt(wanted));
        String state = link.get().isUp() ? "up" : "down";
        return settled.with("link_state", OvsdbValue.text(state)).with("admin_state", OvsdbValue.text(state))
            .with("mac_in_use", OvsdbValue.text(link.get().mac()))
            .with("mtu", OvsdbValue.number(link.get().mtu())).with("ifindex", OvsdbValue.number(link.get().index()));
    }

    /// A number that no other port of this bridge has.
    private int number(String bridge, String iface) {
        return numbers.computeIfAbsent(bridge + " " + iface, key -> {
            int candidate = 1;
            while (numbers.containsValue(candidate) && taken(bridge, candidate)) candidate++;
            return candidate;
        });
    }

    private boolean taken(String bridge, int candidate) {
        return numbers.entrySet().stream().anyMatch(entry -> entry.getKey().startsWith(bridge + " ") && entry.getValue() == candidate);
    }

    /// Switched on at once when `other_config:hw-offload` becomes true, switched off by the next start alone (tried with OVS 3.1.0).
    public synchronized boolean offloads() {
        return isRunning() && flowApi;
    }

    private boolean hardware() {
        return database.root().get("other_config") instanceof OvsdbValue.AtomMap(Map<OvsdbAtom, OvsdbAtom> pairs)
            && Optional.ofNullable(pairs.get(OvsdbAtom.text("hw-offload"))).filter(value -> value.text().equals("true")).isPresent();
    }

    /// Whether ovs-vswitchd has a datapath, which the first bridge makes.
    public synchronized boolean hasBridges() {
        return !database.all(OvsdbTable.BRIDGE).isEmpty();
    }

    /// Whether a bridge holds this link now.
    public synchronized boolean holds(String link) {
        return database.named(OvsdbTable.INTERFACE, link)
            .filter(row -> Integer.parseInt("0" + row.get("ofport").single().replace("-1", "")) > 0).isPresent();
    }

    /// Where a frame that comes in by this link goes out: the other links of its bridge with the same VLAN tag, as the rule NORMAL floods.
    public synchronized Set<String> forwards(String link) {
        if (!isRunning()) return Set.of();
        Optional<OvsdbRow> port = database.named(OvsdbTable.INTERFACE, link).flatMap(database::portOf);
        Optional<OvsdbRow> bridge = port.flatMap(database::bridgeOf);
        if (bridge.isEmpty() || !rules.learns(bridge.get().get("name").single())) return Set.of();
        String name = bridge.get().get("name").single();
        if (settings.has(name, link, OpenFlowPortSettings.Flag.NO_RECV)) return Set.of();
        var others = new LinkedHashSet<String>();
        for (OvsdbRow other : database.references(bridge.get(), "ports")) {
            if (!other.get("tag").equals(port.get().get("tag"))) continue;
            for (OvsdbRow iface : database.references(other, "interfaces")) {
                String ofport = iface.get("ofport").single();
                boolean silent = Stream.of(OpenFlowPortSettings.Flag.NO_FWD, OpenFlowPortSettings.Flag.NO_FLOOD)
                    .anyMatch(flag -> settings.has(name, iface.get("name").single(), flag));
                if (!silent && !iface.get("name").single().equals(link) && !ofport.isEmpty() && !ofport.equals("-1"))
                    others.add(iface.get("name").single());
            }
        }
        return others;
    }
}
