package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.Mlx5Driver;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.fact.system.KernelConfig;
import dev.bluerig.fact.system.KernelModules;
import dev.bluerig.fact.system.KernelRelease;
import dev.bluerig.fact.tls.OffloadFlags;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.task.diff.Diff;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A `kernel` wish on one machine, whose ports may prove what version numbers do not.
record KernelTask(KernelSpec wanted, List<PciAddress> ports) implements Task<KernelTask.Seen> {
    /// Parts that were not needed are unknown.
    record Seen(KernelRelease release, Reading<KernelConfig> config, Reading<Mlx5Driver> driver, Reading<OffloadFlags> flags,
        KernelModules modules) {}

    KernelTask {
        ports = List.copyOf(ports);
    }

    @Override
    public Fact<Seen> wants() {
        boolean tls = !wanted.tlsOffload().isEmpty();
        Fact<Reading<KernelConfig>> config = tls || !wanted.options().isEmpty()
            ? new KernelConfig.Seen(List.copyOf(wanted.options().keySet())).maybe() : unasked();
        Fact<Reading<Mlx5Driver>> driver = tls ? new Mlx5Driver.Seen().maybe() : unasked();
        var refs = ports.stream().map(pci -> (LinkRef) new LinkRef.ByAddress(pci)).toList();
        Fact<Reading<OffloadFlags>> flags = tls ? new OffloadFlags.Seen(refs).maybe()
            : new Fact.Nothing<>(Reading.known(new OffloadFlags(Map.of())));
        return new KernelRelease.Seen().with(config, driver, flags, new KernelModules.Seen(wanted.modules()), Seen::new);
    }

    private static <T> Fact<Reading<T>> unasked() {
        return new Fact.Nothing<>(Reading.unknown("not asked"));
    }

    @Override
    public Set<Effect> brings() {
        return wanted.modules().isEmpty() ? Set.of() : Set.of(Effect.MODULES);
    }

    @Override
    public Diff diff(Seen seen) {
        var loading = new ModuleLoading(wanted.modules(), seen.modules());
        return new KernelCheck(wanted, seen).judge()
            .diff(loading.changes().isEmpty() ? new Diff.Same() : new Diff.Mendable(loading.changes(), loading.remedy()));
    }
}
