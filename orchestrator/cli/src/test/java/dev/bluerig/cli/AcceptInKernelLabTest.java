package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsGuest;
import dev.bluerig.lab.kernel.KernelLab;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.trial.run.Cell;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.Testimony;
import dev.bluerig.trial.verdict.Verdict;
import dev.bluerig.trial.verdict.Witness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole main job as typed, on a kernel that takes the real TLS device-offload path: factory state, bring-up, acceptance by hardware;
/// and everything that is not hardware, told from it, with its cause.
///
/// One lab for all; each test goes on from what the one before left. Everything is emulated, so payloads are a few MB and cells are few.
@NeedsGuest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(1800)
final class AcceptInKernelLabTest {
    private static final List<String> HOSTS = List.of("host-a", "host-b");
    private static final List<String> LINKS = List.of("ens5f0np0", "ens5f1np1");
    private static final String NOTICE = "KERNEL LAB";
    private static final String HARDWARE = "tx: hardware, rx: hardware";
    /// By a trial that asks for neither a flip nor a capture.
    private static final Set<Witness> UNCALLED = Set.of(Witness.FLIP, Witness.WIRE);
    private static final String PARAMETERS = "/sys/module/bluerig_nic/parameters/";

    @TempDir
    static Path directory;
    private static LabCommands desk;
    private static boolean up;

    @BeforeAll
    static void up() throws Exception {
        BuiltAgent.payload("AcceptInKernelLabTest");
        desk = LabCommands.kernel(directory, CommandLineHarness.repository());
        desk.up();
        up = true;
    }

    @AfterAll
    static void down() {
        if (up) desk.down();
    }

    private static void assertLines(LabCommands.Result result, String... lines) {
        for (String line : lines) assertTrue(result.has(line), "no `" + line + "` in:\n" + result.all());
    }

    private static String guest(String... program) throws LabFailed {
        return KernelLab.guest(desk.lab(), 1).output(program);
    }

    private static final String BOTH_CABLES = "cables: [[0, 0], [1, 1]]";
    private static final String ONE_CABLE = "cables: [[0, 0]]";

    /// Each cable costs a boot of a Java program on each end, and one is enough for what is proven here.
    private static void cables(String before, String now) throws Exception {
        Path inventory = desk.lab().resolve("inventory.yaml");
        String text = Files.readString(inventory);
        assertTrue(text.contains(before), text);
        Files.writeString(inventory, text.replace(before, now));
    }

    private static void flags(String direction, String state) throws Exception {
        for (String host : HOSTS) desk.in(host, "ethtool", "-K", LINKS.getFirst(), "tls-hw-" + direction + "-offload", state);
    }

    private static LabCommands.Result accept(String text) throws Exception {
        return desk.run("accept", Files.writeString(directory.resolve("trial.yaml"), text).toString());
    }

    private static String trial(String name, String load, String expect, String more) {
        return "- trial: " + name + "\n  load: {direction: both, " + load + "}\n  expect: {" + expect + "}\n" + more;
    }

    private static List<TrialResult> trials() throws Exception {
        return desk.report().run().trials();
    }

    private static List<Cell> cells(TrialResult... of) {
        return Stream.of(of).flatMap(trial -> trial.cells().stream()).toList();
    }

    private static Set<TlsPlacement> rulings(Cell cell, Direction direction) {
        return Set.copyOf(cell.verdicts().stream().filter(verdict -> verdict.half() == direction).map(Verdict::ruling).toList());
    }

    /// Both halves of both ends, and every witness that was called says so.
    private static void assertHardware(Cell cell, Set<Witness> notCalled, String shown) {
        assertEquals(4, cell.verdicts().size(), shown);
        for (Verdict verdict : cell.verdicts()) {
            assertEquals(TlsPlacement.HARDWARE, verdict.ruling(), verdict + "\n" + shown);
            assertEquals(Set.of(Witness.values()), Set.copyOf(verdict.testimonies().stream().map(Testimony::witness).toList()),
                verdict.toString());
            for (Testimony testimony : verdict.testimonies())
                assertEquals(notCalled.contains(testimony.witness()) ? Testimony.Statement.NOT_CALLED : Testimony.Statement.HARDWARE,
                    testimony.says(), testimony.toString());
        }
    }

