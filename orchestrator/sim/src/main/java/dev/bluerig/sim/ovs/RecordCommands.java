package dev.bluerig.sim.ovs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The commands of `ovs-vsctl` about records of any table: list, find, get, set, add, remove, clear, create, destroy (db-ctl-base.c).
final class RecordCommands {
    private final OvsdbTransaction transaction;
    private final OvsdbDatabase database;
    private final String format;

    RecordCommands(OvsdbTransaction transaction, String format) {
        this.transaction = transaction;
        this.database = transaction.database();
        this.format = format;
    }

    String run(Vsctl.Part part) {
        List<String> arguments = part.arguments();
        OvsdbTable table = OvsdbTable.named(arguments.getFirst());
        return switch (part.command()) {
            case "list" -> table(part, table, arguments.size() == 1 ? database.all(table)
                : arguments.subList(1, arguments.size()).stream().flatMap(name -> record(part, table, name).stream()).toList());
            case "find" -> table(part, table, database.all(table).stream()
                .filter(row -> arguments.subList(1, arguments.size()).stream().allMatch(condition -> holds(row, condition))).toList());
            case "get" -> get(part, table, arguments);
            case "set" -> {
                record(part, table, arguments.get(1))
                    .ifPresent(row -> arguments.subList(2, arguments.size()).forEach(setting -> set(row.uuid(), setting)));
                yield "";
            }
            case "add" -> {
                record(part, table, arguments.get(1))
                    .ifPresent(row -> add(row, table.column(arguments.get(2)), arguments.subList(3, arguments.size())));
                yield "";
            }
            case "remove" -> {
                record(part, table, arguments.get(1))
                    .ifPresent(row -> remove(row, table.column(arguments.get(2)), arguments.subList(3, arguments.size())));
                yield "";
            }
            case "clear" -> {
                record(part, table, arguments.get(1))
                    .ifPresent(row -> arguments.subList(2, arguments.size()).forEach(column -> clear(row.uuid(), table.column(column))));
                yield "";
            }
            case "create" -> create(part, table, arguments);
            case "destroy" -> {
                for (String name : arguments.subList(1, arguments.size())) record(part, table, name).ifPresent(this::destroy);
                yield "";
            }
            default -> throw new IllegalStateException(part.command());
        };
    }

    private Optional<OvsdbRow> record(Vsctl.Part part, OvsdbTable table, String name) {
        if (table == OvsdbTable.OPEN_VSWITCH && name.equals(".")) return Optional.of(database.root());
        Optional<OvsdbRow> row = name.startsWith("@") ? database.row(transaction.resolve(name))
            : database.row(name).filter(found -> found.table() == table)
            .or(() -> table == OvsdbTable.OPEN_VSWITCH ? Optional.empty() : database.named(table, name));
        if (row.isEmpty() && !part.has("if-exists")) throw new OvsError("no row \"" + name + "\" in table " + table.title());
        return row;
    }

    private String table(Vsctl.Part part, OvsdbTable table, List<OvsdbRow> rows) {
        List<OvsdbColumn> columns = part.option("columns").map(names -> List.of(names.split("[, ]+")).stream().map(table::column).toList())
            .orElseGet(table::shown);
        if (format.equals("json")) {
            List<String> lines = rows.stream()
                .map(row -> "[" + String.join(",", columns.stream().map(column -> column.json(row.get(column))).toList()) + "]").toList();
            return "{\"data\":[" + String.join(",", lines) + "],\"headings\":["
                + String.join(",", columns.stream().map(column -> "\"" + column.name() + "\"").toList()) + "]}\n";
        }
        if (!format.equals("list")) throw new OvsError("format " + format + " is not simulated");
        List<String> blocks = rows.stream().map(row -> {
            var block = new StringBuilder();
            for (OvsdbColumn column : columns) block.append("%-20s: %s\n".formatted(column.name(), column.plain(row.get(column))));
            return block.toString();
        }).toList();
        return String.join("\n", blocks);
    }

