package dev.bluerig.fact.ovs;

import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.fact.ovs.OvsTopology.Bridge;
import dev.bluerig.fact.ovs.OvsTopology.Flavour;
import dev.bluerig.fact.ovs.OvsTopology.Interface;
import dev.bluerig.fact.ovs.OvsTopology.Port;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// How the switch is asked, and how its four tables become one topology.
final class OvsQuestion {
    /// All columns of every table: naming `doca_initialized` fails on an OVS that is not NVIDIA's, and a column that is not asked for is
    /// one that a rebuild would lose unseen.
    static final Command TABLES = Command.of("ovs-vsctl", "--timeout=10", "-f", "json", "--", "list", "open_vswitch", "--", "list",
        "bridge",
        "--", "list", "port", "--", "list", "interface");
    /// A stopped ovs-vswitchd is waited for once, however much there is to ask.
    static final String PARTY = "ovs-vswitchd";
    /// ovs-vsctl answers from the database even when nobody acts on it.
    static final Command SWITCH = Command.of("ovs-appctl", "--timeout=5", "version").askedOf(PARTY);

    private OvsQuestion() {}

    static Inquiry<OvsTopology> read() {
        return Inquiry.ask(List.of(TABLES, SWITCH), replies -> join(replies.get(0), replies.get(1)));
    }

    static Reading<OvsTopology> join(Reply tables, Reply running) {
        if (tables instanceof Reply.Ran ran && !ran.ok()) return Reading.unknown(why(ran));
        if (waited(running))
            return Reading.unknown("ovs-vswitchd does not answer within 5 s, and lives, so the database may tell old news; journalctl"
                + " -u ovs-vswitchd");
        if (!(running instanceof Reply.Ran ran && ran.ok()))
            return Reading.unknown("ovs-vswitchd does not run, so the database tells old news; systemctl status ovs-vswitchd. "
                + ToolReplies.why(SWITCH, running));
        // named shortly: the line is long
        return Reading.parsed(Command.of("ovs-vsctl").within(TABLES.deadline()), tables, OvsQuestion::parse);
    }

    /// Somebody holds the other end of the socket: "Alarm clock" is SIGALRM (signal(7): 14), of `--timeout`.
    static boolean waited(Reply running) {
        return running instanceof Reply.TimedOut || running instanceof Reply.NotRun || running instanceof Reply.Ran ran
            && (ran.status() == Reply.BY_ALARM || ran.err().contains("Alarm clock"));
    }

    private static String why(Reply.Ran ran) {
        if (ran.status() == 127) return "Open vSwitch is not installed (ovs-vsctl: no such program)";
        String complaint = ToolReplies.why(Command.of("ovs-vsctl"), ran);
        return ran.err().contains("database connection failed") ? "ovsdb-server does not run; systemctl status ovsdb-server. " + complaint
            : complaint;
    }

    static OvsTopology parse(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() != 4) throw new IllegalArgumentException("four tables were asked, " + lines.size() + " came");
        var tables = lines.stream().map(OvsTable::parse).toList();
        if (tables.getFirst().rows().size() != 1)
            throw new IllegalArgumentException("table Open_vSwitch has " + tables.getFirst().rows().size() + " rows");
        var devices = byUuid(tables.get(3));
        var joints = byUuid(tables.get(2));
        var interfaces = new TreeMap<String, Interface>();
        devices.forEach((uuid, row) -> interfaces.put(uuid, device(row)));
        var ports = new TreeMap<String, Port>();
        joints.forEach((uuid, row) -> ports.put(uuid, port(row, interfaces)));
        var bridges = tables.get(1).rows().stream().map(row -> bridge(row, ports, own(row, joints), devices))
            .sorted(Comparator.comparing(Bridge::name)).toList();
        return new OvsTopology(flavour(tables.getFirst().rows().getFirst(), bridges),
            tables.getFirst().rows().getFirst().map("other_config"), bridges);
    }

    private static Flavour flavour(OvsTable.Row top, List<Bridge> bridges) {
        Map<String, String> config = top.map("other_config");
        String standard = config.getOrDefault("default-datapath-type", "");
        if (top.yes("doca_initialized") || "true".equals(config.get("doca-init")) || standard.equals("doca")) return Flavour.DOCA;
        var types = bridges.stream().map(bridge -> bridge.datapathType().isEmpty() ? standard : bridge.datapathType()).distinct().toList();
        boolean kernelless = !top.all("datapath_types").isEmpty() && !top.all("datapath_types").contains("system");
        boolean userspace = kernelless || (types.isEmpty() ? standard.equals("netdev") : types.equals(List.of("netdev")));
        return userspace ? Flavour.USERSPACE : Flavour.KERNEL;
    }

    private static Map<String, OvsTable.Row> byUuid(OvsTable table) {
        var rows = new TreeMap<String, OvsTable.Row>();
        table.rows().forEach(row -> rows.put(row.text("_uuid"), row));
        return rows;
    }

    /// The port that a bridge has under its own name.
    private static Optional<OvsTable.Row> own(OvsTable.Row bridge, Map<String, OvsTable.Row> ports) {
        return bridge.all("ports").stream().map(uuid -> known(ports, uuid, "port"))
            .filter(port -> port.text("name").equals(bridge.text("name"))).findFirst();
    }

    private static Bridge bridge(OvsTable.Row row, Map<String, Port> ports, Optional<OvsTable.Row> own, Map<String, OvsTable.Row> devices) {
        String name = row.text("name");
        var held = new ArrayList<Port>();
        for (String uuid : row.all("ports")) if (!known(ports, uuid, "port").name().equals(name)) held.add(ports.get(uuid));
        held.sort(Comparator.comparing(Port::name));
        var foreign = Stream.of("controller", "mirrors").filter(column -> !row.all(column).isEmpty()).toList();
        var device = own.flatMap(port -> port.all("interfaces").stream().findFirst()).map(uuid -> known(devices, uuid, "interface"));
        return new Bridge(name, row.text("datapath_type"), filled(row, "fail_mode"), foreign, row.map("external_ids"),
            row.map("other_config"), held,
            row.beside(OvsColumns.BRIDGE), own.map(port -> port.beside(OvsColumns.OWN_PORT)).orElse(Map.of()),
            device.map(inner -> inner.beside(OvsColumns.OWN_INTERFACE)).orElse(Map.of()));
    }

    private static Port port(OvsTable.Row row, Map<String, Interface> interfaces) {
        var held = row.all("interfaces").stream().map(uuid -> known(interfaces, uuid, "interface"))
            .sorted(Comparator.comparing(Interface::name)).toList();
        return new Port(row.text("name"), held, row.number("tag"), row.numbers("trunks"), filled(row, "vlan_mode"), row.yes("fake_bridge"),
            filled(row, "bond_mode"), filled(row, "lacp"), row.map("external_ids"), row.map("other_config"), row.beside(OvsColumns.PORT));
    }

    private static Interface device(OvsTable.Row row) {
        return new Interface(row.text("name"), row.text("type"), row.map("options"), row.number("mtu_request"), row.number("ofport"),
            row.text("error"),
            filled(row, "link_state"), row.map("external_ids"), row.map("other_config"), row.beside(OvsColumns.INTERFACE));
    }

    private static Optional<String> filled(OvsTable.Row row, String column) {
        return row.some(column).filter(text -> !text.isEmpty());
    }

    private static <T> T known(Map<String, T> records, String uuid, String what) {
        T found = records.get(uuid);
        if (found == null) throw new IllegalArgumentException("there is no " + what + " with uuid " + uuid);
        return found;
    }
}
