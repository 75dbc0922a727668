package dev.bluerig.sim.ovs;

import java.util.List;
import java.util.Map;

/// `ovs-vsctl show`.
record VsctlShow(OvsdbDatabase database) {
    String text() {
        var text = new StringBuilder(database.root().uuid()).append('\n');
        for (OvsdbRow bridge : database.references(database.root(), "bridges")) {
            text.append("    Bridge ").append(name(bridge)).append('\n');
            columns(text, bridge, 8, List.of("fail_mode", "datapath_type"));
            for (OvsdbRow port : database.references(bridge, "ports")) port(text, port);
        }
        columns(text, database.root(), 4, List.of("ovs_version"));
        return text.toString();
    }

    private void port(StringBuilder text, OvsdbRow port) {
        text.append("        Port ").append(name(port)).append('\n');
        columns(text, port, 12, List.of("tag", "trunks"));
        for (OvsdbRow iface : database.references(port, "interfaces")) {
            text.append("            Interface ").append(name(iface)).append('\n');
            columns(text, iface, 16, List.of("type", "options", "error"));
        }
    }

    private static String name(OvsdbRow row) {
        return OvsdbAtom.text(row.get("name").single()).plain();
    }

    /// Only what is not the standard value.
    private static void columns(StringBuilder text, OvsdbRow row, int indent, List<String> names) {
        for (String name : names) {
            OvsdbColumn column = row.table().column(name);
            OvsdbValue value = row.get(column);
            boolean standard = switch (value) {
                case OvsdbValue.AtomSet(List<OvsdbAtom> atoms) -> atoms.isEmpty() || value.equals(column.standard());
                case OvsdbValue.AtomMap(Map<OvsdbAtom, OvsdbAtom> pairs) -> pairs.isEmpty();
            };
            if (!standard) text.append(" ".repeat(indent)).append(name).append(": ").append(column.plain(value)).append('\n');
        }
    }
}