    private static void assertEveryPageSaysWhereItComesFrom() throws Exception {
        Path run = desk.last();
        for (String page : List.of("report.html", "report.md", "junit.xml"))
            assertTrue(Files.readString(run.resolve(page)).contains(NOTICE), page);
        assertTrue(desk.report().notice().startsWith(NOTICE), desk.report().notice());
    }

    @Test
    @Order(1)
    void apply_brings_it_up() throws Exception {
        var apply = desk.run("apply");
        assertEquals(0, apply.exit(), apply.all());
        assertLines(apply, "service rshim.service at boot: disabled -> enabled", "tmfifo_net0 address 192.168.100.1/30: absent -> present",
            "ens5f0np0 (0000:b1:00.0), ens5f1np1 (0000:b1:00.1) mtu: 1500 -> 9000",
            "ens5f1np1 (0000:b1:00.1) address 192.0.2.5/30: absent -> present",
            "ens5f0np0 (0000:b1:00.0), ens5f1np1 (0000:b1:00.1) tls-hw-rx-offload: off -> on", NOTICE);
        assertEveryPageSaysWhereItComesFrom();
        assertBroughtUp();
    }

    /// As the kernel and Open vSwitch say it, not as bluerig does.
    private static void assertBroughtUp() throws Exception {
        for (String dpu : List.of("dpu-a", "dpu-b")) {
            assertEquals("ovs-br0: en3f0pf0sf0 p0 pf0hpf; ovs-br1: en3f1pf1sf0 p1 pf1hpf", desk.bridges(dpu));
            assertEquals("\"true\"", desk.offload(dpu));
            for (String port : List.of("p0", "pf0hpf", "p1", "pf1hpf"))
                assertTrue(desk.in(dpu, "ip", "-o", "link", "show", "dev", port).contains(" mtu 9216 "), dpu + " " + port);
        }
        for (int end = 0; end < HOSTS.size(); end++) {
            String host = HOSTS.get(end);
            for (int port = 0; port < LINKS.size(); port++) {
                String link = LINKS.get(port);
                assertTrue(desk.in(host, "ip", "-o", "link", "show", "dev", link).contains(" mtu 9000 "), host + " " + link);
                assertTrue(desk.in(host, "ip", "-4", "-o", "address", "show", "dev", link)
                    .contains(" 192.0.2." + (4 * port + end + 1) + "/30 "), host + " " + link);
                String flags = desk.in(host, "ethtool", "-k", link);
                assertTrue(flags.contains("tls-hw-tx-offload: on") && flags.contains("tls-hw-rx-offload: on"), flags);
            }
        }
    }

    /// The shipped playbook, sized by the lab's inventory alone.
    @Test
    @Order(2)
    void the_shipped_acceptance_is_hardware() throws Exception {
        cables(BOTH_CABLES, ONE_CABLE);
        acceptedOn(1);
    }

    @Tag("long")
    @Test
    @Order(3)
    void and_on_both_cables() throws Exception {
        cables(ONE_CABLE, BOTH_CABLES);
        acceptedOn(2);
        cables(BOTH_CABLES, ONE_CABLE);
    }

    private static void acceptedOn(int cables) throws Exception {
        var result = desk.run("accept", "acceptance");
        assertEquals(0, result.exit(), result.all());
        assertLines(result, "trials: 2 accepted", NOTICE);
        var trials = trials();
        assertEquals(cables, trials.getFirst().cells().size(), "one on each cable");
        for (Cell cell : trials.getFirst().cells()) assertHardware(cell, Set.of(), result.all());
        for (Cell cell : trials.get(1).cells()) assertHardware(cell, UNCALLED, result.all());
        assertEveryPageSaysWhereItComesFrom();
    }

