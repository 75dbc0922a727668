package dev.bluerig.trial;

import dev.bluerig.fact.Cards;
import dev.bluerig.fact.Crypto;
import dev.bluerig.fact.EswitchMode;
import dev.bluerig.fact.Mlx5Driver;
import dev.bluerig.fact.TlsFlags;
import dev.bluerig.fact.TlsFlags.Flag;
import dev.bluerig.inventory.Version;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Why a card was not asked to encrypt: version, cipher, flags, and what makes flags fixed.
final class OffloadClues {
    private static final Version RX_OFFLOAD = new Version("5.9");
    private static final Version TX_OFFLOAD = new Version("5.3");
    /// From here on every source agrees that mlx5 takes AES-256-GCM.
    private static final Version SURELY_AES_256 = new Version("6.2");

    private OffloadClues() {}

    static Optional<String> version13(Scene scene) {
        return negotiated(scene, sample -> sample.version().equals("1.3"));
    }

    static Optional<String> cipher(Scene scene) {
        return negotiated(scene, sample -> sample.version().equals("1.2") && !sample.cipher().contains("gcm"));
    }

    static Optional<String> aes256(Scene scene) {
        boolean old = scene.end().flatMap(end -> Version.leading(end.kernel())).filter(version -> !version.atLeast(SURELY_AES_256)).isPresent();
        return old ? negotiated(scene, sample -> sample.version().equals("1.2") && sample.cipher().contains("256") && sample.cipher().contains("gcm")) : Optional.empty();
    }

    private static Optional<String> negotiated(Scene scene, Predicate<Sample> which) {
        boolean kernel = scene.missed().stream().anyMatch(matter -> !matter.inProgram());
        return scene.end().filter(end -> kernel).flatMap(end -> end.pair().samples().stream().filter(which).findFirst()
            .map(sample -> "TLS " + sample.version() + " " + sample.cipher() + " on Linux " + end.kernel() + moved(scene)));
    }

    /// The kernel's own count, when it tells.
    private static String moved(Scene scene) {
        return scene.missed().stream().findFirst().map(matter -> ", " + matter.named("Sw") + " +" + matter.kernel(matter.named("Sw")).orUnknown() + ", " + matter.named("Device") + " +"
            + matter.kernel(matter.named("Device")).orUnknown()).filter(text -> !text.contains("+-1")).orElse("");
    }

    static Optional<String> txFlagOff(Scene scene) {
        return off(scene, Half.TX);
    }

    static Optional<String> rxFlagOff(Scene scene) {
        return off(scene, Half.RX);
    }

    private static Optional<String> off(Scene scene, Half half) {
        return scene.ruled(half, Ruling.SOFTWARE, Ruling.UNKNOWN, Ruling.MIXED) && scene.flag(half).filter(Flag.OFF::equals).isPresent()
            ? scene.end().map(end -> name(half) + " of " + end.link() + " was off before the run") : Optional.empty();
    }

    static Optional<String> rxKernelOld(Scene scene) {
        return old(scene, Half.RX, RX_OFFLOAD);
    }

    static Optional<String> txKernelOld(Scene scene) {
        return old(scene, Half.TX, TX_OFFLOAD);
    }

    private static Optional<String> old(Scene scene, Half half, Version since) {
        boolean absent = scene.ruling(half).isPresent() && scene.flag(half).filter(Flag.ABSENT::equals).isPresent();
        return scene.end().filter(end -> absent && Version.leading(end.kernel()).filter(version -> !version.atLeast(since)).isPresent())
            .map(end -> "Linux " + end.kernel() + ", and ethtool does not list " + name(half));
    }

    static Optional<String> refused(Scene scene) {
        if (!scene.missedWith(Flag.OFF_REFUSED)) return Optional.empty();
        var lines = Scene.known(scene.here().kernel().log()).map(log -> log.naming("mlx5")).orElse(List.of());
        return Optional.of("off [requested on]" + (lines.isEmpty() ? "" : "; " + lines.getLast()));
    }

    /// Everything that the kernel itself looks at was in order, so it asked the driver, and the driver said no (net/tls/tls_device.c, tls_set_device_offload).
    static Optional<String> connectionsRefused(Scene scene) {
        if (version13(scene).isPresent() || cipher(scene).isPresent() || aes256(scene).isPresent() || PathClues.elsewhere(scene).isPresent() || PathClues.local(scene).isPresent())
            return Optional.empty();
        return scene.missed().stream().filter(matter -> !matter.inProgram() && alwaysOn(matter) && matter.kernel(matter.named("Sw")).orUnknown() > 0 && Foreign.in(matter).isEmpty()).findFirst()
            .map(matter -> matter.named("Sw") + " +" + matter.kernel(matter.named("Sw")).orUnknown() + ", " + matter.named("Device") + " +" + matter.kernel(matter.named("Device")).orUnknown()
                + " while " + name(matter.half()) + " of " + matter.end().link() + " was on");
    }

