package dev.bluerig.sim.agent;

import dev.bluerig.inventory.Version;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.protocol.TlsVersion;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.net.LinkFeatures;
import dev.bluerig.sim.net.SimLink;

/// Where the kernel puts a direction when it is given the keys: into the card only if version, cipher, driver, flag, link and card agree at
/// that moment (net/tls/tls_device.c tls_set_device_offload).
final class TlsOffload {
    private static final Version TRANSMIT = new Version("5.3");
    private static final Version RECEIVE = new Version("5.9");
    private static final Version AES_256 = new Version("6.2");

    private TlsOffload() {}

    static boolean transmit(SimMachine machine, SimLink out, RecordKeys keys) {
        return card(machine, out, keys, TRANSMIT, "tls-hw-tx-offload");
    }

    static boolean receive(SimMachine machine, SimLink out, RecordKeys keys) {
        return card(machine, out, keys, RECEIVE, "tls-hw-rx-offload");
    }

    private static boolean card(SimMachine machine, SimLink out, RecordKeys keys, Version since, String flag) {
        boolean flagged = out.features().find(flag).filter(LinkFeatures.Feature::on).isPresent();
        boolean lit = out.isUp() && machine.world().carrier(machine, out);
        return out.kind() == SimLink.Kind.PORT && machine.card().crypto() && flagged && lit && keys.version() == TlsVersion.TLS_1_2
            && machine.image().version().atLeast(since) && offers(machine, keys);
    }

    private static boolean offers(SimMachine machine, RecordKeys keys) {
        return switch (keys.cipher()) {
            case AES_128_GCM -> true;
            case AES_256_GCM -> machine.image().outOfTree() || machine.image().version().atLeast(AES_256);
            case CHACHA20_POLY1305 -> false;
        };
    }
}
