package dev.bluerig.lab.sim.ovs;

import java.util.List;
import java.util.Map;

/// `ovs-vsctl show`.
record Show(Database database) {
    String text() {
        var text = new StringBuilder(database.root().uuid()).append('\n');
        for (Row bridge : database.references(database.root(), "bridges")) {
            text.append("    Bridge ").append(name(bridge)).append('\n');
            columns(text, bridge, 8, List.of("fail_mode", "datapath_type"));
            for (Row port : database.references(bridge, "ports")) port(text, port);
        }
        columns(text, database.root(), 4, List.of("ovs_version"));
        return text.toString();
    }

    private void port(StringBuilder text, Row port) {
        text.append("        Port ").append(name(port)).append('\n');
        columns(text, port, 12, List.of("tag", "trunks"));
        for (Row iface : database.references(port, "interfaces")) {
            text.append("            Interface ").append(name(iface)).append('\n');
            columns(text, iface, 16, List.of("type", "options", "error"));
        }
    }

    private static String name(Row row) {
        return Atom.text(row.get("name").single()).plain();
    }

    /// Only what is not the standard value.
    private static void columns(StringBuilder text, Row row, int indent, List<String> names) {
        for (String name : names) {
            Column column = row.table().column(name);
            Value value = row.get(column);
            boolean standard = switch (value) {
                case Value.Many(List<Atom> atoms) -> atoms.isEmpty() || value.equals(column.standard());
                case Value.Pairs(Map<Atom, Atom> pairs) -> pairs.isEmpty();
            };
            if (!standard) text.append(" ".repeat(indent)).append(name).append(": ").append(column.plain(value)).append('\n');
        }
    }
}
