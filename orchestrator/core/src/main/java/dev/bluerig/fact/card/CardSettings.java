package dev.bluerig.fact.card;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The non-volatile settings of a card, as `mlxconfig -d D -e q` lists them. `description` is of the header, as is `type` (`BlueField2`);
/// `values` is empty when the tool failed. Without `-e` there is only the next-boot column, which may not be active yet.
record CardSettings(Optional<String> type, Optional<String> description, Map<String, Value> values) {
    static final CardSettings NOTHING = new CardSettings(Optional.empty(), Optional.empty(), Map.of());

    /// `current` is absent when the tool printed one column only.
    record Value(Optional<String> current, String next) {
        private static final Set<String> NOTHING = Set.of("N/A", "n/a", "-", "--");

        /// `N/A`, and `-` of some releases, is no value, so nothing can differ from it.
        boolean waits() {
            return !NOTHING.contains(next) && current.filter(now -> !NOTHING.contains(now) && !now.equals(next)).isPresent();
        }
    }

    private static final Pattern HEADER = Pattern.compile("^\\s*Configurations:\\s+(.*)$");
    /// `*` marks what differs, `RO` what cannot be set; columns do not line up with their header.
    private static final Pattern ROW = Pattern.compile("^\\*?\\s*(?:RO\\s+)?([A-Za-z_][A-Za-z0-9_]*(?:\\[\\d+\\])?)\\s+(\\S.*)$");

    CardSettings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static CardSettings parse(String text) {
        var values = new LinkedHashMap<String, Value>();
        int columns = 0;
        for (String line : text.lines().toList()) {
            Matcher header = HEADER.matcher(line);
            if (header.matches()) columns = header.group(1).contains("Current") ? 3 : 1;
            Matcher row = ROW.matcher(line);
            if (columns == 0 || header.matches() || !row.matches()) continue;
            List<String> cells = List.of(row.group(2).strip().split("\\s+"));
            if (cells.size() < columns || line.startsWith("The ")) continue;
            values.put(row.group(1), columns == 3 ? new Value(Optional.of(cells.get(1)), cells.get(2))
                : new Value(Optional.empty(), cells.get(0)));
        }
        Labels header = Labels.parse(text);
        return new CardSettings(header.first("Device type"), header.first("Description"), values);
    }

    /// What is active now.
    Optional<String> current(String name) {
        return Optional.ofNullable(values.get(name)).flatMap(Value::current);
    }

    boolean complete() {
        return !values.isEmpty() && values.values().stream().allMatch(value -> value.current().isPresent());
    }

    /// `NAME: now, after the next reset`.
    List<String> waiting() {
        return values.entrySet().stream().filter(entry -> entry.getValue().waits())
            .map(entry -> entry.getKey() + ": " + entry.getValue().current().orElseThrow() + " now, " + entry.getValue().next()
            + " after the next reset").toList();
    }

    /// Domain facts 1.4. INTERNAL_CPU_MODEL is EMBEDDED_CPU in NIC mode too, and `ENABLED(0)` of the offload engine is DPU mode.
    Optional<CardMode> mode() {
        if (!complete()) return Optional.empty();
        if (!values.containsKey("INTERNAL_CPU_MODEL") && !values.containsKey("INTERNAL_CPU_OFFLOAD_ENGINE"))
            return type.filter(name -> !name.startsWith("BlueField")).map(adapter -> CardMode.ADAPTER);
        if (is("INTERNAL_CPU_MODEL", "SEPARATED_HOST")) return Optional.of(CardMode.SEPARATED);
        if (is("INTERNAL_CPU_OFFLOAD_ENGINE", "DISABLED")) return Optional.of(CardMode.NIC);
        if (is("INTERNAL_CPU_OFFLOAD_ENGINE", "ENABLED")) return Optional.of(CardMode.DPU);
        if (is("INTERNAL_CPU_PAGE_SUPPLIER", "EXT_HOST_PF") && is("INTERNAL_CPU_ESWITCH_MANAGER", "EXT_HOST_PF"))
            return Optional.of(CardMode.NIC);
        boolean engineless = !values.containsKey("INTERNAL_CPU_OFFLOAD_ENGINE");      // one that is listed and tells neither may be off
        return engineless && is("INTERNAL_CPU_MODEL", "EMBEDDED_CPU") ? Optional.of(CardMode.DPU) : Optional.empty();
    }

    private boolean is(String name, String word) {
        return current(name).filter(value -> value.startsWith(word + "(")).isPresent();
    }

    /// `port` counts from 1.
    Optional<LinkType> linkType(int port) {
        return current("LINK_TYPE_P" + port).flatMap(value -> value.startsWith("ETH(") ? Optional.of(LinkType.ETHERNET)
            : value.startsWith("IB(") ? Optional.of(LinkType.INFINIBAND) : Optional.empty());
    }
}
