package dev.bluerig.armed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.cases.Ways;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.protocol.Lease;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.RemoteFile;
import dev.bluerig.task.diff.Deed;
import dev.bluerig.task.diff.Remedy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArmedChangeTest {
    private static final Remedy REMEDY = Remedy.of(List.of(Command.of("ip", "link", "set", "dev", "eno1", "down")), undo(), Set.of())
        .doing(List.of(new Deed.SetLink("eno1", false)));

    @TempDir
    Path directory;

    private static List<Command> undo() {
        var undo = new ArrayList<>(List.of(Command.of("ip", "link", "set", "dev", "eno1", "up")));
        undo.addAll(RemoteFile.write("/etc/netplan/it's.yaml", "a: 'b'\n", "0600", ""));
        return undo;
    }

    private static ArmedChange change(String name) {
        return new ArmedChange(name, REMEDY, WayBack.of(Ways.overEno1(), REMEDY.does()), Duration.ofSeconds(120));
    }

    @Test
    void the_way_back_is_what_the_links_of_the_way_had_as_the_kernel_writes_it_down_and_by_name() {
        var back = WayBack.of(Ways.overEno1(), List.of(new Deed.AddAddress("p0", new Cidr("192.0.2.1/30"))));
        assertEquals(List.of("ip link set dev eno1 mtu 1500", "ip link set dev eno1 up", "ip link set dev p0 mtu 1500",
            "ip link set dev p0 up"), lines(back.links()));
        assertEquals(List.of(new WayBack.Kept(Command.of("ip", "address", "save", "dev", "eno1"), Command.of("ip", "address",
            "restore"))), back.saved());
        assertEquals(List.of("ip address add 10.0.0.11/24 dev eno1 scope global"), lines(back.missing()));
        assertEquals(List.of(), back.announced());
    }

    @Test
    void a_link_that_is_neither_of_the_way_nor_touched_is_left_alone() {
        var back = WayBack.of(Ways.overEno1(), List.of(new Deed.SetLink("eno1", false)));
        assertTrue(lines(back.links()).stream().noneMatch(line -> line.contains("p0")), back.toString());
    }

    private static List<String> lines(List<Command> commands) {
        return commands.stream().map(Command::line).toList();
    }

    @Test
    void a_name_is_one_of_files_and_of_units() {
        assertEquals("/var/lib/bluerig/armed/20261129T1-host-1-x", change("../20261129T1/host@1 x").directory().replaceFirst("/-", "/"));
        assertTrue(change("x".repeat(400)).name().length() <= 120);
    }

    @Test
    void what_is_sent_makes_a_directory_of_its_own_and_arms_last() {
        var arming = change("run-host-a-1").arming();
        String directory = "/var/lib/bluerig/armed/run-host-a-1";
        assertEquals(List.of("install -d -m 0700 /var/lib/bluerig/armed", "mkdir -m 0700 " + directory,
            "install -m 0600 /dev/stdin " + directory + "/2.in", "install -m 0700 /dev/stdin " + directory + "/restore.sh",
            "sh " + directory + "/restore.sh arm"), lines(arming));
        assertEquals("a: 'b'\n", arming.get(2).stdin());
        assertTrue(arming.get(2).secret(), "a file's content may be one");
        assertEquals("armed", arming.getLast().proof());
    }

    @Test
    void the_lease_of_the_script_is_the_one_of_the_protocol() throws Exception {
        String line = new RestoreScript(change("run-host-a-1")).text().lines().filter(each -> each.contains("\"deadline\"")).findFirst()
            .orElseThrow().strip();
        String said = shell("n=120; set -- 4711; " + line.replaceFirst(" >.*", ""));
        var lease = Lease.read("here", said);
        assertEquals(4711, lease.pid());
        assertEquals(List.of(List.of("sh", "/var/lib/bluerig/armed/run-host-a-1/restore.sh", "fire")), lease.restore());
        assertTrue(lease.deadline().getEpochSecond() > 120);
    }

    private String shell(String text) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", text).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    @Test
    void files_are_put_back_before_anybody_reads_them_at_boot_and_all_of_it_is_put_back_by_a_shell_that_can_read_it() throws Exception {
        String text = new RestoreScript(change("run-host-a-1")).text();
        Path script = Files.writeString(directory.resolve("restore.sh"), text);
        shell("sh -n " + script);
        String files = function(text, "files");
        assertFalse(files.contains("ip link"), files);
        assertTrue(files.contains("install -D -m 0600 /dev/stdin '/etc/netplan/.it'\\''s.yaml.bluerig-new' <\"$d/2.in\""), files);
        assertTrue(function(text, "undo").contains("r 20 ip link set dev eno1 up\n"), text);
        assertTrue(function(text, "way").contains("q 20 ip address restore <\"$d/0.saved\"\n"), text);
    }

    private static String function(String text, String name) {
        int from = text.indexOf("\n" + name + "() {\n");
        return text.substring(from, text.indexOf("\n}\n", from));
    }

    @Test
    void units_of_the_next_boot_say_when() {
        var units = new ArmedUnits("bluerig-armed-x", "/var/lib/bluerig/armed/x");
        assertEquals("""
            [Unit]
            Description=bluerig puts files back that an armed change wrote
            ConditionPathExists=/var/lib/bluerig/armed/x/restore.sh
            DefaultDependencies=no
            RequiresMountsFor=/var/lib/bluerig/armed/x /etc /usr
            After=local-fs.target
            Wants=network-pre.target
            Before=network-pre.target shutdown.target
            Conflicts=shutdown.target

            [Service]
            Type=oneshot
            ExecStart=/bin/sh /var/lib/bluerig/armed/x/restore.sh early

            [Install]
            WantedBy=sysinit.target
            """, units.earlyText());
        assertEquals("""
            [Unit]
            Description=bluerig puts back what an armed change did
            ConditionPathExists=/var/lib/bluerig/armed/x/restore.sh
            RequiresMountsFor=/var/lib/bluerig/armed/x
            After=bluerig-armed-x-early.service network.target openvswitch-switch.service openvswitch.service

            [Service]
            Type=oneshot
            ExecStart=/bin/sh /var/lib/bluerig/armed/x/restore.sh boot

            [Install]
            WantedBy=multi-user.target
            """, units.lateText());
    }

    @Test
    @NeedsLab("systemd-analyze")
    void systemd_reads_the_units_without_a_word() throws Exception {
        var units = new ArmedUnits("bluerig-armed-x", "/var/lib/bluerig/armed/x");
        Path early = Files.writeString(directory.resolve(units.early()), units.earlyText());
        Path late = Files.writeString(directory.resolve(units.late()), units.lateText());
        Process process = new ProcessBuilder("systemd-analyze", "verify", "--man=no", early.toString(), late.toString())
            .redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), said);
        assertEquals(List.of(), said.lines().filter(line -> line.contains("bluerig-armed-x")).toList(), said);
    }

    /// Each stands for a machine with systemd: what is called is told, and nothing is done.
    @Test
    void where_systemd_runs_the_boot_is_seen_to_before_the_timer_starts_and_all_of_it_goes_when_it_is_disarmed() throws Exception {
        Path systemd = Files.createDirectories(directory.resolve("run"));
        Path place = Files.createDirectories(directory.resolve("units"));
        Path armed = Files.createDirectories(directory.resolve("armed/x"));
        Path programs = Files.createDirectories(directory.resolve("bin"));
        Path calls = directory.resolve("calls");
        for (String program : List.of("systemctl", "systemd-run", "ip", "sync")) {
            Path file = Files.writeString(programs.resolve(program), "#!/bin/sh\necho " + program + " \"$@\" >>" + calls + "\n");
            assertTrue(file.toFile().setExecutable(true));
        }
        String text = new RestoreScript(change("x")).text().replace("/run/systemd/system", systemd.toString())
            .replace("/etc/systemd/system", place.toString()).replace("/var/lib/bluerig/armed", directory.resolve("armed").toString())
            .replace("PATH=$PATH", "PATH=" + programs + ":$PATH");
        Path script = Files.writeString(armed.resolve("restore.sh"), text);
        assertEquals("armed\n", shell("sh " + script + " arm"));
        assertEquals(List.of("systemctl --quiet enable bluerig-armed-x-early.service bluerig-armed-x-late.service",
            "systemd-run --quiet --on-active=120s --timer-property=AccuracySec=100ms --unit=bluerig-armed-x /bin/sh " + script + " fire",
            "systemctl --quiet is-active bluerig-armed-x.timer"), Files.readAllLines(calls).stream()
            .filter(line -> line.startsWith("systemd-run") || line.startsWith("systemctl")).toList());
        assertEquals(new ArmedUnits("bluerig-armed-x", armed.toString()).earlyText(), Files.readString(place
            .resolve("bluerig-armed-x-early.service")));
        assertEquals(0, Lease.read("here", Files.readString(armed.resolve(Lease.FILE))).pid());
        Files.delete(calls);
        shell("sh " + script + " disarm");
        assertEquals(List.of("systemctl --quiet stop bluerig-armed-x.timer",
            "systemctl --quiet disable bluerig-armed-x-early.service bluerig-armed-x-late.service"), Files.readAllLines(calls));
        assertFalse(Files.exists(armed));
        try (var left = Files.list(place)) {
            assertEquals(0, left.count());
        }
    }
}
