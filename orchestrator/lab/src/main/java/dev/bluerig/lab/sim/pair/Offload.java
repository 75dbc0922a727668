package dev.bluerig.lab.sim.pair;

import dev.bluerig.inventory.Version;
import dev.bluerig.ktls.Keys;
import dev.bluerig.ktls.TlsVersion;
import dev.bluerig.lab.sim.machine.Features;
import dev.bluerig.lab.sim.machine.Link;
import dev.bluerig.lab.sim.machine.SimMachine;

/// Where the kernel puts a direction when it is given the keys: into the card only if version, cipher, driver, flag, link and card agree at that
/// moment (net/tls/tls_device.c tls_set_device_offload; fact sheet 0.1, 2.1, 2.3).
final class Offload {
    private static final Version TRANSMIT = new Version("5.3");
    private static final Version RECEIVE = new Version("5.9");
    private static final Version AES_256 = new Version("6.2");

    private Offload() {}

    static boolean transmit(SimMachine machine, Link out, Keys keys) {
        return card(machine, out, keys, TRANSMIT, "tls-hw-tx-offload");
    }

    static boolean receive(SimMachine machine, Link out, Keys keys) {
        return card(machine, out, keys, RECEIVE, "tls-hw-rx-offload");
    }

    private static boolean card(SimMachine machine, Link out, Keys keys, Version since, String flag) {
        boolean flagged = out.features().find(flag).filter(Features.Feature::on).isPresent();
        boolean lit = out.isUp() && machine.world().carrier(machine, out);
        return out.kind() == Link.Kind.PORT && machine.card().crypto() && flagged && lit && keys.version() == TlsVersion.TLS_1_2
            && machine.image().version().atLeast(since) && offers(machine, keys);
    }

    private static boolean offers(SimMachine machine, Keys keys) {
        return switch (keys.cipher()) {
            case AES_128_GCM -> true;
            case AES_256_GCM -> machine.image().outOfTree() || machine.image().version().atLeast(AES_256);
            case CHACHA20_POLY1305 -> false;
        };
    }
}
