package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.bluerig.lab.machine.LabFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the pair's program does with a real kernel's TLS, and against `openssl s_server -ktls` and `s_client -ktls`, over loopback and
/// over NICs of the lab's module between two network namespaces. The guest reports each case; here each is a test, and a case that is
/// missing, skipped or wrong fails.
@Timeout(1800)
abstract class KernelTlsInGuest {
    private static final String PACKAGE = "dev.bluerig.ktls.";
    private static final String OPENSSL = "secure.OpenSslKernelTest";
    private static final List<String> CLASSES = List.of("linux.KernelTlsTest", "secure.LinuxChannelTest", OPENSSL,
        "secure.ControlsKernelTest", "agent.KernelPairTest");
    private static final List<String> REST = List.of(OPENSSL, "agent.PackedPairKernelTest");
    private static final String PAYLOAD = "3000037 bytes, CRC-32C ";
    private static final String NIC = "192.168.77.1 192.168.77.2 nic0 ip netns exec peers-b";
    /// Both roles, each cipher, both versions, both places: what `OpenSslKernelTest` takes for `few`. The others prove the same code again.
    private static final Set<String> FEW = Set.of("a_server nic 1.2 AES_128_GCM hw", "a_client nic 1.2 AES_256_GCM hw",
        "a_server nic 1.3 AES_128_GCM sw", "a_client loopback 1.3 CHACHA20_POLY1305 sw");

    @TempDir
    Path directory;

    @TestFactory
    List<DynamicNode> every_case(SharedKernelLab.Running lab) throws Exception {
        return cases(lab, "few", CLASSES, every().filter(FEW::contains).toList());
    }

    @Tag("long")
    @TestFactory
    List<DynamicNode> the_other_combinations_with_openssl_and_the_packed_pair(SharedKernelLab.Running lab) throws Exception {
        return cases(lab, "rest", REST, every().filter(combination -> !FEW.contains(combination)).toList());
    }

    private List<DynamicNode> cases(SharedKernelLab.Running lab, String openssl, List<String> classes,
        List<String> combinations) throws Exception {
        GuestTests tests = GuestTests.with(ssh(lab.ready()));
        tests.ship(directory.resolve("staging"));
        try {
            for (String words : link()) tests.guest(Optional.empty(), words);
            var where = new GuestTests.Where("peers-a", NIC, openssl);
            return told(classes, combinations, tests.run(where, classes.stream().map(PACKAGE::concat).toList(), 900));
        } finally {
            for (String namespace : List.of("peers-a", "peers-b")) tests.guest(Optional.empty(), "ip", "netns", "del", namespace);
            tests.remove();
        }
    }

    /// What the guest said, as tests of this machine: each class with its cases, each exchange with OpenSSL, and that the guest said it to
    /// the end.
    private static List<DynamicNode> told(List<String> classes, List<String> combinations, List<GuestTests.Line> lines) {
        var outcomes = lines.stream().filter(line -> !line.kind().equals("told") && !line.kind().equals("over")).toList();
        var nodes = new ArrayList<DynamicNode>();
        for (String each : classes) {
            String name = each.replaceFirst(".*\\.", "");
            var own = outcomes.stream().filter(line -> line.test().startsWith(name + ".")).map(KernelTlsInGuest::one).toList();
            nodes.add(own.isEmpty() ? dynamicTest(name, () -> fail("the guest said nothing of it")) : dynamicContainer(name, own));
        }
        var strays = outcomes.stream().filter(line -> classes.stream()
            .noneMatch(each -> line.test().startsWith(each.replaceFirst(".*\\.", "") + "."))).toList();
        nodes.add(dynamicTest("nothing else was said", () -> assertEquals(List.of(), strays)));
        nodes.add(dynamicTest("it was said to the end", () -> assertEquals(List.of(Integer.toString(outcomes.size())),
            lines.stream().filter(line -> line.kind().equals("over")).map(GuestTests.Line::test).toList())));
        nodes.add(dynamicTest("payload and place of every combination with OpenSSL",
            () -> assertEquals(new TreeSet<>(wanted(combinations)), new TreeSet<>(found(lines)))));
        return nodes;
    }

    private static DynamicTest one(GuestTests.Line line) {
        return dynamicTest(line.test(), () -> assertEquals("passed", line.kind(), line.toString()));
    }

    private static List<String> ssh(LabFiles lab) throws Exception {
        String port = Files.readAllLines(lab.knownHosts()).stream().filter(line -> line.startsWith("guest-1,")).findFirst().orElseThrow()
            .replaceFirst(".*\\]:(\\d+) .*", "$1");
        return List.of("ssh", "-F", "none", "-T", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes",
            "-o", "UserKnownHostsFile=" + lab.knownHosts(), "-o", "GlobalKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
            "-o", "ServerAliveInterval=30", "-o", "IdentitiesOnly=yes", "-i", lab.identity().toString(), "-p", port, "root@127.0.0.1");
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

    /// Every exchange of payload with OpenSSL, with where its halves are to be.
    private static Stream<String> every() {
        return Stream.of("a_server", "a_client").flatMap(role -> Stream.of("nic 1.2 AES_128_GCM hw", "nic 1.2 AES_256_GCM hw",
            "nic 1.3 AES_128_GCM sw", "nic 1.3 AES_256_GCM sw",
            "loopback 1.2 AES_128_GCM sw", "loopback 1.2 AES_256_GCM sw", "loopback 1.2 CHACHA20_POLY1305 sw",
            "loopback 1.3 CHACHA20_POLY1305 sw").map(kind -> role + " " + kind));
    }

    private static List<String> wanted(List<String> combinations) {
        return combinations.stream().map(each -> {
            int last = each.lastIndexOf(' ');
            return each.substring(0, last) + ": " + String.join(" ", Collections.nCopies(4, each.substring(last + 1)))
                + ", payload both ways";
        }).toList();
    }

    private static List<String> found(List<GuestTests.Line> lines) {
        return lines.stream().filter(line -> line.kind().equals("told") && line.test().startsWith("OpenSslKernelTest."))
            .map(line -> line.test().replace("OpenSslKernelTest.", "") + ": " + String.join(" ",
                Stream.of("transmit", "receive", "peer-transmit", "peer-receive").map(half -> said(line, half)).toList())
                + (said(line, "up").startsWith(PAYLOAD) && said(line, "down").startsWith(PAYLOAD) ? ", payload both ways" : ", payload "
                + said(line, "up") + ", " + said(line, "down"))).toList();
    }

    private static String said(GuestTests.Line line, String name) {
        return line.rest().stream().filter(word -> word.startsWith(name + "=")).map(word -> word.substring(name.length() + 1)).findFirst()
            .orElse("untold");
    }
}
