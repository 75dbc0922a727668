package dev.bluerig.inventory;

import dev.bluerig.source.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the test-bed is: machines in the order written, groups with their machines (nested ones included), pairs.
///
/// `lab` is the name of the lab that wrote it (`sim`, `namespace`, `kernel`), absent for real hardware; every report shows it.
public record Inventory(Map<String, Machine> machines, Map<String, List<String>> groups, Map<String, Pair> pairs, Optional<String> lab) {
    public Inventory {
        machines = Collections.unmodifiableMap(new LinkedHashMap<>(machines));
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        pairs = Collections.unmodifiableMap(new LinkedHashMap<>(pairs));
    }

    /// The DPUs in this host, in the order written.
    public List<Machine> dpusOf(Machine host) {
        return machines.values().stream().filter(machine -> machine.host().filter(host.name()::equals).isPresent()).toList();
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
    /// `machine` and `host` (of a DPU the host it is in, of a host itself) have `name`, `kind`, `groups`, `address`, `host`, `card`, `mode`,
    /// `via` (`link`, `near`, `far`), `ports` (`index`, `pci`, `address`), `dpus`, and `cables` (`pair`, `port`, `peer`, `peer_port`).
    public Map<String, Object> context(Machine machine) {
        return new TemplateContext(this).of(machine);
    }
}
