package dev.bluerig.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real `ssh`, `scp` and `sftp` of OpenSSH at the door of the simulated lab.
@NeedsLab({"ssh", "scp", "sftp"})
class OpenSshToSimTest {
    @TempDir
    Path directory;

    private record Ended(int status, String out, String err) {}

    private Ended run(String input, List<String> words) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        Path in = Files.writeString(Files.createTempFile(directory, "in", ""), input);
        Process process = new ProcessBuilder(words).redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile())
            .start();
        return new Ended(process.waitFor(), Files.readString(out, StandardCharsets.ISO_8859_1),
            Files.readString(err, StandardCharsets.ISO_8859_1));
    }

    private List<String> options() {
        return List.of("-F", "none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o",
            "UserKnownHostsFile=" + directory.resolve("known_hosts"),
            "-i", directory.resolve("identity").toString(), "-o", "IdentitiesOnly=yes");
    }

    private Ended ssh(SimLab lab, String... command) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("ssh"));
        words.addAll(options());
        words.addAll(List.of("-p", String.valueOf(lab.port()), "lab@127.71.0.1"));
        words.addAll(List.of(command));
        return run("", words);
    }

    private Ended dpu(SimLab lab, String... command) throws IOException, InterruptedException {
        String jump = "ssh " + String.join(" ", options()) + " -p " + lab.port() + " -W %h:%p lab@127.71.0.1";
        var words = new ArrayList<>(List.of("ssh"));
        words.addAll(options());
        words.addAll(List.of("-o", "ProxyCommand=" + jump, "-o", "HostKeyAlias=dpu-a", "ubuntu@192.168.100.2"));
        words.addAll(List.of(command));
        return run("", words);
    }

    @Test
    void a_person_logs_in_and_looks_around() throws Exception {
        try (SimLab lab = SimLab.start(SimTopology.of(1))) {
            lab.writeInventory(directory);
            assertEquals(new Ended(0, "host-a\n", ""), ssh(lab, "uname -n"));
            assertEquals("5.15.0-119-generic x86_64\n", ssh(lab, "uname -r -m; true && echo done >/dev/null").out());
            assertTrue(ssh(lab, "ip", "link").out().contains("enp177s0f0np0: <BROADCAST,MULTICAST> mtu 1500"));
            assertEquals(new Ended(1, "", "cat: /nope: No such file or directory\n"), ssh(lab, "cat /nope"));
            assertEquals("root\n", ssh(lab, "sudo -n id -un").out());
            assertEquals(Map.of(), lab.unknownCommands());
        }
    }

    @Test
    void a_person_types_at_a_prompt() throws Exception {
        try (SimLab lab = SimLab.start(SimTopology.of(1))) {
            lab.writeInventory(directory);
            var words = new ArrayList<>(List.of("ssh", "-tt"));
            words.addAll(options());
            words.addAll(List.of("-p", String.valueOf(lab.port()), "lab@127.71.0.1"));
            Ended ended = run("uname -nX\177\rcd /etc && pwd\rexit 3\r", words);
            assertEquals(3, ended.status(), ended.err());
            assertEquals("lab@host-a:~$ uname -nX\b \b\r\nhost-a\r\nlab@host-a:~$ cd /etc && pwd\r\n/etc\r\nlab@host-a:~$ exit 3\r\n",
                ended.out());
            assertEquals(Map.of(), lab.unknownCommands());
        }
    }

    @Test
    void what_is_not_modelled_is_said_aloud() throws Exception {
        try (SimLab lab = SimLab.start(SimTopology.of(1))) {
            lab.writeInventory(directory);
            assertEquals(new Ended(127, "", "sh: perftest: not found\n"), ssh(lab, "perftest", "-x"));
            assertEquals(Map.of("host-a", List.of("perftest -x")), lab.unknownCommands());
            assertEquals(2, ssh(lab, "echo `id`").status());
        }
    }

    @Test
    void a_dpu_is_reached_through_its_host_once_the_link_is_addressed() throws Exception {
        try (SimLab lab = SimLab.start(SimTopology.of(1))) {
            lab.writeInventory(directory);
            Ended before = dpu(lab, "uname -n");
            assertEquals(255, before.status());
            assertTrue(before.err().contains("open failed: connect failed"), before.err());
            assertEquals(0, ssh(lab, "sudo ip address replace 192.168.100.1/30 dev tmfifo_net0; sudo ip link set tmfifo_net0 up").status());
            assertEquals(new Ended(0, "dpu-a\n", ""), dpu(lab, "uname -n"));
            assertTrue(dpu(lab, "printenv SSH_CONNECTION").out().endsWith(" 192.168.100.2 22\n"));
            lab.strike(new Fault.DeadDpu("dpu-a"));
            assertEquals(255, dpu(lab, "uname -n").status());
        }
    }

    @Test
    void a_dpu_is_not_reached_past_its_host() throws Exception {
        try (SimLab lab = SimLab.start(SimTopology.of(1))) {
            lab.writeInventory(directory);
            var words = new ArrayList<>(List.of("ssh"));
            words.addAll(options());
            words.addAll(List.of("-o", "StrictHostKeyChecking=no", "-p", String.valueOf(lab.port()), "ubuntu@127.72.0.1", "uname -n"));
            assertEquals(255, run("", words).status());
        }
    }

    @Test
    void files_travel_both_ways() throws Exception {
        byte[] content = new byte[300_000];
        new Random(7).nextBytes(content);
        Path file = Files.write(directory.resolve("payload"), content);
        try (SimLab lab = SimLab.start(SimTopology.of(1))) {
            lab.writeInventory(directory);
            for (String mode : List.of("-O", "-s")) {
                var there = new ArrayList<>(List.of("scp", mode));
                there.addAll(options());
                there.addAll(List.of("-P", String.valueOf(lab.port()), file.toString(), "lab@127.71.0.1:copy" + mode));
                assertEquals("", run("", there).err());
                assertArrayEquals(content, lab.machine("host-a").files().find("/home/lab/copy" + mode).orElseThrow().content());
            }
            var sftp = new ArrayList<>(List.of("sftp"));
            sftp.addAll(options());
            sftp.addAll(List.of("-P", String.valueOf(lab.port()), "-b", "-", "lab@127.71.0.1"));
            Ended ended = run("get copy-s " + directory.resolve("back")
                + "\nrename copy-s moved\nchmod 600 moved\nmkdir d\nls\nrm copy-O\nget /etc/os-release " + directory.resolve("os") + "\n",
                sftp);
            assertEquals(0, ended.status(), ended.err());
            assertArrayEquals(content, Files.readAllBytes(directory.resolve("back")));
            assertTrue(Files.readString(directory.resolve("os")).contains("ID=ubuntu"));
            assertEquals("600 lab\n", ssh(lab, "stat -c '%a %U' moved").out());
            assertEquals("d\nmoved\n", ssh(lab, "ls").out());
        }
    }

    @Test
    void a_factory_password_must_be_changed() throws Exception {
        try (SimLab lab = SimLab.start(new SimTopology(1, true, "", List.of()))) {
            lab.writeInventory(directory);
            assertEquals(0, ssh(lab, "sudo ip address replace 192.168.100.1/30 dev tmfifo_net0; sudo ip link set tmfifo_net0 up").status());
            Ended refused = dpu(lab, "uname -n");
            assertTrue(refused.err().contains("Permission denied (publickey,keyboard-interactive,password)"), refused.err());
        }
    }
}
