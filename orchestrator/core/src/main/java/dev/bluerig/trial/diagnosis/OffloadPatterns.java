package dev.bluerig.trial.diagnosis;

import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.card.Crypto;
import dev.bluerig.fact.card.EswitchMode;
import dev.bluerig.fact.card.Mlx5Driver;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.fact.tls.TlsFlags.Flag;
import dev.bluerig.inventory.Version;
import dev.bluerig.trial.agent.ConnectionSample;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.DirectionEvidence;
import dev.bluerig.trial.verdict.ForeignTls;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Why a card was not asked to encrypt: version, cipher, flags, and what makes flags fixed.
final class OffloadPatterns {
    private static final Version RX_OFFLOAD = new Version("5.9");
    private static final Version TX_OFFLOAD = new Version("5.3");
    /// From here on every source agrees that mlx5 takes AES-256-GCM.
    private static final Version SURELY_AES_256 = new Version("6.2");

    private OffloadPatterns() {}

    static Optional<String> version13(DiagnosisInput scene) {
        return negotiated(scene, sample -> sample.version().equals("1.3"));
    }

    static Optional<String> cipher(DiagnosisInput scene) {
        return negotiated(scene, sample -> sample.version().equals("1.2") && !sample.cipher().contains("gcm"));
    }

    static Optional<String> aes256(DiagnosisInput scene) {
        boolean old = scene.end().flatMap(end -> Version.leading(end.kernel())).filter(version -> !version.atLeast(SURELY_AES_256))
            .isPresent();
        return old ? negotiated(scene, sample -> sample.version().equals("1.2") && sample.cipher().contains("256")
            && sample.cipher().contains("gcm")) : Optional.empty();
    }

    private static Optional<String> negotiated(DiagnosisInput scene, Predicate<ConnectionSample> which) {
        boolean kernel = scene.missed().stream().anyMatch(matter -> !matter.inProgram());
        return scene.end().filter(end -> kernel).flatMap(end -> end.pair().samples().stream().filter(which).findFirst()
            .map(sample -> "TLS " + sample.version() + " " + sample.cipher() + " on Linux " + end.kernel() + moved(scene)));
    }

    /// The kernel's own count, when it tells.
    private static String moved(DiagnosisInput scene) {
        return scene.missed().stream().findFirst()
            .map(matter -> ", " + matter.named("Sw") + " +" + matter.kernel(matter.named("Sw")).orUnknown() + ", " + matter.named("Device")
            + " +"
            + matter.kernel(matter.named("Device")).orUnknown()).filter(text -> !text.contains("+-1")).orElse("");
    }

    static Optional<String> txFlagOff(DiagnosisInput scene) {
        return off(scene, Direction.TX);
    }

    static Optional<String> rxFlagOff(DiagnosisInput scene) {
        return off(scene, Direction.RX);
    }

    private static Optional<String> off(DiagnosisInput scene, Direction half) {
        return scene.ruled(half, TlsPlacement.SOFTWARE, TlsPlacement.UNKNOWN, TlsPlacement.MIXED)
            && scene.flag(half).filter(Flag.OFF::equals).isPresent()
            ? scene.end().map(end -> name(half) + " of " + end.link() + " was off before the run") : Optional.empty();
    }

    static Optional<String> rxKernelOld(DiagnosisInput scene) {
        return old(scene, Direction.RX, RX_OFFLOAD);
    }

    static Optional<String> txKernelOld(DiagnosisInput scene) {
        return old(scene, Direction.TX, TX_OFFLOAD);
    }

    private static Optional<String> old(DiagnosisInput scene, Direction half, Version since) {
        boolean absent = scene.ruling(half).isPresent() && scene.flag(half).filter(Flag.ABSENT::equals).isPresent();
        return scene.end().filter(end -> absent && Version.leading(end.kernel()).filter(version -> !version.atLeast(since)).isPresent())
            .map(end -> "Linux " + end.kernel() + ", and ethtool does not list " + name(half));
    }

    static Optional<String> refused(DiagnosisInput scene) {
        if (!scene.missedWith(Flag.OFF_REFUSED)) return Optional.empty();
        var lines = DiagnosisInput.known(scene.here().kernel().log()).map(log -> log.naming("mlx5")).orElse(List.of());
        return Optional.of("off [requested on]" + (lines.isEmpty() ? "" : "; " + lines.getLast()));
    }

    /// Everything that the kernel itself looks at was in order, so it asked the driver, and the driver said no (net/tls/tls_device.c,
    /// tls_set_device_offload).
    static Optional<String> connectionsRefused(DiagnosisInput scene) {
        if (version13(scene).isPresent() || cipher(scene).isPresent() || aes256(scene).isPresent()
            || PathPatterns.elsewhere(scene).isPresent() || PathPatterns.local(scene).isPresent())
            return Optional.empty();
        return scene.missed().stream().filter(matter -> !matter.inProgram() && alwaysOn(matter) && matter.kernel(matter.named("Sw"))
            .orUnknown() > 0 && ForeignTls.in(matter).isEmpty()).findFirst()
            .map(matter -> matter.named("Sw") + " +" + matter.kernel(matter.named("Sw")).orUnknown() + ", " + matter.named("Device") + " +"
            + matter.kernel(matter.named("Device")).orUnknown()
                + " while " + name(matter.half()) + " of " + matter.end().link() + " was on");
    }

