package dev.bluerig.trial.diagnosis;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.CardMode;
import dev.bluerig.fact.card.CardState;
import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.card.Crypto;
import dev.bluerig.fact.card.EswitchMode;
import dev.bluerig.fact.card.LinkType;
import dev.bluerig.fact.card.Mlx5Driver;
import dev.bluerig.fact.card.PcieLink;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.system.KernelConfig;
import dev.bluerig.fact.system.KernelLog;
import dev.bluerig.fact.system.KernelModules;
import dev.bluerig.fact.system.Services;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Machines as a diagnosis may find them: healthy ones, and small changes.
public final class SampleEnvironment {
    private SampleEnvironment() {}

    public static TrialEnvironment host() {
        return new TrialEnvironment(
            new TrialEnvironment.Kernel(modules(true, true), config("TLS", "m", "TLS_DEVICE", "y", "MLX5_EN_TLS", "y"),
                Reading.known(new Mlx5Driver(Optional.of("/lib/modules/6.8.0/kernel/drivers/net/ethernet/mellanox/mlx5/core/mlx5_core.ko"),
                Optional.empty())), Reading.known(new KernelLog(List.of()))),
            new TrialEnvironment.Hardware(cards(Crypto.State.ENABLED, "Crypto Enabled"), Reading.known(new EswitchMode("legacy")),
            Reading.known(new PcieLink("16.0 GT/s PCIe", "16.0 GT/s PCIe", 16, 16, 0))),
            Reading.known(new Links(List.of(link("ens5f0np0", 9000, true, Optional.empty())))),
            Reading.known(new Services(List.of(new Services.Unit("irqbalance.service", "loaded", "inactive", "dead", "disabled")))),
            Reading.unknown("not asked"));
    }

    public static TrialEnvironment dpu() {
        return new TrialEnvironment(host().kernel(),
            new TrialEnvironment.Hardware(cards(Crypto.State.ENABLED, "Crypto Enabled"), Reading.unknown("not asked"),
            Reading.unknown("not asked")),
            links(link("p0", 9216, true, Optional.empty()), link("pf0hpf", 9216, true, Optional.empty())), Reading.unknown("not asked"),
            ovs(true, port("p0", 1, ""), port("pf0hpf", 2, "")));
    }

    static TrialEnvironment with(TrialEnvironment old, TrialEnvironment.Kernel kernel) {
        return new TrialEnvironment(kernel, old.hardware(), old.links(), old.services(), old.ovs());
    }

    public static TrialEnvironment withCards(TrialEnvironment old, Reading<Cards> cards) {
        return new TrialEnvironment(old.kernel(), new TrialEnvironment.Hardware(cards, old.hardware().eswitch(), old.hardware().pcie()),
            old.links(), old.services(), old.ovs());
    }

    public static TrialEnvironment withEswitch(TrialEnvironment old, String mode) {
        return new TrialEnvironment(old.kernel(),
            new TrialEnvironment.Hardware(old.hardware().cards(), Reading.known(new EswitchMode(mode)), old.hardware().pcie()),
            old.links(), old.services(), old.ovs());
    }

    public static TrialEnvironment withPcie(TrialEnvironment old, PcieLink pcie) {
        return new TrialEnvironment(old.kernel(),
            new TrialEnvironment.Hardware(old.hardware().cards(), old.hardware().eswitch(), Reading.known(pcie)), old.links(),
            old.services(), old.ovs());
    }

    public static TrialEnvironment withLinks(TrialEnvironment old, Reading<Links> links) {
        return new TrialEnvironment(old.kernel(), old.hardware(), links, old.services(), old.ovs());
    }

    public static TrialEnvironment withOvs(TrialEnvironment old, Reading<OvsTopology> ovs) {
        return new TrialEnvironment(old.kernel(), old.hardware(), old.links(), old.services(), ovs);
    }

