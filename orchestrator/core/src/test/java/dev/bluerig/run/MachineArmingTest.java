package dev.bluerig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bluerig.cases.FakeSession;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who is dialled anew, by which way, and over what later questions go.
class MachineArmingTest {
    @TempDir
    private Path directory;
    private final List<String> dialled = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final Set<String> dead = new TreeSet<>();
    private Inventory inventory;
    private Connections connections;

    /// Answers with its own number, as long as it lives.
    private final class Numbered extends FakeSession {
        private final String name;

        Numbered(String name) {
            this.name = name;
        }

        @Override
        protected Reply run(Command command) throws Unreachable {
            if (dead.contains(name)) throw new Unreachable(ConnectionCode.CONNECTION_LOST, name);
            return new Reply.Ran(0, name, "");
        }

        @Override
        protected int commands() {
            return 1;
        }

        @Override
        public void close() {
            closed.add(name);
        }
    }

    @BeforeEach
    void lab() throws IOException {
        inventory = InventoryReader.read(Files.writeString(directory.resolve("i.yaml"), """
            machines:
              host-a: {kind: host, address: 10.0.0.11, ssh: {user: lab}}
              dpu-a: {kind: dpu, host: host-a, ssh: {user: lab}, via: {link: tmfifo_net0, near: 192.168.100.1/30, far: 192.168.100.2}}
            """));
        connections = new Connections(inventory, (machine, way) -> {
            if (dead.contains(machine.name())) throw new Unreachable(ConnectionCode.CONNECT_TIMEOUT, machine.name());
            String name = machine.name() + dialled.stream().filter(each -> each.startsWith(machine.name())).count();
            dialled.add(name + way.map(host -> " by " + said(host)).orElse(""));
            return new Numbered(name);
        });
    }

    private static String said(Session session) {
        try {
            return ((Reply.Ran) session.exchange(Exchange.asking(List.of(Command.of("who")))).getFirst()).out();
        } catch (Unreachable lost) {
            return lost.getMessage() + " (lost)";
        }
    }

    private MachineArming arming(String machine) {
        return new MachineArming(inventory.machines().get(machine), inventory, connections, "run-" + machine + "-1",
            Duration.ofSeconds(60));
    }

    @Test
    void a_dpu_is_dialled_anew_through_its_host_dialled_anew_once() throws Exception {
        var session = connections.to(inventory.machines().get("dpu-a"));
        var arming = arming("dpu-a");
        arming.ready();
        arming.renew();
        arming.renewOthers();
        assertEquals(List.of("host-a0", "dpu-a0 by host-a0", "host-a1", "dpu-a1 by host-a1"), dialled);
        assertEquals("dpu-a1", said(session), "what was handed out goes on over the new connection");
        arming.renew();
        assertEquals("dpu-a2 by host-a1", dialled.getLast());
        dead.add("host-a1");
        arming.renew();
        assertEquals("dpu-a3 by host-a2", dialled.getLast());
        assertEquals(List.of(), closed);
        connections.close();
        assertEquals(7, closed.size(), closed.toString());
    }

    @Test
    void a_hosts_dpus_must_answer_through_it_when_they_did_before() throws Exception {
        var arming = arming("host-a");
        arming.ready();
        arming.renew();
        dead.add("dpu-a");
        assertThrows(Unreachable.class, arming::renewOthers);
        dead.clear();
        arming.renewOthers();
        assertEquals("dpu-a1 by host-a1", dialled.getLast());
        arming.renewOthers();
        assertEquals(List.of("host-a0", "dpu-a0 by host-a0", "host-a1", "dpu-a1 by host-a1"), dialled);
    }

    @Test
    void who_did_not_answer_before_has_nothing_to_lose() throws Exception {
        dead.add("dpu-a");
        var arming = arming("host-a");
        arming.ready();
        arming.renew();
        arming.renewOthers();
        assertEquals(List.of("host-a0", "host-a1"), dialled);
        assertEquals(List.of("run-host-a-1-1", "run-host-a-1-2"), List.of(arming.name(), arming.name()));
    }
}