    /// As if the power failed: what was made persistent is back, what was written elsewhere too, and nothing else is needed: a second
    /// bring-up has nothing to do. The trials that follow are of this boot.
    @Test
    @Order(4)
    void it_outlives_a_reset() throws Exception {
        String boot = guest("cat", "/proc/sys/kernel/random/boot_id");
        desk.in("host-a", "sh", "-c", "echo kept >/etc/kept && touch /run/gone && sync");
        KernelLab.reboot(desk.lab(), line -> { });
        assertTrue(KernelLab.status(desk.lab()).up(), () -> "status after the reset");
        assertFalse(boot.equals(guest("cat", "/proc/sys/kernel/random/boot_id")), "it was another boot");
        assertEquals("/etc/kept", desk.in("host-a", "find", "/etc/kept", "/run", "-name", "kept", "-o", "-name", "gone").strip());
        assertBroughtUp();
        var result = desk.run("accept", "bring-up");
        assertEquals(0, result.exit(), result.all());
        assertEquals(Map.of("ok", 20), desk.report().counts());
    }

    /// TLS 1.3 is the kernel's own, and 1.2 beside it the card's.
    @Test
    @Order(5)
    void the_newer_version_is_not_taken_by_the_card() throws Exception {
        var result = accept(trial("versions", "connections: 2, bytes: 4MiB", HARDWARE, "  matrix: {version: [\"1.3\", \"1.2\"]}\n"));
        assertEquals(1, result.exit(), result.all());
        var cells = cells(trials().getFirst());
        for (Direction direction : Direction.values())
            assertEquals(Set.of(TlsPlacement.SOFTWARE), rulings(cells.getFirst(), direction), result.all());
        assertHardware(cells.get(1), UNCALLED, result.all());
        assertTrue(cells.get(1).accepted(), result.all());
        assertLines(result, "TLS_1_3_NEGOTIATED", "tx of host-a: expected hardware, found software",
            "rx of host-b: expected hardware, found software");
    }

    @Tag("long")
    @Test
    @Order(6)
    void sending_alone() throws Exception {
        flags("rx", "off");
        var result = accept(trial("sending", "connections: 2, bytes: 2MiB", "tx: hardware, rx: software", "")
            + trial("both", "bytes: 2MiB", HARDWARE, ""));
        assertEquals(1, result.exit(), result.all());
        var trials = trials();
        assertTrue(trials.getFirst().accepted(), result.all());
        assertEquals(Set.of(TlsPlacement.HARDWARE), rulings(trials.getFirst().cells().getFirst(), Direction.TX), result.all());
        assertEquals(Set.of(TlsPlacement.SOFTWARE), rulings(trials.getFirst().cells().getFirst(), Direction.RX), result.all());
        assertFalse(trials.get(1).accepted(), result.all());
        assertEquals(List.of(), trials.get(1).cells(), "it is known beforehand");
        assertLines(result, "RX_FLAG_OFF", "trials: 1 accepted, 1 failed", "tls-hw-rx-offload: expected on, found off",
            "next: bluerig apply");
    }

    @Tag("long")
    @Test
    @Order(7)
    void flags_off_are_software() throws Exception {
        flags("tx", "off");
        var result = accept(trial("neither", "connections: 2, bytes: 2MiB", "tx: software, rx: software", "")
            + trial("both", "bytes: 2MiB", HARDWARE, ""));
        assertEquals(1, result.exit(), result.all());
        var trials = trials();
        assertTrue(trials.getFirst().accepted(), result.all());
        for (Direction direction : Direction.values())
            assertEquals(Set.of(TlsPlacement.SOFTWARE), rulings(trials.getFirst().cells().getFirst(), direction), result.all());
        assertFalse(trials.get(1).accepted(), result.all());
        assertLines(result, "TX_FLAG_OFF", "RX_FLAG_OFF", "tls-hw-tx-offload: expected on, found off", "trials: 1 accepted, 1 failed");
        flags("tx", "on");
        flags("rx", "on");
    }

    /// What the NIC is told to do wrong, what each half then may be called, and the cause that must be named.
    private record Wrong(Map<String, String> parameters, Set<TlsPlacement> tx, Set<TlsPlacement> rx, String code) {}

