package dev.bluerig.lab.namespace;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.inventory.Machine;
import dev.bluerig.lab.machine.LabFiles;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.ssh.SshDialer;
import dev.bluerig.remote.ssh.SshSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A lab as its own inventory describes it, with bluerig's sessions to its machines, dialled when first asked for.
final class LabHarness implements AutoCloseable {
    private final Inventory inventory;
    private final SshDialer dialer;
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    LabHarness(LabFiles lab) {
        inventory = InventoryReader.read(lab.inventory());
        dialer = new SshDialer(SshSettings.only(lab.knownHosts()));
    }

    Inventory inventory() {
        return inventory;
    }

    Session session(String machine) throws Exception {
        Session open = sessions.get(machine);
        if (open != null) return open;
        Machine wanted = inventory.machines().get(machine);
        Optional<Session> host = wanted.host().isEmpty() ? Optional.empty() : Optional.of(session(wanted.host().get()));
        Session session = dialer.dial(wanted, host);
        sessions.put(machine, session);
        return session;
    }

    @Override
    public void close() {
        dialer.close();
    }
}