    private static boolean alwaysOn(Matter matter) {
        return matter.moments().stream().map(look -> Scene.known(look.flags())).allMatch(flags -> flags.map(seen -> matter.half() == Half.TX ? seen.transmit() : seen.receive()).filter(Flag::on).isPresent());
    }

    static Optional<String> noCrypto(Scene scene) {
        return scene.missedWith(Flag.OFF_FIXED) ? crypto(scene, Crypto.State.DISABLED).map(Crypto::why).map(why -> "off [fixed]; " + why) : Optional.empty();
    }

    static Optional<String> driverWithoutTls(Scene scene) {
        var config = Scene.known(scene.here().kernel().config());
        if (!fixedForAnotherReason(scene) || config.isEmpty() || outOfTree(scene)) return Optional.empty();
        var without = List.of("TLS_DEVICE", "MLX5_EN_TLS", "MLX5_TLS").stream().filter(option -> config.get().options().getOrDefault(option, "n").equals("n")).toList();
        boolean can = !without.contains("TLS_DEVICE") && without.size() < 2;
        return can ? Optional.empty() : Optional.of("off [fixed]; " + config.get().source() + " does not set " + String.join(", ", without.stream().map(option -> "CONFIG_" + option).toList()));
    }

    static Optional<String> configUnreadable(Scene scene) {
        var config = scene.here().kernel().config();
        boolean asked = Scene.known(config).isEmpty() && !Heard.why(config).equals("not asked");
        return asked && fixedForAnotherReason(scene) && !outOfTree(scene) ? Optional.of("off [fixed]; " + Heard.why(config)) : Optional.empty();
    }

    static Optional<String> switchdev(Scene scene) {
        if (!scene.missedWith(Flag.OFF_FIXED, Flag.OFF, Flag.OFF_REFUSED)) return Optional.empty();
        var mode = Scene.known(scene.here().hardware().eswitch()).filter(EswitchMode::switchdev).map(seen -> "eswitch mode switchdev");
        return mode.or(() -> Scene.known(scene.here().kernel().log()).map(log -> log.naming("not supported in switchdev mode")).filter(lines -> !lines.isEmpty()).map(List::getLast));
    }

    static Optional<String> cryptoUnreadable(Scene scene) {
        if (!fixedForAnotherReason(scene)) return Optional.empty();
        return crypto(scene, Crypto.State.UNKNOWN).flatMap(crypto -> crypto.evidence().stream().map(Crypto.Evidence::text).filter(text -> text.contains("Failed dumping") || text.contains("INI section not found")
            || text.contains("not supported on an encrypted")).findFirst()).map(text -> "off [fixed]; " + text);
    }

    static Optional<String> mstNotStarted(Scene scene) {
        if (!fixedForAnotherReason(scene) || crypto(scene, Crypto.State.UNKNOWN).isEmpty()) return Optional.empty();
        return Scene.known(scene.here().hardware().cards()).stream().flatMap(cards -> cards.cards().stream()).flatMap(card -> card.silent().stream())
            .filter(text -> text.contains("/dev/mst") || text.toLowerCase(java.util.Locale.ROOT).contains("cannot open device") || text.contains("Failed to open")).findFirst().map(text -> "off [fixed]; " + text);
    }

    static Optional<String> waitsForReset(Scene scene) {
        if (!scene.missedWith(Flag.OFF_FIXED, Flag.OFF_REFUSED)) return Optional.empty();
        var waiting = Scene.known(scene.here().hardware().cards()).map(Cards::cards).orElse(List.of()).stream().flatMap(card -> card.waiting().stream()).toList();
        return waiting.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", waiting));
    }

    static Optional<String> countsNoTls(Scene scene) {
        return scene.missed().stream().filter(matter -> !matter.inProgram() && Scene.known(matter.end().before().nic()).filter(counters -> counters.of(matter.bytes()).isEmpty()).isPresent()).findFirst()
            .map(matter -> "ethtool -S " + matter.end().link() + " has no " + matter.bytes());
    }

    /// `[fixed]`, and neither the card's crypto nor switchdev mode explains it.
    private static boolean fixedForAnotherReason(Scene scene) {
        return scene.missedWith(Flag.OFF_FIXED) && crypto(scene, Crypto.State.DISABLED).isEmpty() && switchdev(scene).isEmpty();
    }

    private static boolean outOfTree(Scene scene) {
        return Scene.known(scene.here().kernel().driver()).filter(Mlx5Driver::outOfTree).isPresent();
    }

    private static Optional<Crypto> crypto(Scene scene, Crypto.State state) {
        return Scene.known(scene.here().hardware().cards()).map(Cards::cards).orElse(List.of()).stream().map(card -> card.crypto()).filter(crypto -> crypto.state() == state).findFirst();
    }

    private static String name(Half half) {
        return half == Half.TX ? TlsFlags.TX : TlsFlags.RX;
    }
}
