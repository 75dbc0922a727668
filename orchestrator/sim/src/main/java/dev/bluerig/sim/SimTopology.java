package dev.bluerig.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a simulated lab consists of: pairs of hosts, each host with a DPU of two ports, cabled back to back port by port.
///
/// - `factoryLogin`: DPUs have the password of the image (`ubuntu`, expired) and no key, as out of the box.
/// - `sudoPassword`: empty, or what sudo asks for on every machine.
public record SimTopology(int pairs, boolean factoryLogin, String sudoPassword, List<Fault> faults) {
    /// Two addresses of a /30 for each of the two cables of a pair, of 198.18.0.0/16; more than a thousand hosts nobody has tried.
    public static final int MOST_PAIRS = 1000;

    public SimTopology {
        faults = List.copyOf(faults);
        if (pairs < 1 || pairs > MOST_PAIRS)
            throw new IllegalArgumentException("a simulated lab has 1 to " + MOST_PAIRS + " pairs: " + pairs);
        Set<String> names = Set.copyOf(names(pairs));
        for (Fault fault : faults) {
            if (!names.contains(fault.machine()))
                throw new IllegalArgumentException("no machine " + fault.machine() + " in this lab: " + fault);
        }
    }

    /// Login by key and sudo without password everywhere, nothing broken.
    public static SimTopology of(int pairs) {
        return new SimTopology(pairs, false, "", List.of());
    }

    public SimTopology with(Fault fault) {
        var more = new ArrayList<>(faults);
        more.add(fault);
        return new SimTopology(pairs, factoryLogin, sudoPassword, more);
    }

    /// One pair is `host-a`, `dpu-a`, `host-b`, `dpu-b`; more are `host-001` to `host-NNN`, of which two neighbours make a pair.
    public List<String> names() {
        return names(pairs);
    }

    private static List<String> names(int pairs) {
        var names = new ArrayList<String>();
        for (int i = 0; i < 2 * pairs; i++) {
            names.add("host-" + suffix(pairs, i));
            names.add("dpu-" + suffix(pairs, i));
        }
        return names;
    }

    /// What follows `host-` and `dpu-`; `index` counts hosts from 0.
    static String suffix(int pairs, int index) {
        return pairs == 1 ? index == 0 ? "a" : "b" : "%03d".formatted(index + 1);
    }
}
