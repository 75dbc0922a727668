package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsNamespaceLab;
import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.TaskResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Faults x (check, apply, apply again) where a model would be too kind: a real OpenSSH, sudo, shell, file system and Open vSwitch. One
/// lab, brought up once; before each fault somebody leaves work to be done on the host and on its DPU.
@NeedsNamespaceLab
@Timeout(1200)
final class FaultMatrixOnRealProgramsTest {
    private static final String HOST = "host-a";
    private static final String DPU = "dpu-a";
    private static final String WORK = "ip link set dev ens5f0np0 mtu 1500; rm -f /etc/netplan/60-bluerig-*";
    private static final String WORK_OF_DPU = "ip link set dev p0 mtu 1500;"
        + " ovs-vsctl --no-wait set Open_vSwitch . other_config:hw-offload=false";
    private static final String RESTART_SSHD = "pkill -x -o sshd; while pgrep -x -o sshd >/dev/null; do sleep 0.05; done; /usr/sbin/sshd";

    /// `strikes` and `heals` are typed by root on the machine; `mends`: what a person has to do where the rerun tells that it will not.
    private record Row(InjectedFault injected, String machine, String strikes, String heals, Optional<String> mends) {
        Row mendedBy(String line) {
            return new Row(injected, machine, strikes, heals, Optional.of(line));
        }
    }

    private static Row row(String machine, String name, String check, String apply, String again, String strikes, String heals) {
        return new Row(new InjectedFault(name, check, apply, again), machine, strikes, heals, Optional.empty());
    }

    /// A program that does something before it does its work; it is found first on every PATH.
    private static Row wrapped(String machine, String name, String check, String apply, String again, String program, String first) {
        String text = "#!/bin/sh\n" + first + "\nfor real in /usr/bin/" + program + " /usr/sbin/" + program + " /sbin/" + program
            + "; do [ -x \"$real\" ] && exec \"$real\" \"$@\"; done\n";
        return row(machine, name, check, apply, again, "mkdir -p /usr/local/bin; cat > /usr/local/bin/" + program + " <<'EOF'\n" + text
            + "EOF\nchmod 0755 /usr/local/bin/" + program, "rm -f /usr/local/bin/" + program);
    }

    private static final List<Row> ROWS = List.of(
        wrapped(HOST, "a tool prints 50 MB", "STATE_UNKNOWN", "STATE_UNKNOWN", "changed", "ip", "yes blah | head -c 50000000"),
        wrapped(HOST, "a tool eats its input", "would change", "changed", "ok", "ip", "cat >/dev/null"),
        wrapped(HOST, "a tool leaves a process that holds its output", "would change", "changed", "ok", "ip", "sleep 300 &"),
        wrapped(HOST, "slow tools", "would change", "changed", "ok", "ip", "sleep 0.2"),
        row(HOST, "/tmp without execution", "would change", "changed", "ok", "mount -t tmpfs -o noexec,nosuid tmpfs /tmp", "umount /tmp"),
        row(HOST, "disk read-only", "would change", "REMEDY_FAILED", "changed", "mount -o remount,ro /", "mount -o remount,rw /"),
        row(HOST, "disk full", "would change", "REMEDY_FAILED", "changed", "dd if=/dev/zero of=/var/tmp/full bs=64k 2>/dev/null; true",
        "rm -f /var/tmp/full"),
        row(HOST, "sudo has a lecture", "would change", "changed", "ok", "echo 'Defaults lecture=always' > /etc/sudoers.d/zz",
        "rm -f /etc/sudoers.d/zz"),
        row(HOST, "sudo asks", "SUDO_NOT_FOR_SHELL", "SUDO_NOT_FOR_SHELL", "changed", "echo 'lab ALL=(ALL) ALL' > /etc/sudoers.d/zz",
        "rm -f /etc/sudoers.d/zz"),
        row(HOST, "no more processes for the user", "CONNECTION_LOST", "CONNECTION_LOST", "changed",
        "echo 'lab - nproc 0' > /etc/security/limits.d/zz.conf", "rm -f /etc/security/limits.d/zz.conf"),
        row(HOST, "no memory for the user", "TIMED_OUT", "TIMED_OUT", "changed",
        "echo 'lab - as 8000' > /etc/security/limits.d/zz.conf", "rm -f /etc/security/limits.d/zz.conf"),
        row(HOST, "MaxSessions 1", "would change", "changed", "ok", "echo 'MaxSessions 1' >> /etc/ssh/sshd_config; " + RESTART_SSHD,
        "sed -i '/^MaxSessions 1$/d' /etc/ssh/sshd_config; " + RESTART_SSHD),
        row(HOST, "MaxStartups 1", "would change", "changed", "ok", "echo 'MaxStartups 1' >> /etc/ssh/sshd_config; " + RESTART_SSHD,
        "sed -i '/^MaxStartups 1$/d' /etc/ssh/sshd_config; " + RESTART_SSHD),
        row(HOST, "host key changed", "HOST_KEY_CHANGED", "HOST_KEY_CHANGED", "changed",
        "cd /etc/ssh; mkdir -p /root/kept; mv ssh_host_ed25519_key* /root/kept; ssh-keygen -q -t ed25519 -N '' -f ssh_host_ed25519_key; "
            + RESTART_SSHD, "mv /root/kept/* /etc/ssh/; " + RESTART_SSHD),
        wrapped(DPU, "ovs-vswitchd killed in the middle", "would change", "changed", "ok", "ovs-vsctl",
        "case \"$*\" in *hw-offload=*) pkill -KILL -x ovs-vswitchd;; esac"),
        wrapped(DPU, "ovsdb-server killed in the middle", "would change", "REMEDY_FAILED", "OVS_FLOWS", "ovs-vsctl",
        "case \"$*\" in *hw-offload=*) pkill -KILL -x ovsdb-server;; esac").mendedBy("systemctl restart openvswitch-switch"),
        row(DPU, "sshd of a DPU dies in the middle", "would change", "CONNECTION_LOST", "changed",
        "mkdir -p /usr/local/bin; printf '#!/bin/sh\\n"
            + "case \"$*\" in *mtu*) pkill -KILL -x sshd; sleep 5;; esac\\nexec /usr/sbin/ip \"$@\"\\n'"
            + " > /usr/local/bin/ip; chmod 0755 /usr/local/bin/ip", "rm -f /usr/local/bin/ip; /usr/sbin/sshd"));