    /// `column`, `column:key`, and what follows an operator.
    private record Parsed(OvsdbColumn column, Optional<String> key, String operator, String value) {}

    private Parsed parse(OvsdbTable table, String text, boolean assigned) {
        int end = 0;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_' || text.charAt(end) == '-'))
            end++;
        OvsdbColumn column = table.column(text.substring(0, end));
        Optional<String> key = Optional.empty();
        if (end < text.length() && text.charAt(end) == ':') {
            int from = end + 1;
            if (from < text.length() && text.charAt(from) == '"') {
                int close = text.indexOf('"', from + 1);
                key = Optional.of(text.substring(from + 1, close));
                end = close + 1;
            } else {
                end = from;
                while (end < text.length() && "=!<>".indexOf(text.charAt(end)) < 0) end++;
                key = Optional.of(text.substring(from, end));
            }
        }
        String rest = text.substring(end);
        if (!assigned) return new Parsed(column, key, "", "");
        String operator = rest.startsWith("!=") ? "!=" : rest.startsWith("=") ? "=" : "";
        if (operator.isEmpty()) throw new OvsError(text + ": argument does not end in \"=\" followed by a value.");
        return new Parsed(column, key, operator, rest.substring(operator.length()));
    }

    private String get(Vsctl.Part part, OvsdbTable table, List<String> arguments) {
        Optional<OvsdbRow> row = record(part, table, arguments.get(1));
        if (row.isEmpty()) return "";
        part.option("id").ifPresent(symbol -> transaction.name(symbol, row.get().uuid()));
        var text = new StringBuilder();
        for (String argument : arguments.subList(2, arguments.size())) {
            Parsed wanted = parse(table, argument, false);
            OvsdbValue value = row.get().get(wanted.column());
            if (wanted.key().isEmpty()) {
                text.append(wanted.column().plain(value)).append('\n');
                continue;
            }
            if (!(value instanceof OvsdbValue.AtomMap(Map<OvsdbAtom, OvsdbAtom> pairs)))
                throw new OvsError("cannot specify key to get for non-map column " + wanted.column().name());
            OvsdbAtom found = pairs.get(OvsdbAtom.text(wanted.key().get()));
            if (found == null && !part.has("if-exists"))
                throw new OvsError("no key \"" + wanted.key().get() + "\" in " + table.title() + " record \""
                + arguments.get(1) + "\" column " + wanted.column().name());
            text.append(found == null ? "" : found.plain()).append('\n');
        }
        return text.toString();
    }

    private boolean holds(OvsdbRow row, String condition) {
        Parsed wanted = parse(row.table(), condition, true);
        OvsdbValue value = row.get(wanted.column());
        boolean equal = wanted.key().isEmpty() ? OvsdbLiterals.value(wanted.column(), wanted.value(), transaction).equals(value)
            : value instanceof OvsdbValue.AtomMap(Map<OvsdbAtom, OvsdbAtom> pairs) && pairs.containsKey(OvsdbAtom.text(wanted.key().get()))
                && pairs.get(OvsdbAtom.text(wanted.key().get())).text()
                .equals(OvsdbLiterals.atom(wanted.column(), wanted.value(), transaction).text());
        return equal == wanted.operator().equals("=");
    }

    void set(String uuid, String setting) {
        OvsdbRow row = database.row(uuid).orElseThrow();
        Parsed wanted = parse(row.table(), setting, true);
        OvsdbColumn column = wanted.column();
        if (!wanted.operator().equals("=")) throw new OvsError(setting + ": argument does not end in \"=\" followed by a value.");
        if (wanted.key().isEmpty()) {
            database.put(row.with(column.name(), OvsdbLiterals.value(column, wanted.value(), transaction)));
            return;
        }
        if (!(row.get(column) instanceof OvsdbValue.AtomMap(Map<OvsdbAtom, OvsdbAtom> pairs)))
            throw new OvsError("cannot specify key to set for non-map column " + column.name());
        var changed = new HashMap<>(pairs);
        changed.put(OvsdbAtom.text(wanted.key().get()), OvsdbLiterals.atom(column, wanted.value(), transaction));
        database.put(row.with(column.name(), new OvsdbValue.AtomMap(changed)));
    }

