package dev.bluerig.trial.diagnosis;

import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.card.Crypto;
import dev.bluerig.fact.card.EswitchMode;
import dev.bluerig.fact.card.Mlx5Driver;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.fact.tls.TlsFlags.Flag;
import dev.bluerig.inventory.Version;
import dev.bluerig.trial.agent.ConnectionSample;
import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.DirectionEvidence;
import dev.bluerig.trial.verdict.ForeignTls;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// Why a card was not asked to encrypt: version, cipher, flags, and what makes flags fixed.
final class OffloadPatterns {
    private static final Version RX_OFFLOAD = new Version("5.9");
    private static final Version TX_OFFLOAD = new Version("5.3");
    /// From here on every source agrees that mlx5 takes AES-256-GCM.
    private static final Version SURELY_AES_256 = new Version("6.2");

    private OffloadPatterns() {}

    static Optional<String> version13(DiagnosisInput input) {
        return negotiated(input, sample -> sample.version().equals("1.3"));
    }

    static Optional<String> cipher(DiagnosisInput input) {
        return negotiated(input, sample -> sample.version().equals("1.2") && !sample.cipher().contains("gcm"));
    }

    static Optional<String> aes256(DiagnosisInput input) {
        boolean old = input.end().flatMap(end -> Version.leading(end.kernel())).filter(version -> !version.atLeast(SURELY_AES_256))
            .isPresent();
        return old ? negotiated(input, sample -> sample.version().equals("1.2") && sample.cipher().contains("256")
            && sample.cipher().contains("gcm")) : Optional.empty();
    }

    private static Optional<String> negotiated(DiagnosisInput input, Predicate<ConnectionSample> which) {
        boolean kernel = input.missed().stream().anyMatch(evidence -> !evidence.inProgram());
        return input.end().filter(end -> kernel).flatMap(end -> end.pair().samples().stream().filter(which).findFirst()
            .map(sample -> "TLS " + sample.version() + " " + sample.cipher() + " on Linux " + end.kernel() + moved(input)));
    }

    /// The kernel's own count, when it tells.
    private static String moved(DiagnosisInput input) {
        return input.missed().stream().findFirst().flatMap(evidence -> risen(evidence, "Sw")
            .flatMap(software -> risen(evidence, "Device").map(device -> ", " + software + ", " + device))).orElse("");
    }

    private static Optional<String> risen(DirectionEvidence evidence, String what) {
        String name = evidence.named(what);
        return evidence.kernel(name) instanceof CounterDelta.Increase(long count) ? Optional.of(name + " +" + count) : Optional.empty();
    }

    static Optional<String> txFlagOff(DiagnosisInput input) {
        return off(input, Direction.TX);
    }

    static Optional<String> rxFlagOff(DiagnosisInput input) {
        return off(input, Direction.RX);
    }

    private static Optional<String> off(DiagnosisInput input, Direction direction) {
        return input.ruled(direction, TlsPlacement.SOFTWARE, TlsPlacement.UNKNOWN, TlsPlacement.MIXED)
            && input.flag(direction).filter(Flag.OFF::equals).isPresent()
            ? input.end().map(end -> name(direction) + " of " + end.link() + " was off before the run") : Optional.empty();
    }

    static Optional<String> rxKernelOld(DiagnosisInput input) {
        return old(input, Direction.RX, RX_OFFLOAD);
    }

    static Optional<String> txKernelOld(DiagnosisInput input) {
        return old(input, Direction.TX, TX_OFFLOAD);
    }

    private static Optional<String> old(DiagnosisInput input, Direction direction, Version since) {
        boolean absent = input.ruling(direction).isPresent() && input.flag(direction).filter(Flag.ABSENT::equals).isPresent();
        return input.end().filter(end -> absent && Version.leading(end.kernel()).filter(version -> !version.atLeast(since)).isPresent())
            .map(end -> "Linux " + end.kernel() + ", and ethtool does not list " + name(direction));
    }

    static Optional<String> refused(DiagnosisInput input) {
        if (!input.missedWith(Flag.OFF_REFUSED)) return Optional.empty();
        var lines = input.here().kernel().log().ifKnown().map(log -> log.naming("mlx5")).orElse(List.of());
        return Optional.of("off [requested on]" + (lines.isEmpty() ? "" : "; " + lines.getLast()));
    }

    /// Everything that the kernel itself looks at was in order, so it asked the driver, and the driver said no (net/tls/tls_device.c,
    /// tls_set_device_offload).
    static Optional<String> connectionsRefused(DiagnosisInput input) {
        if (version13(input).isPresent() || cipher(input).isPresent() || aes256(input).isPresent()
            || PathPatterns.elsewhere(input).isPresent() || PathPatterns.local(input).isPresent())
            return Optional.empty();
        return input.missed().stream().filter(evidence -> !evidence.inProgram() && alwaysOn(evidence)
            && evidence.kernel(evidence.named("Sw"))
            .orUnknown() > 0 && ForeignTls.in(evidence).isEmpty()).findFirst()
            .map(evidence -> evidence.named("Sw") + " +" + evidence.kernel(evidence.named("Sw")).orUnknown() + ", "
            + evidence.named("Device") + " +"
            + evidence.kernel(evidence.named("Device")).orUnknown()
                + " while " + name(evidence.direction()) + " of " + evidence.end().link() + " was on");
    }

