package dev.bluerig.fact.tls;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Numerals;
import dev.bluerig.remote.Command;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `/proc/net/tls_stat` of the session's network namespace: what kernel TLS has done since its module was loaded. A counter that is not
/// listed is absent, which is not zero (10 to 17 counters, depending on the kernel).
public record TlsCounters(Map<String, Long> values) {
    private static final Pattern LINE = Pattern.compile("(Tls\\w+)\\s+(\\d+)");

    public TlsCounters {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    public OptionalLong of(String name) {
        Long value = values.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    public record Seen() implements Fact.Question<TlsCounters> {
        static final Command COMMAND = Command.of("cat", "/proc/net/tls_stat");

        @Override
        public Inquiry<TlsCounters> read() {
            return Inquiry.parse(COMMAND, TlsCounters::parse);
        }
    }

    public static TlsCounters parse(String text) {
        var values = new TreeMap<String, Long>();
        text.lines().map(LINE::matcher).filter(Matcher::matches)
            .forEach(line -> Numerals.count(line.group(2)).ifPresent(value -> values.put(line.group(1), value)));
        if (values.isEmpty()) throw new IllegalArgumentException("no Tls counters in it");
        return new TlsCounters(values);
    }
}
