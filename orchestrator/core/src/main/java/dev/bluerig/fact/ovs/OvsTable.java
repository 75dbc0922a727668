package dev.bluerig.fact.ovs;

import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Json;
import dev.bluerig.source.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One table as `ovs-vsctl -f json list` prints it: rows of columns in any order, values in OVSDB's notation (RFC 7047, 5.1).
record OvsTable(List<Row> rows) {
    OvsTable {
        rows = List.copyOf(rows);
    }

    static OvsTable parse(String json) {
        Tree tree;
        try {
            tree = Json.read("ovs-vsctl", json);
        } catch (InvalidInput notJson) {
            throw new IllegalArgumentException(notJson.getMessage());
        }
        if (!(tree instanceof Tree.Mapping table)) throw new IllegalArgumentException("a table was expected, not " + json);
        List<Tree> headings = items(table, "headings");
        var rows = new ArrayList<Row>();
        for (Tree row : items(table, "data")) rows.add(row(headings, row));
        return new OvsTable(rows);
    }

    private static List<Tree> items(Tree.Mapping table, String field) {
        if (table.get(field).orElse(null) instanceof Tree.Sequence list) return list.items();
        throw new IllegalArgumentException("a table has no " + field);
    }

    private static Row row(List<Tree> headings, Tree values) {
        if (!(values instanceof Tree.Sequence list) || list.items().size() != headings.size())
            throw new IllegalArgumentException("a row does not have the " + headings.size() + " columns of its table");
        var columns = new LinkedHashMap<String, Tree>();
        for (int i = 0; i < headings.size(); i++) columns.put(scalar(headings.get(i)), list.items().get(i));
        return new Row(columns);
    }

    private static String scalar(Tree tree) {
        if (tree instanceof Tree.Scalar scalar) return scalar.text();
        throw new IllegalArgumentException("a plain value was expected in a table");
    }

    /// One record. A column that this version of OVS does not have reads as empty.
    record Row(Map<String, Tree> columns) {
        String text(String column) {
            return all(column).stream().findFirst().orElse("");
        }

        Optional<String> some(String column) {
            return all(column).stream().findFirst();
        }

        Optional<Integer> number(String column) {
            return some(column).map(Row::whole);
        }

        List<Integer> numbers(String column) {
            return all(column).stream().map(Row::whole).toList();
        }

        private static int whole(String digits) {
            try {
                return Integer.parseInt(digits);
            } catch (NumberFormatException strange) {
                throw new IllegalArgumentException("a whole number was expected, not " + digits);
            }
        }

        boolean yes(String column) {
            return text(column).equals("true");
        }

        /// The values of a set; one value stands bare. A reference reads as its uuid.
        List<String> all(String column) {
            return switch (columns.get(column)) {
                case null -> List.of();
                case Tree.Sequence tagged when tagged.items().size() == 2 && tagged.items().get(1) instanceof Tree.Sequence set
                    && tag(tagged).equals("set") ->
                    set.items().stream().map(Row::value).toList();
                case Tree one -> List.of(value(one));
            };
        }

        private static String value(Tree value) {
            return value instanceof Tree.Sequence tagged && tagged.items().size() == 2 && tag(tagged).equals("uuid")
                ? scalar(tagged.items().get(1)) : scalar(value);
        }

        /// Every column that is not at its default and not among those that were `read` otherwise, as ovs-vsctl takes its value on a
        /// command line. So a column that nobody here has heard of is seen, too.
        Map<String, String> beside(Set<String> read) {
            var settings = new TreeMap<String, String>();
            columns.forEach((column, value) -> {
                if (!read.contains(column) && !standard(value)) settings.put(column, literal(value));
            });
            return Collections.unmodifiableMap(settings);
        }

        private static final Set<String> ZEROES = Set.of("0", "0.0", "false");

        /// OVSDB has no defaults but these (RFC 7047, 5.2.1): nothing, zero, false, the empty text.
        private static boolean standard(Tree value) {
            return switch (value) {
                case Tree.Scalar scalar -> scalar.plain() ? ZEROES.contains(scalar.text()) : scalar.text().isEmpty();
                case Tree.Sequence tagged -> tagged.items().size() == 2 && tagged.items().get(1) instanceof Tree.Sequence many
                    && many.items().isEmpty();
                case Tree.Mapping strange -> false;
            };
        }

        private static String literal(Tree value) {
            return switch (value) {
                case Tree.Scalar scalar -> scalar.plain() ? scalar.text() : Json.quoted(scalar.text());
                case Tree.Sequence tagged when tag(tagged).equals("set") && tagged.items().get(1) instanceof Tree.Sequence set ->
                    set.items().stream().map(Row::literal).sorted().collect(Collectors.joining(",", "[", "]"));
                case Tree.Sequence tagged when tag(tagged).equals("map") && tagged.items().get(1) instanceof Tree.Sequence pairs ->
                    pairs.items().stream().map(Row::pair).sorted().collect(Collectors.joining(",", "{", "}"));
                case Tree other -> value(other);
            };
        }

        private static String pair(Tree pair) {
            if (pair instanceof Tree.Sequence two && two.items().size() == 2)
                return literal(two.items().get(0)) + "=" + literal(two.items().get(1));
            throw new IllegalArgumentException("a key and its value were expected in a map");
        }

        private static String tag(Tree.Sequence tagged) {
            return !tagged.items().isEmpty() && tagged.items().getFirst() instanceof Tree.Scalar tag ? tag.text() : "";
        }

        Map<String, String> map(String column) {
            if (!(columns.get(column) instanceof Tree.Sequence tagged)) return Map.of();
            if (tagged.items().size() != 2 || !tag(tagged).equals("map") || !(tagged.items().get(1) instanceof Tree.Sequence pairs))
                throw new IllegalArgumentException("column " + column + " is not a map");
            var map = new TreeMap<String, String>();
            for (Tree pair : pairs.items()) {
                if (!(pair instanceof Tree.Sequence two) || two.items().size() != 2)
                    throw new IllegalArgumentException("column " + column + " is not a map");
                map.put(value(two.items().get(0)), value(two.items().get(1)));
            }
            return Collections.unmodifiableMap(map);
        }
    }
}
