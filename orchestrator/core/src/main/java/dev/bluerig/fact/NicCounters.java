package dev.bluerig.fact;

import dev.bluerig.inventory.LinkName;
import dev.bluerig.remote.Command;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The driver's counters of one link, as `ethtool -S` names them. Per-ring rows (`tx3_tls_ooo`) stand beside the sums: never add the two (domain facts 2.5).
public record NicCounters(Map<String, Long> values) {
    private static final Pattern LINE = Pattern.compile("\\s+([A-Za-z0-9_.\\[\\] -]+?):\\s*(\\d+)\\s*");

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
        public Reading<NicCounters> read() {
            return Reading.parse(Command.of("ethtool", "-S", link.text()), NicCounters::parse);
        }
    }

    static NicCounters parse(String text) {
        var values = new TreeMap<String, Long>();
        text.lines().map(LINE::matcher).filter(Matcher::matches).forEach(line -> values.put(line.group(1), Long.valueOf(line.group(2))));
        if (values.isEmpty()) throw new IllegalArgumentException("no counters in it");
        return new NicCounters(values);
    }
}
