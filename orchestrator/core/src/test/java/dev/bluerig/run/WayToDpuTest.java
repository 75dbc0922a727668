package dev.bluerig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.FakeMachine;
import dev.bluerig.cases.Ways;
import dev.bluerig.converge.Mode;
import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Dialer;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A DPU that is reached through its host: what is said when it does not answer, and when it could not answer yet.
class WayToDpuTest {
    private static final String INVENTORY = """
        machines:
          host-a: {kind: host, address: 10.0.0.11, ssh: {user: lab}}
          dpu-a: {kind: dpu, host: host-a, ssh: {user: ubuntu}, via: {link: tmfifo_net0, near: 192.168.100.1/30, far: 192.168.100.2}}
        """;
    /// `ip -d -j address show` of iproute2 6.1.0, Debian 12, shortened to what is read.
    private static final String LINKS = "[{\"ifindex\":2,\"ifname\":\"eno1\",\"flags\":[\"UP\",\"LOWER_UP\"],\"mtu\":1500,"
        + "\"addr_info\":[{\"family\":\"inet\",\"local\":\"10.0.0.11\",\"prefixlen\":24,\"scope\":\"global\"}]},"
        + "{\"ifindex\":7,\"ifname\":\"tmfifo_net0\",\"flags\":[\"UP\",\"LOWER_UP\"],\"mtu\":1500,"
        + "\"addr_info\":[{\"family\":\"inet\",\"local\":\"192.168.100.1\",\"prefixlen\":30,\"scope\":\"global\"}]}]";
    /// `ip -j route show table all`: it is managed over a card of the board.
    private static final String ROUTES = "[{\"dst\":\"10.0.0.0/24\",\"dev\":\"eno1\",\"protocol\":\"kernel\","
        + "\"scope\":\"link\",\"prefsrc\":\"10.0.0.11\",\"flags\":[]}]";
    private static final String SEEN = "; seen from host-a: tmfifo_net0 is up, with 192.168.100.1/30; 192.168.100.2 does not answer ping;"
        + " rshim0: DEV_NAME pcie-0000:b1:00.2";

    @TempDir
    private Path directory;
    private RunHarness harness;
    private final Map<String, Unreachable> dead = new TreeMap<>();
    private final List<String> dialled = new ArrayList<>();
    private boolean answersPing;
    private boolean linkMade = true;

    @BeforeEach
    void harness() {
        harness = new RunHarness(directory);
    }

    private final class Fakes implements Dialer {
        @Override
        public Session dial(Machine machine, Optional<Session> way) throws Unreachable {
            dialled.add(machine.name() + (way.isPresent() ? " through its host" : ""));
            if (dead.containsKey(machine.name())) throw dead.get(machine.name());
            return new FakeMachine(WayToDpuTest.this::answer);
        }
    }

    private Reply answer(Command command) {
        return Ways.answer(command, "10.0.0.1 51000 10.0.0.11 22", LINKS, ROUTES, this::other);
    }

    private Reply other(Command command) {
        return switch (command.words().getFirst()) {
            case "made" -> new Reply.Ran(linkMade ? 0 : 1, "", "");
            case "make" -> {
                linkMade = true;
                yield new Reply.Ran(0, "", "");
            }
            case "ping" -> new Reply.Ran(answersPing ? 0 : 1, "", "");
            case "grep" -> new Reply.Ran(0, "/dev/rshim0/misc:DEV_NAME        pcie-0000:b1:00.2\n", "");
            case "which", "arping", "install" -> FakeMachine.which(command);
            case "find", "mst" -> new Reply.Ran(1, "", "");
            default -> throw new AssertionError("the fake was not told about " + command);
        };
    }

    private Run.Ended run(Mode mode, String onHost) throws IOException {
        return harness.run(RunHarness.terms(mode), INVENTORY, """
            - play: on the host
              machines: host-a
              tasks: [command: {run: [make], unless: [made], because: a test%s}]
            - play: on the DPU
              machines: dpu-a
              tasks: [command: {run: [make], unless: [made], because: a test}]
            """.formatted(onHost), new Fakes());
    }

    private Run.Ended run(Mode mode) throws IOException {
        return run(mode, "");
    }

    private static TaskResult onDpu(Run.Ended ended) {
        return ended.record().plays().getLast().tasks().getFirst().results().get("dpu-a");
    }

