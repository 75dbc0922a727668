package dev.bluerig.sim.ovs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The commands of `ovs-vsctl` about bridges, ports and interfaces. Messages as OVS 3.1.0 prints them (tried).
final class BridgeCommands {
    private final OvsdbTransaction transaction;
    private final OvsdbDatabase database;

    BridgeCommands(OvsdbTransaction transaction) {
        this.transaction = transaction;
        this.database = transaction.database();
    }

    /// What the command prints.
    String run(Vsctl.Part part) {
        List<String> arguments = part.arguments();
        return switch (part.command()) {
            case "add-br" -> addBridge(part, arguments.getFirst());
            case "del-br" -> deleteBridge(part, arguments.getFirst());
            case "list-br" -> lines(database.all(OvsdbTable.BRIDGE).stream().map(row -> row.get("name").single()));
            case "br-exists" -> {
                if (database.named(OvsdbTable.BRIDGE, arguments.getFirst()).isEmpty()) throw new Missing();
                yield "";
            }
            case "add-port" -> addPort(part, arguments.getFirst(), arguments.get(1), List.of(arguments.get(1)),
                arguments.subList(2, arguments.size()));
            case "add-bond" -> addBond(part, arguments);
            case "del-port" -> deletePort(part, arguments);
            case "list-ports" -> lines(ports(bridge(arguments.getFirst())).map(row -> row.get("name").single()).sorted());
            case "list-ifaces" ->
                lines(ports(bridge(arguments.getFirst())).flatMap(port -> database.references(port, "interfaces").stream())
                .map(row -> row.get("name").single()).sorted());
            case "port-to-br" ->
                lines(Stream.of(port(arguments.getFirst())).map(row -> database.bridgeOf(row).orElseThrow().get("name").single()));
            case "iface-to-br" -> lines(Stream.of(database.named(OvsdbTable.INTERFACE, arguments.getFirst())
                .orElseThrow(() -> new OvsError("no interface named " + arguments.getFirst())))
                .map(row -> database.portOf(row).flatMap(database::bridgeOf).orElseThrow().get("name").single()));
            case "show" -> new VsctlShow(database).text();
            default -> throw new IllegalStateException(part.command());
        };
    }

    /// `br-exists` of a bridge that is not there: status 2, nothing said.
    static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static String lines(Stream<String> names) {
        var text = new StringBuilder();
        names.sorted().forEach(name -> text.append(name).append('\n'));
        return text.toString();
    }

    /// All but the bridge's own.
    private Stream<OvsdbRow> ports(OvsdbRow bridge) {
        return database.references(bridge, "ports").stream().filter(port -> !port.get("name").equals(bridge.get("name")));
    }

    private OvsdbRow bridge(String name) {
        return database.named(OvsdbTable.BRIDGE, name).orElseThrow(() -> new OvsError("no bridge named " + name));
    }

    private OvsdbRow port(String name) {
        return database.named(OvsdbTable.PORT, name).orElseThrow(() -> new OvsError("no port named " + name));
    }

    private String nameOf(OvsdbRow port) {
        return database.bridgeOf(port).map(row -> row.get("name").single()).orElse("");
    }

    /// A name that is taken, whatever is to be made of it.
    private void requireFree(String kind, String name) {
        if (database.named(OvsdbTable.BRIDGE, name).isPresent())
            throw new OvsError("cannot create a " + kind + " named " + name + " because a bridge named " + name + " already exists");
        Optional<OvsdbRow> port = database.named(OvsdbTable.PORT, name);
        if (port.isPresent())
            throw new OvsError("cannot create a " + kind + " named " + name + " because a port named " + name
                + " already exists on bridge " + nameOf(port.get()));
        Optional<OvsdbRow> iface = database.named(OvsdbTable.INTERFACE, name);
        if (iface.isPresent()) {
            String bridge = database.portOf(iface.get()).map(this::nameOf).orElse("");
            throw new OvsError("cannot create " + (kind.equals("interface") ? "an " : "a ") + kind + " named " + name
                + " because an interface named " + name + " already exists on bridge " + bridge);
        }
    }

