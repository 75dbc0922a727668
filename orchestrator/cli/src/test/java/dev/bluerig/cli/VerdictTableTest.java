package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.report.Report;
import dev.bluerig.sim.Fault;
import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import dev.bluerig.sim.machine.TlsFault;
import dev.bluerig.trial.run.Cell;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.TlsPlacement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Every way to be wrong, in one simulated lab after the other: never HARDWARE where the card did not do it, never accepted, and the cause
/// is named.
@Timeout(600)
class VerdictTableTest {
    private static final String TRIAL = """
        - trial: proof
          pairs: all
          ports: each
          load: {version: "%s", cipher: %s, direction: both, connections: 2, bytes: 8MiB%s}
          flip: true
          expect: %s
        """;
    private static final String ALL = "{tx: hardware, rx: hardware, decrypt_errors: 0, flows: offloaded, retransmits: 0.001,"
        + " link_errors: 0, temperature_below: 95}";
    private static final String USUAL = TRIAL.formatted("1.2", "aes-128-gcm", "", ALL);

    @TempDir
    private Path directory;

    private static final Set<TlsPlacement> HARDWARE = Set.of(TlsPlacement.HARDWARE);
    private static final Set<TlsPlacement> UNKNOWN = Set.of(TlsPlacement.UNKNOWN);
    /// How much the card did before the fault struck is a matter of moments; nothing is UNKNOWN, something is MIXED.
    private static final Set<TlsPlacement> PARTLY = Set.of(TlsPlacement.UNKNOWN, TlsPlacement.MIXED);

    /// What comes of a fault. `rulings` of host-b that are right, TX then RX; empty: there is no verdict. `code` is named in the outcome,
    /// or the expectation that is not met.
    private record Row(Fault fault, List<Set<TlsPlacement>> rulings, String code) {
        private boolean right(List<TlsPlacement> seen) {
            return seen.size() == rulings.size()
                && (seen.isEmpty() || rulings.get(0).contains(seen.get(0)) && rulings.get(1).contains(seen.get(1)));
        }
    }

    private static Row none(Fault fault, String code) {
        return new Row(fault, List.of(), code);
    }

    private static Row unknown(Fault fault, String code) {
        return new Row(fault, List.of(UNKNOWN, UNKNOWN), code);
    }

    private static Row hardware(Fault fault, String what) {
        return new Row(fault, List.of(HARDWARE, HARDWARE), what);
    }

    private static final List<Row> ROWS = List.of(
        none(new Fault.KernelTls("host-b", TlsFault.NO_TLS_MODULE), "KERNEL_MODULE_MISSING"),
        none(new Fault.KernelTls("host-b", TlsFault.NO_TLS_KERNEL), "KERNEL_MODULE_MISSING"),
        none(new Fault.ForeignTls("host-b", "nginx"), "BUSY"),
        none(new Fault.ForeignTlsOpens("host-b", "nginx"), "FLIP_REFUSED"),
        none(new Fault.KernelTls("host-b", TlsFault.CORRUPT_PAYLOAD), "DATA_DIFFERS"),
        none(new Fault.KernelTls("host-b", TlsFault.CORRUPT_RECORD), "RECORD_CORRUPT"),
        none(new Fault.ProgramKilled("host-b"), "PROGRAM_DIED"),
        none(new Fault.PortsTaken("host-a", 47_000, 47_099, "iperf3"), "PORT_IN_USE"),
        none(new Fault.DuplicateHost("host-a"), "PIN_MISMATCH"),
        unknown(new Fault.KernelTls("host-b", TlsFault.CARD_PRETENDS), "BYTES_BY_ANOTHER_PORT"),
        unknown(new Fault.KernelTls("host-b", TlsFault.COUNTERS_ELSEWHERE), "BYTES_BY_ANOTHER_PORT"),
        new Row(new Fault.FlagSwitchedOff("host-b", 0, "tls-hw-tx-offload"), List.of(UNKNOWN, HARDWARE), "FLAG_SWITCHED"),
        new Row(new Fault.FlagSwitchedOff("host-b", 0, "tls-hw-rx-offload"), List.of(HARDWARE, PARTLY), "FLAG_SWITCHED"),
        new Row(new Fault.LinkFlap("host-b", 0), List.of(PARTLY, PARTLY), "LINK_FLAPPED"),
        unknown(new Fault.KernelTls("host-b", TlsFault.CARD_ERRORS), "RECORD_NOT_FOUND"),
        unknown(new Fault.KernelTls("host-b", TlsFault.SOCK_DIAG_REFUSED), "STATE_NOT_ALLOWED"),
        unknown(new Fault.KernelTls("host-b", TlsFault.OTHER_NAMESPACE), "COUNTERS_OF_ANOTHER_NAMESPACE"),
        new Row(new Fault.KernelTls("host-b", TlsFault.CABLE_ERRORS), List.of(UNKNOWN, HARDWARE), "LOSS_ON_THE_WAY"),
        hardware(new Fault.KernelTls("host-b", TlsFault.OVERHEATING), "temperature_below of host-b"),
        hardware(new Fault.KernelTls("dpu-b", TlsFault.FLOWS_IN_SOFTWARE), "flows of dpu-b"));

