package dev.bluerig.trial;

import dev.bluerig.fact.Modules;
import java.util.Optional;

/// Why the kernel's TLS was not used, or cannot be told from another's.
final class KernelClues {
    private KernelClues() {}

    static Optional<String> notUsed(Scene scene) {
        if (!scene.kernelSaid().isEmpty() || scene.own().isPresent()) return Optional.empty();
        return scene.missed().stream().filter(matter -> wanted(matter) && still(matter) && !inKernel(matter)).findFirst()
            .map(matter -> matter.named("Device") + " +0, " + matter.named("Sw") + " +0");
    }

    static Optional<String> otherNamespace(Scene scene) {
        return scene.missed().stream().filter(matter -> still(matter) && inKernel(matter)).findFirst()
            .map(matter -> "the connections are in kernel or card, and " + matter.named("Device") + " +0, " + matter.named("Sw") + " +0");
    }

    private static boolean still(Matter matter) {
        return matter.kernel(matter.named("Device")).orUnknown() == 0 && matter.kernel(matter.named("Sw")).orUnknown() == 0;
    }

    private static boolean inKernel(Matter matter) {
        return matter.places().contains(Place.CARD) || matter.places().contains(Place.KERNEL);
    }

    private static boolean wanted(Matter matter) {
        return (matter.half() == Half.TX ? matter.evidence().load().transmit() : matter.evidence().load().receive()) == Load.By.KERNEL;
    }

    static Optional<String> moduleNotLoaded(Scene scene) {
        if (!withoutUlp(scene) || withoutTls(scene).isPresent()) return Optional.empty();
        Optional<Modules.Module> module = module(scene);
        if (module.filter(Modules.Module::present).isPresent()) return Optional.empty();
        return Optional.of(scene.kernelSaid() + module.map(seen -> "; module tls is not loaded: " + seen.file().orElse("")).orElse("; whether the module is there is not known"));
    }

    static Optional<String> withoutTls(Scene scene) {
        if (!withoutUlp(scene)) return Optional.empty();
        boolean noModule = module(scene).filter(seen -> !seen.present() && seen.file().isEmpty()).isPresent();
        var unset = Scene.known(scene.here().kernel().config()).filter(config -> config.options().getOrDefault("TLS", "").equals("n"));
        if (!noModule && unset.isEmpty()) return Optional.empty();
        return Optional.of(scene.kernelSaid() + unset.map(config -> "; " + config.source() + ": CONFIG_TLS is not set").orElse("; this kernel has no module tls"));
    }

    /// The module is listed, or is known to be there, and the kernel does not know it all the same.
    static Optional<String> moduleOfNoUse(Scene scene) {
        if (scene.end().isEmpty() || !withoutUlp(scene) || moduleNotLoaded(scene).isPresent() || withoutTls(scene).isPresent()) return Optional.empty();
        return Optional.of(scene.kernelSaid() + "; and module tls is listed as loaded");
    }

    static Optional<String> cipherModule(Scene scene) {
        String said = scene.kernelSaid();
        return said.contains("ENOENT") && (said.contains("TLS_TX") || said.contains("TLS_RX")) ? Optional.of(said) : Optional.empty();
    }

    static Optional<String> tooEarly(Scene scene) {
        return scene.kernelSaid().contains("ENOTCONN") ? Optional.of(scene.kernelSaid()) : Optional.empty();
    }

    /// TCP_ULP gives ENOENT when there is no `tls` (net/ipv4/tcp_ulp.c).
    private static boolean withoutUlp(Scene scene) {
        return scene.kernelSaid().contains("ENOENT") && cipherModule(scene).isEmpty();
    }

    private static Optional<Modules.Module> module(Scene scene) {
        return Scene.known(scene.here().kernel().modules()).flatMap(modules -> Optional.ofNullable(modules.modules().get("tls")));
    }

    static Optional<String> foreign(Scene scene) {
        return scene.missed().stream().filter(matter -> !matter.inProgram()).flatMap(matter -> Foreign.in(matter).stream()).filter(text -> text.contains("other programs ") && !text.contains("cannot be seen")).findFirst();
    }

    static Optional<String> stateRefused(Scene scene) {
        return scene.end().flatMap(end -> end.pair().samples().stream().flatMap(sample -> java.util.stream.Stream.of(sample.transmit(), sample.receive()))
            .map(Heard::why).filter(why -> why.contains("CAP_NET_ADMIN") || why.contains("EPERM") || why.contains("EACCES")).findFirst());
    }
}