    private static final Set<TlsPlacement> NO_VERDICT = Set.of();
    private static final Set<TlsPlacement> UNKNOWN = Set.of(TlsPlacement.UNKNOWN);
    private static final List<Wrong> WRONGS = List.of(
        new Wrong(Map.of("max_contexts", "2"), Set.of(TlsPlacement.MIXED), Set.of(TlsPlacement.MIXED), "CONNECTIONS_REFUSED"));
    /// By rules that one of those above, or the rooms' own tests, hold.
    private static final List<Wrong> MORE_OF_THE_SAME = List.of(
        new Wrong(Map.of("tx_in_software", "1", "rx_in_software", "1"), UNKNOWN, UNKNOWN, "BYTES_BY_ANOTHER_PORT"),
        new Wrong(Map.of("max_contexts", "0"), Set.of(TlsPlacement.SOFTWARE), Set.of(TlsPlacement.SOFTWARE), "CONNECTIONS_REFUSED"),
        new Wrong(Map.of("rx_corrupt_every", "50"), NO_VERDICT, NO_VERDICT, "DATA_DIFFERS"),
        new Wrong(Map.of("tx_corrupt_every", "50"), NO_VERDICT, NO_VERDICT, "RECORD_CORRUPT"),
        new Wrong(Map.of("rx_never_lock", "1"), Set.of(TlsPlacement.HARDWARE), UNKNOWN, "RX_RESYNC_FAILS"),
        new Wrong(Map.of("rx_error_every", "50"), Set.of(TlsPlacement.HARDWARE), UNKNOWN, "RX_RESYNC_FAILS"));

    @Test
    @Order(8)
    void what_the_card_does_wrong_is_never_hardware() throws Exception {
        each_is_found(WRONGS);
    }

    @Tag("long")
    @Test
    @Order(9)
    void nor_is_what_else_it_does_wrong() throws Exception {
        each_is_found(MORE_OF_THE_SAME);
    }

    private static void each_is_found(List<Wrong> wrongs) throws Exception {
        var wrong = new ArrayList<String>();
        for (Wrong each : wrongs) {
            var usual = new java.util.TreeMap<String, String>();
            for (String parameter : each.parameters().keySet()) usual.put(parameter, guest("cat", PARAMETERS + parameter).strip());
            set(each.parameters());
            try {
                found(each).forEach(problem -> wrong.add(each.parameters() + ": " + problem));
            } finally {
                set(usual);
            }
        }
        assertEquals(List.of(), wrong, String.join("\n\n", wrong));
    }

    private static void set(Map<String, String> parameters) throws LabFailed {
        for (var parameter : parameters.entrySet())
            guest("bash", "-c", "echo " + parameter.getValue() + " >" + PARAMETERS + parameter.getKey());
    }

    private static List<String> found(Wrong wrong) throws Exception {
        var problems = new ArrayList<String>();
        var result = accept(trial("wrong", "connections: 3, bytes: 3MiB", HARDWARE, ""));
        if (result.exit() != 1) problems.add("exit " + result.exit());
        Cell cell = trials().getFirst().cells().getFirst();
        if (!wrong.tx().equals(rulings(cell, Direction.TX))) problems.add("TX " + rulings(cell, Direction.TX) + ", wanted " + wrong.tx());
        if (!wrong.rx().equals(rulings(cell, Direction.RX))) problems.add("RX " + rulings(cell, Direction.RX) + ", wanted " + wrong.rx());
        if (!result.has(wrong.code())) problems.add("no " + wrong.code());
        if (!problems.isEmpty()) problems.add(result.all());
        return problems;
    }

    /// `-l err` and above, as the kernel ranks them: also what a stack trace begins with.
    @Test
    @Order(10)
    void the_kernel_complained_of_nothing() throws Exception {
        String complaints = guest("dmesg", "--level=emerg,alert,crit,err,warn");
        assertFalse(complaints.contains("WARNING:") || complaints.contains("BUG:") || complaints.contains("Call Trace"), complaints);
    }
}
