package dev.bluerig.fact.card;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Numerals;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.remote.Command;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// The driver's counters of one link, as `ethtool -S` names them. Per-ring rows (`tx3_tls_ooo`) stand beside the sums: never add the two.
public record NicCounters(Map<String, Long> values) {
    public NicCounters {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    public OptionalLong of(String name) {
        Long value = values.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /// A link without driver counters (loopback, a plain veth of an old kernel) is unknown, and ethtool says why.
    public record Seen(LinkName link) implements Fact.Question<NicCounters> {
        @Override
        public Inquiry<NicCounters> read() {
            return Inquiry.parse(Command.of("ethtool", "-S", link.text()), NicCounters::parse);
        }
    }

    /// `     rx_tls_err: 0`: the name is all before the last colon. A value that no counter can have is left out, the others stand.
    public static NicCounters parse(String text) {
        var values = new TreeMap<String, Long>();
        text.lines().filter(line -> !line.isEmpty() && Character.isWhitespace(line.charAt(0))).forEach(line -> {
            int colon = line.lastIndexOf(':');
            if (colon < 0) return;
            String name = line.substring(0, colon).strip();
            if (named(name)) Numerals.count(line.substring(colon + 1).strip()).ifPresent(value -> values.put(name, value));
        });
        if (values.isEmpty()) throw new IllegalArgumentException("no counters in it");
        return new NicCounters(values);
    }

    private static boolean named(String name) {
        return !name.isEmpty() && name.chars().allMatch(one -> one < 128 && Character.isLetterOrDigit(one) || "_.[] -".indexOf(one) >= 0);
    }
}
