package dev.bluerig.trial.diagnosis;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.card.EswitchMode;
import dev.bluerig.fact.card.Mlx5Driver;
import dev.bluerig.fact.card.PcieLink;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.system.KernelConfig;
import dev.bluerig.fact.system.KernelLog;
import dev.bluerig.fact.system.KernelModules;
import dev.bluerig.fact.system.Services;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.trial.evidence.Readings;
import java.util.List;
import java.util.Optional;

/// What is around a trial on one machine and explains why encryption happened elsewhere than wanted. No verdict depends on it; a
/// diagnosis does. Each part may be unknown, and then the symptoms that need it are silent.
public record TrialEnvironment(Kernel kernel, Hardware hardware, Reading<Links> links, Reading<Services> services,
    Reading<OvsTopology> ovs) {
    private static final String NOT_ASKED = "not asked";

    /// `modules` knows `tls`; `log` holds warnings and errors.
    public record Kernel(Reading<KernelModules> modules, Reading<KernelConfig> config, Reading<Mlx5Driver> driver,
        Reading<KernelLog> log) {}

    /// `eswitch` and `pcie` are those of the tested port.
    public record Hardware(Reading<Cards> cards, Reading<EswitchMode> eswitch, Reading<PcieLink> pcie) {}

    /// Nothing was asked.
    public static TrialEnvironment unknown() {
        return new TrialEnvironment(new Kernel(Reading.unknown(NOT_ASKED), Reading.unknown(NOT_ASKED), Reading.unknown(NOT_ASKED),
            Reading.unknown(NOT_ASKED)),
            new Hardware(Reading.unknown(NOT_ASKED), Reading.unknown(NOT_ASKED), Reading.unknown(NOT_ASKED)), Reading.unknown(NOT_ASKED),
            Reading.unknown(NOT_ASKED), Reading.unknown(NOT_ASKED));
    }

    /// All of it in one fact: ask this and hand the result on. `port` is the tested port of a host, absent on a DPU.
    public static Fact<TrialEnvironment> of(Machine machine, Optional<PciAddress> port) {
        Fact<Kernel> kernel = new KernelModules.Seen(List.of("tls")).maybe()
            .with(new KernelConfig.Seen(List.of()).maybe(), new Mlx5Driver.Seen().maybe(), new KernelLog.Seen().maybe(), Kernel::new);
        Fact<Hardware> hardware = new Cards.Seen(machine.kind(), machine.ports().stream().map(Machine.Port::pci).toList()).maybe()
            .with(asked(port.map(EswitchMode.Seen::new)), asked(port.map(PcieLink.Seen::new)), Hardware::new);
        Fact<Reading<OvsTopology>> ovs = asked(Optional.of(new OvsTopology.Seen()).filter(any -> machine.kind() == Machine.Kind.DPU));
        var services = new Services.Seen(List.of("irqbalance.service")).maybe();
        return kernel.with(hardware, new Links.Seen().maybe(), services, ovs, TrialEnvironment::new);
    }

    private static <T> Fact<Reading<T>> asked(Optional<? extends Fact<T>> question) {
        return question.<Fact<Reading<T>>>map(Fact::maybe).orElse(new Fact.Nothing<>(Reading.unknown(NOT_ASKED)));
    }

    /// Whether this is a machine with a switch: a DPU, even when its switch did not answer.
    boolean switchAsked() {
        return !Readings.why(ovs).equals(NOT_ASKED);
    }
}
