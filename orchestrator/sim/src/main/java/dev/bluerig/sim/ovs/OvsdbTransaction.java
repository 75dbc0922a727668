package dev.bluerig.sim.ovs;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one run of ovs-vsctl wants: a copy of the database, the names given to rows by `--id`, the links it added.
final class OvsdbTransaction {
    private final OvsdbDatabase before;
    private final OvsdbDatabase database;
    private final Map<String, String> symbols = new HashMap<>();
    private final Set<String> added = new LinkedHashSet<>();

    OvsdbTransaction(OvsdbDatabase before) {
        this.before = before;
        this.database = before.copy();
    }

    OvsdbDatabase database() {
        return database;
    }

    void name(String symbol, String uuid) {
        if (symbols.putIfAbsent(symbol, uuid) != null)
            throw new OvsError("row id \"" + symbol + "\" may only be specified on one --id option");
    }

    /// `@symbol` or a uuid.
    String resolve(String word) {
        if (word.startsWith("@")) {
            String uuid = symbols.get(word);
            if (uuid == null)
                throw new OvsError("row id \"" + word + "\" is referenced but never created (e.g. with \"-- --id=" + word
                    + " create ...\")");
            return uuid;
        }
        if (!word.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) throw new OvsError("\"" + word + "\" is not a valid UUID");
        return word;
    }

    /// After the commit the switch is asked whether these came up.
    void watch(String iface) {
        added.add(iface);
    }

    Set<String> added() {
        return added;
    }

    boolean changed() {
        for (OvsdbTable table : OvsdbTable.values()) {
            List<OvsdbRow> now = database.all(table);
            List<OvsdbRow> then = before.all(table);
            if (!now.equals(then)) return true;
        }
        return false;
    }
}