    private static boolean alwaysOn(DirectionEvidence evidence) {
        return evidence.snapshots().stream().map(snapshot -> snapshot.flags().ifKnown())
            .allMatch(flags -> flags.map(seen -> evidence.direction() == Direction.TX ? seen.transmit() : seen.receive()).filter(Flag::on)
            .isPresent());
    }

    static Optional<String> noCrypto(DiagnosisInput input) {
        return input.missedWith(Flag.OFF_FIXED) ? crypto(input, Crypto.State.DISABLED).map(Crypto::why).map(why -> "off [fixed]; " + why)
            : Optional.empty();
    }

    static Optional<String> driverWithoutTls(DiagnosisInput input) {
        var config = input.here().kernel().config().ifKnown();
        if (!fixedForAnotherReason(input) || config.isEmpty() || outOfTree(input)) return Optional.empty();
        var without = List.of("TLS_DEVICE", "MLX5_EN_TLS", "MLX5_TLS").stream()
            .filter(option -> config.get().options().getOrDefault(option, "n").equals("n")).toList();
        boolean can = !without.contains("TLS_DEVICE") && without.size() < 2;
        return can ? Optional.empty()
            : Optional.of("off [fixed]; " + config.get().source() + " does not set "
            + String.join(", ", without.stream().map(option -> "CONFIG_" + option).toList()));
    }

    static Optional<String> configUnreadable(DiagnosisInput input) {
        var config = input.here().kernel().config();
        boolean asked = config.ifKnown().isEmpty() && !Readings.why(config).equals("not asked");
        return asked && fixedForAnotherReason(input) && !outOfTree(input) ? Optional.of("off [fixed]; " + Readings.why(config))
            : Optional.empty();
    }

    static Optional<String> switchdev(DiagnosisInput input) {
        if (!input.missedWith(Flag.OFF_FIXED, Flag.OFF, Flag.OFF_REFUSED)) return Optional.empty();
        var mode = input.here().hardware().eswitch().ifKnown().filter(EswitchMode::switchdev)
            .map(seen -> "eswitch mode switchdev");
        return mode.or(() -> input.here().kernel().log().ifKnown().map(log -> log.naming("not supported in switchdev mode"))
            .filter(lines -> !lines.isEmpty()).map(List::getLast));
    }

    static Optional<String> cryptoUnreadable(DiagnosisInput input) {
        if (!fixedForAnotherReason(input)) return Optional.empty();
        return crypto(input, Crypto.State.UNKNOWN)
            .flatMap(crypto -> crypto.evidence().stream().map(Crypto.Evidence::text)
            .filter(text -> text.contains("Failed dumping") || text.contains("INI section not found")
            || text.contains("not supported on an encrypted")).findFirst()).map(text -> "off [fixed]; " + text);
    }

    static Optional<String> mstNotStarted(DiagnosisInput input) {
        if (!fixedForAnotherReason(input) || crypto(input, Crypto.State.UNKNOWN).isEmpty()) return Optional.empty();
        return input.here().hardware().cards().ifKnown().stream().flatMap(cards -> cards.cards().stream())
            .flatMap(card -> card.silent().stream())
            .filter(text -> text.contains("/dev/mst") || text.toLowerCase(Locale.ROOT).contains("cannot open device")
            || text.contains("Failed to open")).findFirst().map(text -> "off [fixed]; " + text);
    }

    static Optional<String> waitsForReset(DiagnosisInput input) {
        if (!input.missedWith(Flag.OFF_FIXED, Flag.OFF_REFUSED)) return Optional.empty();
        var waiting = input.here().hardware().cards().ifKnown().map(Cards::cards).orElse(List.of()).stream()
            .flatMap(card -> card.waiting().stream()).toList();
        return waiting.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", waiting));
    }

    static Optional<String> countsNoTls(DiagnosisInput input) {
        return input.missed().stream().filter(evidence -> !evidence.inProgram() && evidence.end().before().nic().ifKnown()
            .filter(counters -> counters.of(evidence.bytes()).isEmpty()).isPresent()).findFirst()
            .map(evidence -> "ethtool -S " + evidence.end().link() + " has no " + evidence.bytes());
    }

    /// `[fixed]`, and neither the card's crypto nor switchdev mode explains it.
    private static boolean fixedForAnotherReason(DiagnosisInput input) {
        return input.missedWith(Flag.OFF_FIXED) && crypto(input, Crypto.State.DISABLED).isEmpty() && switchdev(input).isEmpty();
    }

    private static boolean outOfTree(DiagnosisInput input) {
        return input.here().kernel().driver().ifKnown().filter(Mlx5Driver::outOfTree).isPresent();
    }

    private static Optional<Crypto> crypto(DiagnosisInput input, Crypto.State state) {
        return input.here().hardware().cards().ifKnown().map(Cards::cards).orElse(List.of()).stream().map(card -> card.crypto())
            .filter(crypto -> crypto.state() == state).findFirst();
    }

    private static String name(Direction direction) {
        return direction == Direction.TX ? TlsFlags.TX : TlsFlags.RX;
    }
}
