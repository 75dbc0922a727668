package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.cases.NeedsGuest;
import dev.bluerig.lab.machine.LabFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What the pair's program does with a real kernel's TLS, and against `openssl s_server -ktls` and `s_client -ktls`, over loopback and over NICs of the lab's module between two
/// network namespaces. The guest reports each case; here a case that is missing, skipped or wrong fails.
@NeedsGuest
@ExtendWith(SharedKernelLab.class)
@Timeout(1800)
final class KernelTlsInLabTest {
    private static final String PACKAGE = "dev.bluerig.ktls.";
    private static final List<String> CLASSES = List.of("linux.KernelTlsTest", "secure.LinuxChannelTest", "secure.OpenSslKernelTest", "secure.ControlsKernelTest", "program.KernelPairTest");
    private static final String PAYLOAD = "3000037 bytes, CRC-32C ";
    private static final String NIC = "192.168.77.1 192.168.77.2 nic0 ip netns exec peers-b";

    @TempDir
    Path directory;

    @Test
    void everyCase(SharedKernelLab.Running lab) throws Exception {
        GuestTests tests = GuestTests.with(ssh(lab.ready()));
        tests.ship(directory.resolve("staging"));
        try {
            for (String words : link()) tests.guest(Optional.empty(), words);
            List<GuestTests.Line> lines = tests.run("peers-a", NIC, CLASSES.stream().map(PACKAGE::concat).toList(), 900);
            assertEquals(List.of(), wrong(lines));
            assertEquals(new TreeSet<>(wanted()), new TreeSet<>(found(lines)));
        } finally {
            for (String namespace : List.of("peers-a", "peers-b")) tests.guest(Optional.empty(), "ip", "netns", "del", namespace);
            tests.remove();
        }
    }

    private static List<String> ssh(LabFiles lab) throws Exception {
        String port = Files.readAllLines(lab.knownHosts()).stream().filter(line -> line.startsWith("guest-1,")).findFirst().orElseThrow().replaceFirst(".*\\]:(\\d+) .*", "$1");
        return List.of("ssh", "-F", "none", "-T", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "UserKnownHostsFile=" + lab.knownHosts(), "-o", "GlobalKnownHostsFile=/dev/null",
            "-o", "LogLevel=ERROR", "-o", "ServerAliveInterval=30", "-o", "IdentitiesOnly=yes", "-i", lab.identity().toString(), "-p", port, "root@127.0.0.1");
    }

    /// Two hosts of our own beside the lab's, so that nothing of those is disturbed.
    private static List<String> link() {
        var words = new ArrayList<String>();
        for (String end : List.of("a", "b")) words.addAll(List.of("ip netns add peers-" + end, "ip -n peers-" + end + " link set lo up"));
        words.add("ip link add wire0 netns peers-a type veth peer name wire0 netns peers-b");
        for (String end : List.of("a", "b")) {
            String here = "ip -n peers-" + end + " ";
            words.addAll(List.of(here + "link set wire0 up", here + "link add link wire0 name nic0 type bluerig", here + "link set nic0 up",
                "ip netns exec peers-" + end + " ethtool -K nic0 tls-hw-tx-offload on tls-hw-rx-offload on",
                here + "address add 192.168.77." + (end.equals("a") ? 1 : 2) + "/24 dev nic0"));
        }
        return words;
    }

    /// All but what passed, a class without any, and an end that was not said or says another number.
    private static List<String> wrong(List<GuestTests.Line> lines) {
        var wrong = new ArrayList<String>();
        var outcomes = lines.stream().filter(line -> !line.kind().equals("told") && !line.kind().equals("over")).toList();
        for (GuestTests.Line line : outcomes) if (!line.kind().equals("passed")) wrong.add(line.toString());
        for (String tests : CLASSES) {
            String name = tests.replaceFirst(".*\\.", "") + ".";
            if (outcomes.stream().noneMatch(line -> line.test().startsWith(name))) wrong.add("nothing was said of " + tests);
        }
        List<String> over = lines.stream().filter(line -> line.kind().equals("over")).map(GuestTests.Line::test).toList();
        if (!over.equals(List.of(Integer.toString(outcomes.size())))) wrong.add("said " + over + " of " + outcomes.size() + " outcomes");
        return wrong;
    }

    /// Every exchange of payload with OpenSSL, with where each of its four halves was to be.
    private static List<String> wanted() {
        var wanted = new ArrayList<String>();
        for (String role : List.of("aServer", "aClient")) {
            for (String kind : List.of("nic TLS_1_2 AES_128_GCM hw", "nic TLS_1_2 AES_256_GCM hw", "nic TLS_1_3 AES_128_GCM sw", "nic TLS_1_3 AES_256_GCM sw", "loopback TLS_1_2 AES_128_GCM sw",
                "loopback TLS_1_2 AES_256_GCM sw", "loopback TLS_1_2 CHACHA20_POLY1305 sw", "loopback TLS_1_3 CHACHA20_POLY1305 sw")) {
                int last = kind.lastIndexOf(' ');
                wanted.add(role + " " + kind.substring(0, last) + ": " + String.join(" ", java.util.Collections.nCopies(4, kind.substring(last + 1))) + ", payload both ways");
            }
        }
        return wanted;
    }

    private static List<String> found(List<GuestTests.Line> lines) {
        return lines.stream().filter(line -> line.kind().equals("told") && line.test().startsWith("OpenSslKernelTest."))
            .map(line -> line.test().replace("OpenSslKernelTest.", "") + ": " + String.join(" ", Stream.of("transmit", "receive", "peer-transmit", "peer-receive").map(half -> said(line, half)).toList())
                + (said(line, "up").startsWith(PAYLOAD) && said(line, "down").startsWith(PAYLOAD) ? ", payload both ways" : ", payload " + said(line, "up") + ", " + said(line, "down"))).toList();
    }

    private static String said(GuestTests.Line line, String name) {
        return line.rest().stream().filter(word -> word.startsWith(name + "=")).map(word -> word.substring(name.length() + 1)).findFirst().orElse("untold");
    }
}
