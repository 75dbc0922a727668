package dev.bluerig.fact.tls;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Numerals;
import dev.bluerig.fact.Reading;
import dev.bluerig.remote.Command;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What FreeBSD's kernel TLS has counted, by the names of `sysctl kern.ipc.tls.stats` (ktls(4)). No trial runs there yet:
/// the agent speaks to Linux alone.
public record BsdTlsCounters(Map<String, Long> values) {
    private static final Pattern LINE = Pattern.compile("(kern\\.ipc\\.tls\\.stats\\.[A-Za-z0-9_.]+): (\\d+)");
    private static final Command KERNEL = Command.of("uname", "-s");

    public BsdTlsCounters {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /// Asked of FreeBSD alone; any other kernel is unknown.
    public record Seen() implements Fact.Question<BsdTlsCounters> {
        @Override
        public Inquiry<BsdTlsCounters> read() {
            return Inquiry.parse(KERNEL, String::strip).then(kernel -> kernel.equals("FreeBSD")
                ? Inquiry.parse(Command.of("sysctl", "kern.ipc.tls.stats"), BsdTlsCounters::parse)
                : Reading.unknown("the kernel is " + kernel + ", not FreeBSD"));
        }
    }

    static BsdTlsCounters parse(String text) {
        var values = new TreeMap<String, Long>();
        text.lines().map(String::strip).map(LINE::matcher).filter(Matcher::matches)
            .forEach(line -> Numerals.count(line.group(2)).ifPresent(value -> values.put(line.group(1), value)));
        if (values.isEmpty()) throw new IllegalArgumentException("no kern.ipc.tls.stats in it");
        return new BsdTlsCounters(values);
    }
}
