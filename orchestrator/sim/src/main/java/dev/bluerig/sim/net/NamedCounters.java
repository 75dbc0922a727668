package dev.bluerig.sim.net;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Counters of a kernel or a card, in the order in which they are printed. Counting a name that is not among them is a defect of the lab.
public final class NamedCounters {
    private final Map<String, LongAdder> values;

    public NamedCounters(List<String> names) {
        var all = new LinkedHashMap<String, LongAdder>();
        names.forEach(name -> all.put(name, new LongAdder()));
        values = Collections.unmodifiableMap(all);
    }

    public void add(String name, long count) {
        LongAdder counter = values.get(name);
        if (counter == null) throw new IllegalArgumentException("no counter " + name + " among " + values.keySet());
        counter.add(count);
    }

    public long of(String name) {
        LongAdder counter = values.get(name);
        return counter == null ? 0 : counter.sum();
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Map<String, Long> all() {
        var now = new LinkedHashMap<String, Long>();
        values.forEach((name, counter) -> now.put(name, counter.sum()));
        return now;
    }
}
