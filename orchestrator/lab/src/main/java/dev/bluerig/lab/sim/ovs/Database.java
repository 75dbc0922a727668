package dev.bluerig.lab.sim.ovs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The rows of all tables at one moment. A transaction works on a copy.
final class Database {
    private final Map<String, Row> rows = new LinkedHashMap<>();

    static Database empty() {
        var database = new Database();
        var root = new Row(UUID.randomUUID().toString(), Table.OPEN_VSWITCH, Map.of(
            "ovs_version", Value.text("3.1.0"), "db_version", Value.text("8.3.1"), "dpdk_version", Value.text("none"),
            "system_type", Value.text("ubuntu"), "system_version", Value.text("22.04"),
            "datapath_types", new Value.Many(List.of(Atom.text("netdev"), Atom.text("system"))),
            "iface_types", new Value.Many(List.of(Atom.text("geneve"), Atom.text("internal"), Atom.text("patch"), Atom.text("system"), Atom.text("vxlan")))));
        database.rows.put(root.uuid(), root);
        return database;
    }

    Database copy() {
        var copy = new Database();
        copy.rows.putAll(rows);
        return copy;
    }

    Row root() {
        return all(Table.OPEN_VSWITCH).getFirst();
    }

    List<Row> all(Table table) {
        return rows.values().stream().filter(row -> row.table() == table).toList();
    }

    Optional<Row> row(String uuid) {
        return Optional.ofNullable(rows.get(uuid));
    }

    Optional<Row> named(Table table, String name) {
        return all(table).stream().filter(row -> row.get("name").single().equals(name)).findFirst();
    }

    Row add(Table table, Map<String, Value> values) {
        var row = new Row(UUID.randomUUID().toString(), table, values);
        rows.put(row.uuid(), row);
        return row;
    }

    void put(Row row) {
        rows.put(row.uuid(), row);
    }

    /// Rows that a column of another row names.
    List<Row> references(Row from, String column) {
        return from.get(column).texts().stream().map(rows::get).filter(java.util.Objects::nonNull).toList();
    }

    void link(String from, String column, String to) {
        Row row = rows.get(from);
        var all = new ArrayList<>(row.get(column).texts());
        if (!all.contains(to)) all.add(to);
        rows.put(from, row.with(column, Value.rows(all)));
    }

    void unlink(String from, String column, String to) {
        Row row = rows.get(from);
        var all = new ArrayList<>(row.get(column).texts());
        all.remove(to);
        rows.put(from, row.with(column, Value.rows(all)));
    }

    /// Which bridge holds this port.
    Optional<Row> bridgeOf(Row port) {
        return all(Table.BRIDGE).stream().filter(bridge -> bridge.get("ports").texts().contains(port.uuid())).findFirst();
    }

    Optional<Row> portOf(Row iface) {
        return all(Table.PORT).stream().filter(port -> port.get("interfaces").texts().contains(iface.uuid())).findFirst();
    }

    /// At commit: bridges, ports and interfaces that nobody names are gone (they are not root tables of the schema), names are unique.
    void settle() {
        keep(Table.BRIDGE, root().get("bridges").texts());
        keep(Table.PORT, all(Table.BRIDGE).stream().flatMap(bridge -> bridge.get("ports").texts().stream()).toList());
        keep(Table.INTERFACE, all(Table.PORT).stream().flatMap(port -> port.get("interfaces").texts().stream()).toList());
        for (Table table : List.of(Table.BRIDGE, Table.PORT, Table.INTERFACE)) {
            long names = all(table).stream().map(row -> row.get("name").single()).distinct().count();
            if (names < all(table).size())
                throw new OvsProblem("transaction error: {\"details\":\"Transaction causes multiple rows in \\\"" + table.title() + "\\\" table to have identical values\",\"error\":\"constraint violation\"}");
        }
    }

    private void keep(Table table, List<String> named) {
        rows.values().removeIf(row -> row.table() == table && !named.contains(row.uuid()));
    }
}