    public static TrialEnvironment withIrqbalance(TrialEnvironment old) {
        return new TrialEnvironment(old.kernel(), old.hardware(), old.links(),
            Reading.known(new Services(List.of(new Services.Unit("irqbalance.service", "loaded", "active", "running", "enabled")))),
            old.ovs());
    }

    public static TrialEnvironment withModules(TrialEnvironment old, Reading<KernelModules> modules) {
        return with(old, new TrialEnvironment.Kernel(modules, old.kernel().config(), old.kernel().driver(), old.kernel().log()));
    }

    public static TrialEnvironment withConfig(TrialEnvironment old, Reading<KernelConfig> config) {
        return with(old, new TrialEnvironment.Kernel(old.kernel().modules(), config, old.kernel().driver(), old.kernel().log()));
    }

    public static TrialEnvironment withLog(TrialEnvironment old, String... lines) {
        return with(old, new TrialEnvironment.Kernel(old.kernel().modules(), old.kernel().config(), old.kernel().driver(),
            Reading.known(new KernelLog(List.of(lines)))));
    }

    public static TrialEnvironment withOfed(TrialEnvironment old) {
        return with(old, new TrialEnvironment.Kernel(old.kernel().modules(), old.kernel().config(),
            Reading.known(new Mlx5Driver(Optional.of("/lib/modules/6.1.0/updates/dkms/mlx5_core.ko"), Optional.of("OFED-internal-24.10"))),
            old.kernel().log()));
    }

    public static Reading<KernelModules> modules(boolean loaded, boolean file) {
        return Reading.known(
            new KernelModules(
            Map.of("tls", new KernelModules.Module(loaded, false, file ? Optional.of("/lib/modules/6.8.0/kernel/net/tls/tls.ko")
            : Optional.empty(), List.of(), List.of())), List.of()));
    }

    public static Reading<KernelConfig> config(String... options) {
        var all = new java.util.TreeMap<>(Map.of("TLS", "n", "TLS_DEVICE", "n", "MLX5_EN_TLS", "n", "MLX5_TLS", "n"));
        for (int i = 0; i < options.length; i += 2) all.put(options[i], options[i + 1]);
        return Reading.known(new KernelConfig(all, "/boot/config-6.8.0"));
    }

    public static Reading<Cards> cards(Crypto.State state, String text) {
        return Reading.known(new Cards(List.of(card(state, text, List.of(), List.of(), LinkType.ETHERNET, Optional.of(CardMode.DPU)))));
    }

    public static CardState card(Crypto.State state, String text, List<String> waiting, List<String> silent, LinkType type,
        Optional<CardMode> mode) {
        return new CardState(new PciAddress("0000:b1:00.0"),
            new dev.bluerig.fact.card.CardFirmware(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty()),
            Crypto.of(List.of(new Crypto.Evidence("flint dc", state, text, true))), mode, Map.of("0000:b1:00.0", type), waiting, true,
            Map.of(), silent);
    }

    public static Reading<Links> links(Link... links) {
        return Reading.known(new Links(List.of(links)));
    }

    public static Link link(String name, int mtu, boolean up, Optional<String> kind) {
        return new Link(new LinkName(name), 2, kind, up, up, mtu, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            List.of(), Optional.empty(), List.of());
    }

    public static Reading<OvsTopology> ovs(boolean offload, OvsTopology.Port... ports) {
        return Reading.known(new OvsTopology(OvsTopology.Flavour.KERNEL, offload ? Map.of("hw-offload", "true") : Map.of(),
            List.of(OvsTopology.Bridge.plain("ovsbr1", "").with(List.of(ports)))));
    }

    public static OvsTopology.Port port(String name, int ofport, String error) {
        return new OvsTopology.Port(name,
            List.of(new OvsTopology.Interface(name, "", Map.of(), Optional.empty(), Optional.of(ofport), error, Optional.empty(), Map.of(),
            Map.of(), Map.of())),
            Optional.empty(), List.of(), Optional.empty(), false, Optional.empty(), Optional.empty(), Map.of(), Map.of(), Map.of());
    }
}
