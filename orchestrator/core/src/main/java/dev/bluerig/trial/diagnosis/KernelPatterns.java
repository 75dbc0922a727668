package dev.bluerig.trial.diagnosis;

import dev.bluerig.fact.system.KernelModules;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.verdict.DirectionEvidence;
import dev.bluerig.trial.verdict.ForeignTls;
import java.util.Optional;
import java.util.stream.Stream;

/// Why the kernel's TLS was not used, or cannot be told from another's.
final class KernelPatterns {
    private KernelPatterns() {}

    static Optional<String> notUsed(DiagnosisInput input) {
        if (!input.kernelSaid().isEmpty() || input.own().isPresent()) return Optional.empty();
        return input.missed().stream().filter(evidence -> wanted(evidence) && still(evidence) && !inKernel(evidence)).findFirst()
            .map(evidence -> evidence.named("Device") + " +0, " + evidence.named("Sw") + " +0");
    }

    static Optional<String> otherNamespace(DiagnosisInput input) {
        return input.missed().stream().filter(evidence -> still(evidence) && inKernel(evidence)).findFirst()
            .map(evidence -> "the connections are in kernel or card, and " + evidence.named("Device") + " +0, " + evidence.named("Sw")
            + " +0");
    }

    private static boolean still(DirectionEvidence evidence) {
        return evidence.kernel(evidence.named("Device")).orUnknown() == 0 && evidence.kernel(evidence.named("Sw")).orUnknown() == 0;
    }

    private static boolean inKernel(DirectionEvidence evidence) {
        return evidence.places().contains(TlsConf.CARD) || evidence.places().contains(TlsConf.KERNEL);
    }

    private static boolean wanted(DirectionEvidence evidence) {
        return (evidence.direction() == Direction.TX ? evidence.whole().load().transmit()
            : evidence.whole().load().receive()) == TlsSettings.RecordHandler.KERNEL;
    }

    static Optional<String> moduleNotLoaded(DiagnosisInput input) {
        if (!withoutUlp(input) || withoutTls(input).isPresent()) return Optional.empty();
        Optional<KernelModules.Module> module = module(input);
        if (module.filter(KernelModules.Module::present).isPresent()) return Optional.empty();
        return Optional.of(input.kernelSaid() + module.map(seen -> "; module tls is not loaded: " + seen.file().orElse(""))
            .orElse("; whether the module is there is not known"));
    }

    static Optional<String> withoutTls(DiagnosisInput input) {
        if (!withoutUlp(input)) return Optional.empty();
        boolean noModule = module(input).filter(seen -> !seen.present() && seen.file().isEmpty()).isPresent();
        var unset = input.here().kernel().config().ifKnown()
            .filter(config -> config.options().getOrDefault("TLS", "").equals("n"));
        if (!noModule && unset.isEmpty()) return Optional.empty();
        return Optional.of(input.kernelSaid() + unset.map(config -> "; " + config.source() + ": CONFIG_TLS is not set")
            .orElse("; this kernel has no module tls"));
    }

    /// The module is listed, or is known to be there, and the kernel does not know it all the same.
    static Optional<String> moduleOfNoUse(DiagnosisInput input) {
        if (input.end().isEmpty() || !withoutUlp(input) || moduleNotLoaded(input).isPresent() || withoutTls(input).isPresent())
            return Optional.empty();
        return Optional.of(input.kernelSaid() + "; and module tls is listed as loaded");
    }

    static Optional<String> cipherModule(DiagnosisInput input) {
        String said = input.kernelSaid();
        return said.contains("ENOENT") && (said.contains("TLS_TX") || said.contains("TLS_RX")) ? Optional.of(said) : Optional.empty();
    }

    static Optional<String> tooEarly(DiagnosisInput input) {
        return input.kernelSaid().contains("ENOTCONN") ? Optional.of(input.kernelSaid()) : Optional.empty();
    }

    /// TCP_ULP gives ENOENT when there is no `tls` (net/ipv4/tcp_ulp.c).
    private static boolean withoutUlp(DiagnosisInput input) {
        return input.kernelSaid().contains("ENOENT") && cipherModule(input).isEmpty();
    }

    private static Optional<KernelModules.Module> module(DiagnosisInput input) {
        return input.here().kernel().modules().ifKnown().flatMap(modules -> Optional.ofNullable(modules.modules().get("tls")));
    }

    static Optional<String> foreign(DiagnosisInput input) {
        return input.missed().stream().filter(evidence -> !evidence.inProgram()).flatMap(evidence -> ForeignTls.in(evidence).stream())
            .filter(ForeignTls.Objection::seen).map(ForeignTls.Objection::why).findFirst();
    }

    static Optional<String> stateRefused(DiagnosisInput input) {
        return input.end()
            .flatMap(end -> end.pair().samples().stream().flatMap(sample -> Stream.of(sample.transmit(), sample.receive()))
            .map(Readings::why).filter(why -> why.contains("CAP_NET_ADMIN") || why.contains("EPERM") || why.contains("EACCES"))
            .findFirst());
    }
}