    private static boolean alwaysOn(DirectionEvidence matter) {
        return matter.moments().stream().map(look -> DiagnosisInput.known(look.flags()))
            .allMatch(flags -> flags.map(seen -> matter.half() == Direction.TX ? seen.transmit() : seen.receive()).filter(Flag::on)
            .isPresent());
    }

    static Optional<String> noCrypto(DiagnosisInput scene) {
        return scene.missedWith(Flag.OFF_FIXED) ? crypto(scene, Crypto.State.DISABLED).map(Crypto::why).map(why -> "off [fixed]; " + why)
            : Optional.empty();
    }

    static Optional<String> driverWithoutTls(DiagnosisInput scene) {
        var config = DiagnosisInput.known(scene.here().kernel().config());
        if (!fixedForAnotherReason(scene) || config.isEmpty() || outOfTree(scene)) return Optional.empty();
        var without = List.of("TLS_DEVICE", "MLX5_EN_TLS", "MLX5_TLS").stream()
            .filter(option -> config.get().options().getOrDefault(option, "n").equals("n")).toList();
        boolean can = !without.contains("TLS_DEVICE") && without.size() < 2;
        return can ? Optional.empty()
            : Optional.of("off [fixed]; " + config.get().source() + " does not set "
            + String.join(", ", without.stream().map(option -> "CONFIG_" + option).toList()));
    }

    static Optional<String> configUnreadable(DiagnosisInput scene) {
        var config = scene.here().kernel().config();
        boolean asked = DiagnosisInput.known(config).isEmpty() && !Readings.why(config).equals("not asked");
        return asked && fixedForAnotherReason(scene) && !outOfTree(scene) ? Optional.of("off [fixed]; " + Readings.why(config))
            : Optional.empty();
    }

    static Optional<String> switchdev(DiagnosisInput scene) {
        if (!scene.missedWith(Flag.OFF_FIXED, Flag.OFF, Flag.OFF_REFUSED)) return Optional.empty();
        var mode = DiagnosisInput.known(scene.here().hardware().eswitch()).filter(EswitchMode::switchdev)
            .map(seen -> "eswitch mode switchdev");
        return mode.or(() -> DiagnosisInput.known(scene.here().kernel().log()).map(log -> log.naming("not supported in switchdev mode"))
            .filter(lines -> !lines.isEmpty()).map(List::getLast));
    }

    static Optional<String> cryptoUnreadable(DiagnosisInput scene) {
        if (!fixedForAnotherReason(scene)) return Optional.empty();
        return crypto(scene, Crypto.State.UNKNOWN)
            .flatMap(crypto -> crypto.evidence().stream().map(Crypto.Evidence::text)
            .filter(text -> text.contains("Failed dumping") || text.contains("INI section not found")
            || text.contains("not supported on an encrypted")).findFirst()).map(text -> "off [fixed]; " + text);
    }

    static Optional<String> mstNotStarted(DiagnosisInput scene) {
        if (!fixedForAnotherReason(scene) || crypto(scene, Crypto.State.UNKNOWN).isEmpty()) return Optional.empty();
        return DiagnosisInput.known(scene.here().hardware().cards()).stream().flatMap(cards -> cards.cards().stream())
            .flatMap(card -> card.silent().stream())
            .filter(text -> text.contains("/dev/mst") || text.toLowerCase(java.util.Locale.ROOT).contains("cannot open device")
            || text.contains("Failed to open")).findFirst().map(text -> "off [fixed]; " + text);
    }

    static Optional<String> waitsForReset(DiagnosisInput scene) {
        if (!scene.missedWith(Flag.OFF_FIXED, Flag.OFF_REFUSED)) return Optional.empty();
        var waiting = DiagnosisInput.known(scene.here().hardware().cards()).map(Cards::cards).orElse(List.of()).stream()
            .flatMap(card -> card.waiting().stream()).toList();
        return waiting.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", waiting));
    }

    static Optional<String> countsNoTls(DiagnosisInput scene) {
        return scene.missed().stream().filter(matter -> !matter.inProgram() && DiagnosisInput.known(matter.end().before().nic())
            .filter(counters -> counters.of(matter.bytes()).isEmpty()).isPresent()).findFirst()
            .map(matter -> "ethtool -S " + matter.end().link() + " has no " + matter.bytes());
    }

    /// `[fixed]`, and neither the card's crypto nor switchdev mode explains it.
    private static boolean fixedForAnotherReason(DiagnosisInput scene) {
        return scene.missedWith(Flag.OFF_FIXED) && crypto(scene, Crypto.State.DISABLED).isEmpty() && switchdev(scene).isEmpty();
    }

    private static boolean outOfTree(DiagnosisInput scene) {
        return DiagnosisInput.known(scene.here().kernel().driver()).filter(Mlx5Driver::outOfTree).isPresent();
    }

    private static Optional<Crypto> crypto(DiagnosisInput scene, Crypto.State state) {
        return DiagnosisInput.known(scene.here().hardware().cards()).map(Cards::cards).orElse(List.of()).stream().map(card -> card.crypto())
            .filter(crypto -> crypto.state() == state).findFirst();
    }

    private static String name(Direction half) {
        return half == Direction.TX ? TlsFlags.TX : TlsFlags.RX;
    }
}