    private void kill(String machine, ConnectionCode reason) {
        dead.put(machine, new Unreachable(reason, "said by the dialer"));
    }

    @Test
    void one_that_does_not_answer_is_told_as_its_host_sees_it() throws IOException {
        kill("dpu-a", ConnectionCode.CONNECT_TIMEOUT);
        var result = onDpu(run(Mode.ACCEPT));
        assertEquals(OutcomeStatus.UNREACHABLE, result.outcome());
        assertEquals("CONNECT_TIMEOUT", result.failure().orElseThrow().code().name());
        assertEquals("said by the dialer" + SEEN, result.failure().orElseThrow().detail());
        assertEquals(List.of("host-a", "dpu-a through its host"), dialled);
    }

    /// It did answer: what the host sees of it explains nothing.
    @Test
    void its_host_is_asked_only_where_a_way_may_be_missing() throws IOException {
        var asked = new EnumMap<ConnectionCode, Boolean>(ConnectionCode.class);
        for (ConnectionCode reason : ConnectionCode.values()) {
            kill("dpu-a", reason);
            asked.put(reason, onDpu(run(Mode.ACCEPT)).failure().orElseThrow().detail().contains("seen from host-a"));
        }
        for (ConnectionCode reason : List.of(ConnectionCode.NO_ROUTE, ConnectionCode.REFUSED, ConnectionCode.CONNECTION_LOST))
            assertTrue(asked.get(reason), reason.name());
        for (ConnectionCode reason : List.of(ConnectionCode.LOGIN_REFUSED, ConnectionCode.HOST_KEY_CHANGED, ConnectionCode.SUDO_REFUSED))
            assertEquals(false, asked.get(reason), reason.name());
    }

    @Test
    void a_dead_host_takes_its_dpu_along_which_is_not_dialled() throws IOException {
        kill("host-a", ConnectionCode.REFUSED);
        var failure = onDpu(run(Mode.ACCEPT)).failure().orElseThrow();
        assertEquals("HOST_UNREACHABLE", failure.code().name());
        assertEquals("host-a: REFUSED: said by the dialer", failure.detail());
        assertEquals(List.of("host-a"), dialled);
    }

    @Test
    void where_an_earlier_play_would_first_make_the_way_it_is_not_dialled() throws IOException {
        linkMade = false;
        var result = onDpu(run(Mode.CHECK, ", touches: [tmfifo_net0]"));
        assertEquals(OutcomeStatus.SKIPPED, result.outcome());
        assertEquals("not yet reachable: an earlier play would first make the way to it", result.note());
        assertEquals(List.of("host-a"), dialled);
    }

    @Test
    void where_it_answers_its_host_already_it_is_dialled() throws IOException {
        linkMade = false;
        answersPing = true;
        assertEquals(OutcomeStatus.WOULD_CHANGE, onDpu(run(Mode.CHECK, ", touches: [tmfifo_net0]")).outcome());
    }

    /// It answers ping and not SSH: rshim.service restarted may mend that, a wrong key nothing.
    @Test
    void what_would_change_the_way_excuses_only_what_that_can_mend() throws IOException {
        linkMade = false;
        answersPing = true;
        kill("dpu-a", ConnectionCode.REFUSED);
        assertEquals(OutcomeStatus.SKIPPED, onDpu(run(Mode.CHECK, ", touches: [rshim.service]")).outcome());
        kill("dpu-a", ConnectionCode.LOGIN_REFUSED);
        assertEquals(OutcomeStatus.UNREACHABLE, onDpu(run(Mode.CHECK, ", touches: [rshim.service]")).outcome());
    }

    @Test
    void a_change_that_makes_no_way_excuses_nothing() throws IOException {
        linkMade = false;
        kill("dpu-a", ConnectionCode.REFUSED);
        assertEquals(OutcomeStatus.UNREACHABLE, onDpu(run(Mode.CHECK, ", touches: [eno1]")).outcome());
    }

    @Test
    void an_apply_has_made_the_way_and_dials() throws IOException {
        linkMade = false;
        assertEquals(OutcomeStatus.OK, onDpu(run(Mode.APPLY)).outcome(), "the flag is of both");
        assertEquals(List.of("host-a", "dpu-a through its host"), dialled);
    }
}
