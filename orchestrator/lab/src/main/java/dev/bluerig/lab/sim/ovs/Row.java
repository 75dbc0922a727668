package dev.bluerig.lab.sim.ovs;

import java.util.HashMap;
import java.util.Map;

/// One row; what is not said is the column's standard value.
record Row(String uuid, Table table, Map<String, Value> values) {
    Row {
        values = Map.copyOf(values);
    }

    Value get(Column column) {
        if (column.name().equals("_uuid")) return Value.rows(java.util.List.of(uuid));
        Value value = values.get(column.name());
        return value == null ? column.standard() : value;
    }

    Value get(String column) {
        return get(table.column(column));
    }

    Row with(String column, Value value) {
        var changed = new HashMap<>(values);
        changed.put(column, value);
        return new Row(uuid, table, changed);
    }
}