    private CommandLineHarness.Result run(Path inventory, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-C", CommandLineHarness.repository().toString(), "-i", inventory.toString(), "--runs",
            directory.resolve("runs").toString()));
        return new CommandLineHarness(directory).run(LabCommands.SSH, all.toArray(String[]::new));
    }

    private CommandLineHarness.Result accept(Path inventory, String trial) throws IOException {
        return run(inventory, "accept", Files.writeString(directory.resolve("one.yaml"), trial).toString());
    }

    private TrialResult last() throws IOException {
        try (var runs = Files.list(directory.resolve("runs"))) {
            Path run = runs.max((a, b) -> Long.compare(a.toFile().lastModified(), b.toFile().lastModified())).orElseThrow();
            return Report.read("report.json", Files.readString(run.resolve("report.json"))).run().trials().getFirst();
        }
    }

    private static List<TlsPlacement> rulings(TrialResult result, String machine) {
        return Stream.of(Direction.TX, Direction.RX).flatMap(direction -> result.cells().stream().flatMap(cell -> cell.verdicts().stream())
            .filter(verdict -> verdict.machine().equals(machine) && verdict.half() == direction)).map(verdict -> verdict.ruling()).toList();
    }

    /// Codes of everything that went wrong, and the names of expectations that were not met.
    private static List<String> named(TrialResult result) {
        var named = new ArrayList<String>();
        result.failure().ifPresent(failure -> named.add(failure.code().name()));
        for (Cell cell : result.cells()) {
            cell.failure().ifPresent(failure -> named.add(failure.code().name()));
            cell.diagnoses().forEach(diagnosis -> named.add(diagnosis.code().text()));
            cell.misses().forEach(unmet -> named.add(unmet.what()));
        }
        return named;
    }

    /// A lab after the bring-up, with one cable in its inventory.
    private Path ready(SimLab lab) throws IOException {
        SmallPayload.in(directory);
        Path inventory = lab.writeInventory(directory.resolve("lab"));
        var applied = run(inventory, "apply");
        assertEquals(0, applied.exit(), applied.toString());
        return Files.writeString(inventory, Files.readString(inventory).replace("cables: [[0, 0], [1, 1]]", "cables: [[0, 0]]"));
    }

    private static void mend(SimLab lab, String struck) {
        lab.heal(struck);
        for (String host : List.of("host-a", "host-b")) {
            lab.machine(host).modules().add("tls");
            for (String way : List.of("tx", "rx")) lab.machine(host).port(0).features().turn("tls-hw-" + way + "-offload", true);
        }
    }

    @Test
    void every_way_to_be_wrong_is_found_out() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            Path inventory = ready(lab);
            assertEquals(0, accept(inventory, USUAL).exit(), "nothing is wrong");
            assertAll(ROWS.stream().map(row -> (Executable) () -> found(lab, inventory, row)));
            var again = accept(inventory, USUAL);
            assertEquals(0, again.exit(), again.toString());
            assertEquals(Map.of(), lab.unknownCommands());
        }
    }

    private void found(SimLab lab, Path inventory, Row row) {
        lab.strike(row.fault());
        try {
            var result = accept(inventory, USUAL);
            String shown = row + "\n" + result.out() + result.err();
            assertEquals(1, result.exit(), shown);
            assertTrue(row.right(rulings(last(), "host-b")), rulings(last(), "host-b") + " " + shown);
            assertTrue(named(last()).contains(row.code()), shown);
            assertTrue(result.out().contains(row.code()), shown);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } finally {
            mend(lab, row.fault().machine());
        }
    }

    /// The cores forward the flow, so that it can be captured.
    @Test
    void plaintext_that_no_counter_tells_is_found_on_the_cable() throws Exception {
        // so little that both directions fit into one capture, whichever end begins first
        String wire = USUAL.replace("flip: true", "flip: true\n  wire: true").replace("flows: offloaded, ", "")
            .replace("bytes: 8MiB", "bytes: 192KiB");
        try (var lab = SimLab.start(SimTopology.of(1).with(new Fault.KernelTls("dpu-a", TlsFault.FLOWS_IN_SOFTWARE))
            .with(new Fault.KernelTls("dpu-b", TlsFault.FLOWS_IN_SOFTWARE)))) {
            Path inventory = ready(lab);
            var good = accept(inventory, wire);
            assertEquals(0, good.exit(), good.toString());
            lab.strike(new Fault.KernelTls("host-b", TlsFault.CARD_LEAKS));
            assertEquals(0, accept(inventory, wire.replace("wire: true", "wire: false")).exit(), "nothing else can tell");
            var result = accept(inventory, wire);
            assertEquals(1, result.exit(), result.toString());
            assertEquals(List.of(TlsPlacement.UNKNOWN, TlsPlacement.HARDWARE), rulings(last(), "host-b"), result.toString());
            assertEquals(List.of(TlsPlacement.HARDWARE, TlsPlacement.UNKNOWN), rulings(last(), "host-a"));
            assertTrue(named(last()).contains("PLAINTEXT_ON_THE_WIRE") && named(last()).contains("wire")
                && result.out().contains("PLAINTEXT_ON_THE_WIRE"), result.toString());
            lab.heal("host-b");
            lab.strike(new Fault.MissingCommand("dpu-a", "tcpdump"));
            var other = accept(inventory, wire);
            assertEquals(0, other.exit(), "the other DPU captures: " + other);
            lab.strike(new Fault.MissingCommand("dpu-b", "tcpdump"));
            assertEquals(1, accept(inventory, wire).exit());
            assertTrue(named(last()).contains("CAPTURE_IMPOSSIBLE"), named(last()).toString());
            for (String dpu : List.of("dpu-a", "dpu-b"))
                assertTrue(lab.machine(dpu).files().find("/run/bluerig").isEmpty()
                    || lab.machine(dpu).files().list("/run/bluerig").isEmpty(), dpu);
            assertEquals(Map.of(), lab.unknownCommands());
        }
    }

    @Test
    void a_flow_in_the_eswitch_cannot_be_captured_and_that_is_no_pass() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            Path inventory = ready(lab);
            var result = accept(inventory, USUAL.replace("flip: true", "flip: true\n  wire: true"));
            assertEquals(1, result.exit(), result.toString());
            assertEquals(List.of(TlsPlacement.UNKNOWN, TlsPlacement.UNKNOWN), rulings(last(), "host-b"), result.toString());
            assertTrue(named(last()).contains("PAYLOAD_PASSED_BY"), result.toString());
            assertEquals(Map.of(), lab.unknownCommands());
        }
    }

    @Test
    void what_no_card_does_is_software_or_user_space() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            Path inventory = ready(lab);
            assertEquals(1, accept(inventory, TRIAL.formatted("1.3", "aes-128-gcm", "", ALL)).exit());
            assertEquals(List.of(TlsPlacement.SOFTWARE, TlsPlacement.SOFTWARE), rulings(last(), "host-b"));
            assertTrue(named(last()).contains("TLS_1_3_NEGOTIATED"));
            assertEquals(1, accept(inventory, TRIAL.formatted("1.2", "chacha20-poly1305", "", ALL)).exit());
            assertEquals(List.of(TlsPlacement.SOFTWARE, TlsPlacement.SOFTWARE), rulings(last(), "host-a"));
            assertTrue(named(last()).contains("CIPHER_NOT_OFFLOADED"));
            assertEquals(0, accept(inventory, TRIAL.formatted("1.2", "aes-128-gcm", ", receive: user-space", "{tx: hardware}")).exit());
            assertEquals(List.of(TlsPlacement.HARDWARE, TlsPlacement.USER_SPACE), rulings(last(), "host-a"));
            assertEquals(Map.of(), lab.unknownCommands());
        }
    }

    @Test
    void traffic_of_others_is_never_taken_for_ours() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            Path inventory = ready(lab);
            lab.strike(new Fault.ForeignTlsOpens("host-b", "nginx"));
            assertEquals(1, accept(inventory, USUAL.replace("flip: true", "flip: false")).exit());
            assertEquals(List.of(TlsPlacement.UNKNOWN, TlsPlacement.UNKNOWN), rulings(last(), "host-b"));
            assertTrue(named(last()).contains("FOREIGN_KERNEL_TLS"));
        }
    }

    @Test
    void a_kernel_from_before_aes_256_does_it_in_software() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1).with(new Fault.OtherKernel("host-a", "5.15.0-25-generic"))
            .with(new Fault.OtherKernel("host-b", "6.8.0-31-generic")))) {
            Path inventory = ready(lab);
            assertEquals(1, accept(inventory, TRIAL.formatted("1.2", "aes-256-gcm", "", ALL)).exit());
            assertEquals(List.of(TlsPlacement.SOFTWARE, TlsPlacement.SOFTWARE), rulings(last(), "host-a"));
            assertEquals(List.of(TlsPlacement.HARDWARE, TlsPlacement.HARDWARE), rulings(last(), "host-b"));
        }
    }

    @Test
    void a_card_whose_flag_is_off_is_not_tried() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            Path inventory = ready(lab);
            lab.machine("host-b").port(0).features().turn("tls-hw-rx-offload", false);
            var result = accept(inventory, USUAL);
            assertEquals(1, result.exit());
            assertTrue(last().failure().isPresent(), result.toString());
            assertTrue(result.out().contains("tls-hw-rx-offload") && result.out().contains("bluerig apply"), result.out());
        }
    }

    @Test
    void what_cannot_be_delivered_is_said() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            Path inventory = ready(lab);
            lab.strike(new Fault.KernelTls("host-b", TlsFault.NO_EXEC));
            assertEquals(1, accept(inventory, USUAL).exit());
            assertEquals(List.of("CACHE_NOEXEC"), named(last()));
            lab.heal("host-b");
            lab.strike(new Fault.FullDisk("host-b"));
            assertEquals(1, accept(inventory, USUAL).exit());
            assertEquals(List.of("CACHE_FULL"), named(last()));
            assertEquals(Map.of(), lab.unknownCommands());
        }
    }
}