    @TempDir
    static Path directory;
    private static LabCommands desk;

    @BeforeAll
    static void up() {
        desk = new LabCommands(directory, CommandLineHarness.repository());
        desk.up();
    }

    @AfterAll
    static void down() {
        desk.down();
    }

    @Test
    void the_document_has_these_rows_and_no_other() throws IOException {
        assertEquals(ROWS.stream().map(row -> row.injected().documented()).toList(), InjectedFault.documented("On real programs"));
    }

    @Test
    @Tag("long")
    void every_fault_ends_by_a_name_and_a_rerun_heals_it_or_says_why_not() throws Exception {
        var first = desk.run("apply");
        assertEquals(0, first.exit(), first.all());
        var seen = new ArrayList<InjectedFault.Seen>();
        var said = new StringBuilder();
        for (Row row : ROWS) seen.add(seen(row, said));
        String table = InjectedFault.table("real programs", seen);
        System.out.println(table);
        assertTrue(seen.stream().allMatch(InjectedFault.Seen::asExpected), () -> table + "\n" + said);
        var last = desk.run("accept", "bring-up");
        assertEquals(0, last.exit(), last.all());
    }

    private static InjectedFault.Seen seen(Row row, StringBuilder said) throws Exception {
        desk.in(HOST, "sh", "-c", WORK);
        if (row.machine().equals(DPU)) desk.in(DPU, "sh", "-c", WORK_OF_DPU);
        desk.in(row.machine(), "sh", "-c", row.strikes());
        String check = word(row, "check", said);
        String apply = word(row, "apply", said);
        desk.in(row.machine(), "sh", "-c", row.heals());
        String again = word(row, "apply", said);
        if (row.mends().isPresent()) {
            desk.in(row.machine(), "sh", "-c", row.mends().get());
            word(row, "apply", said);
        }
        var harmed = new ArrayList<String>();
        String left = desk.in(row.machine(), "find", "/etc", "-xdev", "-name", "*bluerig-new*");
        if (!left.isBlank()) harmed.add(left.strip());
        var accept = desk.run("accept", "bring-up", "--limit", HOST + "," + DPU);
        if (accept.exit() != 0) harmed.add("not accepted: " + accept.out());
        return new InjectedFault.Seen(row.injected(), check, apply, again, true, harmed);
    }

    /// The first code on the struck machine, else the gravest word.
    private static String word(Row row, String command, StringBuilder said) throws Exception {
        var result = desk.run(command, "bring-up", "--limit", HOST + "," + DPU);
        assertTrue(result.exit() <= 3, result.all());   // 4: bad input, 70: a defect of ours
        said.append("== ").append(row.injected().name()).append(": ").append(result.all()).append('\n');
        List<TaskResult> results = desk.report().run().plays().stream().flatMap(play -> play.tasks().stream())
            .filter(task -> task.results().containsKey(row.machine())).map(task -> task.results().get(row.machine())).toList();
        return results.stream().flatMap(one -> one.failure().stream()).map(failure -> failure.code().name()).findFirst()
            .orElseGet(() -> List.of(OutcomeStatus.WOULD_CHANGE, OutcomeStatus.CHANGED, OutcomeStatus.OK).stream()
            .filter(word -> results.stream().anyMatch(one -> one.outcome() == word)).findFirst().orElseThrow().text());
    }
}