    private void add(OvsdbRow row, OvsdbColumn column, List<String> values) {
        OvsdbValue value = database.row(row.uuid()).orElseThrow().get(column);
        for (String text : values) {
            OvsdbValue more = OvsdbLiterals.value(column, text, transaction);
            value = switch (value) {
                case OvsdbValue.AtomSet(List<OvsdbAtom> atoms) -> {
                    var all = new ArrayList<>(atoms);
                    more.texts().stream().map(one -> new OvsdbAtom(column.type(), one)).filter(atom -> !all.contains(atom))
                        .forEach(all::add);
                    if (all.size() > 1 && !column.many())
                        throw new OvsError("\"add\" operation would put " + all.size() + " values in column "
                        + column.name() + " of table " + row.table().title() + " but the maximum number is 1");
                    yield new OvsdbValue.AtomSet(all);
                }
                case OvsdbValue.AtomMap(Map<OvsdbAtom, OvsdbAtom> pairs) -> {
                    var all = new HashMap<>(pairs);
                    if (more instanceof OvsdbValue.AtomMap(Map<OvsdbAtom, OvsdbAtom> fresh)) fresh.forEach(all::putIfAbsent);
                    yield new OvsdbValue.AtomMap(all);
                }
            };
        }
        database.put(row.with(column.name(), value));
    }

    private void remove(OvsdbRow row, OvsdbColumn column, List<String> values) {
        OvsdbValue value = row.get(column);
        for (String text : values) {
            value = switch (value) {
                case OvsdbValue.AtomSet(List<OvsdbAtom> atoms) -> {
                    List<OvsdbAtom> gone = ((OvsdbValue.AtomSet) OvsdbLiterals.value(column, text, transaction)).atoms();
                    yield new OvsdbValue.AtomSet(atoms.stream().filter(atom -> !gone.contains(atom)).toList());
                }
                case OvsdbValue.AtomMap(Map<OvsdbAtom, OvsdbAtom> pairs) -> {
                    var kept = new HashMap<>(pairs);
                    if (text.contains("="))
                        ((OvsdbValue.AtomMap) OvsdbLiterals.value(column, text, transaction)).pairs().forEach(kept::remove);
                    else kept.remove(OvsdbLiterals.atom(column, text, transaction));
                    yield new OvsdbValue.AtomMap(kept);
                }
            };
        }
        database.put(row.with(column.name(), value));
    }

    private void clear(String uuid, OvsdbColumn column) {
        if (!column.optional())
            throw new OvsError("\"clear\" operation cannot be applied to column " + column.name() + " which is not allowed to be empty");
        database.put(database.row(uuid).orElseThrow()
            .with(column.name(), column.map() ? new OvsdbValue.AtomMap(Map.of()) : OvsdbValue.nothing()));
    }

    private String create(Vsctl.Part part, OvsdbTable table, List<String> arguments) {
        if (table == OvsdbTable.OPEN_VSWITCH) throw new OvsError("a second Open_vSwitch record is not simulated");
        OvsdbRow row = database.add(table, Map.of());
        part.option("id").ifPresent(symbol -> transaction.name(symbol, row.uuid()));
        arguments.subList(1, arguments.size()).forEach(setting -> set(row.uuid(), setting));
        return row.uuid() + "\n";
    }

    private void destroy(OvsdbRow row) {
        for (OvsdbRow bridge : database.all(OvsdbTable.BRIDGE)) database.unlink(bridge.uuid(), "ports", row.uuid());
        database.unlink(database.root().uuid(), "bridges", row.uuid());
    }
}
