package dev.bluerig.sim.ovs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One row; what is not said is the column's standard value.
record OvsdbRow(String uuid, OvsdbTable table, Map<String, OvsdbValue> values) {
    OvsdbRow {
        values = Map.copyOf(values);
    }

    OvsdbValue get(OvsdbColumn column) {
        if (column.name().equals("_uuid")) return OvsdbValue.rows(List.of(uuid));
        OvsdbValue value = values.get(column.name());
        return value == null ? column.standard() : value;
    }

    OvsdbValue get(String column) {
        return get(table.column(column));
    }

    OvsdbRow with(String column, OvsdbValue value) {
        var changed = new HashMap<>(values);
        changed.put(column, value);
        return new OvsdbRow(uuid, table, changed);
    }
}