    private String addBridge(Vsctl.Part part, String name) {
        if (part.has("may-exist") && database.named(OvsdbTable.BRIDGE, name).isPresent()) return "";
        if (part.arguments().size() > 1) throw new OvsError("fake bridges are not simulated");
        requireFree("bridge", name);
        OvsdbRow iface = database.add(OvsdbTable.INTERFACE, Map.of("name", OvsdbValue.text(name), "type", OvsdbValue.text("internal")));
        OvsdbRow port = database.add(OvsdbTable.PORT,
            Map.of("name", OvsdbValue.text(name), "interfaces", OvsdbValue.rows(List.of(iface.uuid()))));
        OvsdbRow bridge = database.add(OvsdbTable.BRIDGE,
            Map.of("name", OvsdbValue.text(name), "ports", OvsdbValue.rows(List.of(port.uuid()))));
        database.link(database.root().uuid(), "bridges", bridge.uuid());
        return "";
    }

    private String deleteBridge(Vsctl.Part part, String name) {
        Optional<OvsdbRow> bridge = database.named(OvsdbTable.BRIDGE, name);
        if (bridge.isEmpty()) {
            if (part.has("if-exists")) return "";
            throw new OvsError("no bridge named " + name);
        }
        database.unlink(database.root().uuid(), "bridges", bridge.get().uuid());
        database.settle();
        return "";
    }

    private String addPort(Vsctl.Part part, String bridgeName, String portName, List<String> interfaces, List<String> settings) {
        OvsdbRow bridge = bridge(bridgeName);
        Optional<OvsdbRow> old = database.named(OvsdbTable.PORT, portName);
        if (part.has("may-exist") && old.isPresent()) {
            if (!nameOf(old.get()).equals(bridgeName))
                throw new OvsError("\"--may-exist add-port " + bridgeName + " " + portName + "\" but "
                + portName + " is actually attached to bridge " + nameOf(old.get()));
            return "";
        }
        requireFree("port", portName);
        var uuids = new ArrayList<String>();
        for (String name : interfaces) {
            if (interfaces.size() > 1) requireFree("interface", name);
            uuids.add(database.add(OvsdbTable.INTERFACE, Map.of("name", OvsdbValue.text(name))).uuid());
            transaction.watch(name);
        }
        OvsdbRow port = database.add(OvsdbTable.PORT, Map.of("name", OvsdbValue.text(portName), "interfaces", OvsdbValue.rows(uuids)));
        database.link(bridge.uuid(), "ports", port.uuid());
        for (String setting : settings) new RecordCommands(transaction, "list").set(port.uuid(), setting);
        return "";
    }

    private String addBond(Vsctl.Part part, List<String> arguments) {
        List<String> interfaces = arguments.subList(2, arguments.size()).stream().filter(word -> !word.contains("=")).toList();
        List<String> settings = arguments.subList(2, arguments.size()).stream().filter(word -> word.contains("=")).toList();
        // a port that stands alone is one's own mistake, but members may come from ports of the same name only after they were deleted
        for (String name : interfaces) {
            Optional<OvsdbRow> alone = database.named(OvsdbTable.PORT, name);
            if (alone.isPresent()) throw new OvsError("cannot create an interface named " + name + " because a port named " + name
                + " already exists on bridge " + nameOf(alone.get()));
        }
        return addPort(part, arguments.getFirst(), arguments.get(1), interfaces, settings);
    }

    private String deletePort(Vsctl.Part part, List<String> arguments) {
        String name = arguments.getLast();
        Optional<OvsdbRow> port = database.named(OvsdbTable.PORT, name);
        if (arguments.size() > 1) bridge(arguments.getFirst());
        if (port.isEmpty()) {
            if (part.has("if-exists")) return "";
            throw new OvsError("no port named " + name);
        }
        OvsdbRow bridge = database.bridgeOf(port.get()).orElseThrow();
        String bridgeName = bridge.get("name").single();
        if (bridgeName.equals(name))
            throw new OvsError("cannot delete port " + name + " because it is the local port for bridge " + name
                + " (deleting this port requires deleting the entire bridge)");
        if (arguments.size() > 1 && !bridgeName.equals(arguments.getFirst()))
            throw new OvsError("bridge " + arguments.getFirst() + " does not have a port " + name);
        database.unlink(bridge.uuid(), "ports", port.get().uuid());
        database.settle();
        return "";
    }
}
