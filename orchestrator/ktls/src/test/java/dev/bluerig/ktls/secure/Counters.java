package dev.bluerig.ktls.secure;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the kernel and the NIC of one end have counted of TLS so far: the lines of /proc/net/tls_stat (Documentation/networking/tls.rst)
/// and, for a NIC, those of `ethtool -S`.
record Counters(Map<String, Long> values) {
    Counters {
        values = Map.copyOf(values);
    }

    static Counters here(LinkUnderTest link) throws Exception {
        return read(link.here("cat", "/proc/net/tls_stat"), link.nic().isEmpty() ? List.of() : link.here("ethtool", "-S", link.nic()));
    }

    static Counters there(LinkUnderTest link) throws Exception {
        return read(link.there("cat", "/proc/net/tls_stat"), link.nic().isEmpty() ? List.of() : link.there("ethtool", "-S", link.nic()));
    }

    private static Counters read(List<String> kernel, List<String> nic) throws Exception {
        var values = new HashMap<String, Long>();
        take(CommandOutput.by(kernel), values);
        if (!nic.isEmpty()) take(CommandOutput.by(nic), values);
        return new Counters(values);
    }

    private static void take(String text, Map<String, Long> values) throws IOException {
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split("[:\\s]+");
            if (words.length == 2 && words[1].matches("[0-9]+")) values.put(words[0], Long.parseLong(words[1]));
        }
        if (values.isEmpty()) throw new IOException("wanted counters, found: " + text);
    }

    /// How far a counter has moved since. One that neither shows is a failure: a wrong name would otherwise stand still for ever.
    long moved(String name, Counters before) {
        if (!values.containsKey(name)) throw new AssertionError("no counter " + name + " among " + values.keySet());
        return values.get(name) - before.values.getOrDefault(name, 0L);
    }
}
