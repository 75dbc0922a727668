package dev.bluerig.trial.diagnosis;

import dev.bluerig.fact.system.KernelModules;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.verdict.DirectionEvidence;
import dev.bluerig.trial.verdict.ForeignTls;
import java.util.Optional;

/// Why the kernel's TLS was not used, or cannot be told from another's.
final class KernelPatterns {
    private KernelPatterns() {}

    static Optional<String> notUsed(DiagnosisInput scene) {
        if (!scene.kernelSaid().isEmpty() || scene.own().isPresent()) return Optional.empty();
        return scene.missed().stream().filter(matter -> wanted(matter) && still(matter) && !inKernel(matter)).findFirst()
            .map(matter -> matter.named("Device") + " +0, " + matter.named("Sw") + " +0");
    }

    static Optional<String> otherNamespace(DiagnosisInput scene) {
        return scene.missed().stream().filter(matter -> still(matter) && inKernel(matter)).findFirst()
            .map(matter -> "the connections are in kernel or card, and " + matter.named("Device") + " +0, " + matter.named("Sw") + " +0");
    }

    private static boolean still(DirectionEvidence matter) {
        return matter.kernel(matter.named("Device")).orUnknown() == 0 && matter.kernel(matter.named("Sw")).orUnknown() == 0;
    }

    private static boolean inKernel(DirectionEvidence matter) {
        return matter.places().contains(TlsConf.CARD) || matter.places().contains(TlsConf.KERNEL);
    }

    private static boolean wanted(DirectionEvidence matter) {
        return (matter.half() == Direction.TX ? matter.evidence().load().transmit()
            : matter.evidence().load().receive()) == TlsSettings.By.KERNEL;
    }

    static Optional<String> moduleNotLoaded(DiagnosisInput scene) {
        if (!withoutUlp(scene) || withoutTls(scene).isPresent()) return Optional.empty();
        Optional<KernelModules.Module> module = module(scene);
        if (module.filter(KernelModules.Module::present).isPresent()) return Optional.empty();
        return Optional.of(scene.kernelSaid() + module.map(seen -> "; module tls is not loaded: " + seen.file().orElse(""))
            .orElse("; whether the module is there is not known"));
    }

    static Optional<String> withoutTls(DiagnosisInput scene) {
        if (!withoutUlp(scene)) return Optional.empty();
        boolean noModule = module(scene).filter(seen -> !seen.present() && seen.file().isEmpty()).isPresent();
        var unset = DiagnosisInput.known(scene.here().kernel().config())
            .filter(config -> config.options().getOrDefault("TLS", "").equals("n"));
        if (!noModule && unset.isEmpty()) return Optional.empty();
        return Optional.of(scene.kernelSaid() + unset.map(config -> "; " + config.source() + ": CONFIG_TLS is not set")
            .orElse("; this kernel has no module tls"));
    }

    /// The module is listed, or is known to be there, and the kernel does not know it all the same.
    static Optional<String> moduleOfNoUse(DiagnosisInput scene) {
        if (scene.end().isEmpty() || !withoutUlp(scene) || moduleNotLoaded(scene).isPresent() || withoutTls(scene).isPresent())
            return Optional.empty();
        return Optional.of(scene.kernelSaid() + "; and module tls is listed as loaded");
    }

    static Optional<String> cipherModule(DiagnosisInput scene) {
        String said = scene.kernelSaid();
        return said.contains("ENOENT") && (said.contains("TLS_TX") || said.contains("TLS_RX")) ? Optional.of(said) : Optional.empty();
    }

    static Optional<String> tooEarly(DiagnosisInput scene) {
        return scene.kernelSaid().contains("ENOTCONN") ? Optional.of(scene.kernelSaid()) : Optional.empty();
    }

    /// TCP_ULP gives ENOENT when there is no `tls` (net/ipv4/tcp_ulp.c).
    private static boolean withoutUlp(DiagnosisInput scene) {
        return scene.kernelSaid().contains("ENOENT") && cipherModule(scene).isEmpty();
    }

    private static Optional<KernelModules.Module> module(DiagnosisInput scene) {
        return DiagnosisInput.known(scene.here().kernel().modules()).flatMap(modules -> Optional.ofNullable(modules.modules().get("tls")));
    }

    static Optional<String> foreign(DiagnosisInput scene) {
        return scene.missed().stream().filter(matter -> !matter.inProgram()).flatMap(matter -> ForeignTls.in(matter).stream())
            .filter(text -> text.contains("other programs ") && !text.contains("cannot be seen")).findFirst();
    }

    static Optional<String> stateRefused(DiagnosisInput scene) {
        return scene.end()
            .flatMap(end -> end.pair().samples().stream().flatMap(sample -> java.util.stream.Stream.of(sample.transmit(), sample.receive()))
            .map(Readings::why).filter(why -> why.contains("CAP_NET_ADMIN") || why.contains("EPERM") || why.contains("EACCES"))
            .findFirst());
    }
}
