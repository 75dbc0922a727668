package dev.bluerig.inventory;

import dev.bluerig.source.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the test-bed is: machines in the order written, groups with their machines (nested ones included), pairs.
///
/// `lab` is the name of the lab that wrote it (`sim`, `namespace`, `kernel`), absent for real hardware; every report shows it.
///
/// Finding the DPUs and pairs of a host costs the same in a bench and in a fleet.
public final class Inventory {
    private final Map<String, Machine> machines;
    private final Map<String, List<String>> groups;
    private final Map<String, Pair> pairs;
    private final Optional<String> lab;
    private final Map<String, List<Machine>> dpus;
    private final Map<String, List<Pair>> cabled;

    public Inventory(Map<String, Machine> machines, Map<String, List<String>> groups, Map<String, Pair> pairs, Optional<String> lab) {
        this.machines = Collections.unmodifiableMap(new LinkedHashMap<>(machines));
        this.groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        this.pairs = Collections.unmodifiableMap(new LinkedHashMap<>(pairs));
        this.lab = lab;
        this.dpus = this.machines.values().stream().filter(machine -> machine.host().isPresent())
            .collect(Collectors.groupingBy(machine -> machine.host().orElseThrow()));
        this.cabled = new HashMap<>();
        for (Pair pair : this.pairs.values()) {
            for (String end : new LinkedHashSet<>(List.of(pair.first(), pair.second())))
                cabled.computeIfAbsent(end, name -> new ArrayList<>()).add(pair);
        }
    }

    public Map<String, Machine> machines() {
        return machines;
    }

    public Map<String, List<String>> groups() {
        return groups;
    }

    public Map<String, Pair> pairs() {
        return pairs;
    }

    public Optional<String> lab() {
        return lab;
    }

    /// The DPUs in this host, in the order written.
    public List<Machine> dpusOf(Machine host) {
        return List.copyOf(dpus.getOrDefault(host.name(), List.of()));
    }

    /// The pairs that this host is an end of, in the order written.
    public List<Pair> pairsOf(Machine host) {
        return List.copyOf(cabled.getOrDefault(host.name(), List.of()));
    }

    public Optional<Machine> hostOf(Machine dpu) {
        return dpu.host().map(machines::get);
    }

    /// Machines by names, groups, ranges (`dpu-[001:010]`), patterns (`host-*`) and `all`, separated by commas; `!` takes away.
    /// In the order of the inventory. Throws `InvalidInput` at the place given: the play's `machines:` or `--limit`.
    public List<Machine> select(Location at, String text) {
        return new Selection(this, at).select(text);
    }

    /// What templates see on this machine: its variables, and `machine`, `host`, `pairs`, `groups`, `name`.
    ///
    /// `machine` and `host` (of a DPU the host it is in, of a host itself) have `name`, `kind`, `groups`, `address`, `host`, `card`,
    /// `mode`,
    /// `via` (`link`, `near`, `far`), `ports` (`index`, `pci`, `address`, `on`), `dpus`, `cables` (`pair`, `port`, `peer`, `peer_port`),
    /// `places` (where the addresses of the ports belong: `pci` or `link`, and `addresses`), and `ways` (the links to its DPUs, each once:
    /// `link`, `near`).
    public Map<String, Object> context(Machine machine) {
        return contexts().apply(machine);
    }

    /// The same for many machines, one after the other: what several of them see is made once.
    public Function<Machine, Map<String, Object>> contexts() {
        return new TemplateContext(this)::of;
    }
}
