package dev.bluerig.trial.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.fact.tls.CapturedSegments;
import dev.bluerig.protocol.Role;
import dev.bluerig.trial.run.WireTap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The words that are given to tcpdump, given to the real one, on a link between two namespaces: plain TCP with the payload in clear is
/// found, noise is not.
@NeedsLab(value = {"ip", "tcpdump", "busybox", "timeout"}, root = true)
@Timeout(120)
final class CaptureOnRealLinksTest {
    private static final KnownPlaintext PAYLOAD = new KnownPlaintext(-77);
    private static final String NEAR = "bluerig-wire-a";
    private static final String FAR = "bluerig-wire-b";
    private static final int PORT = 47011;

    @TempDir
    private Path directory;

    private static String run(String... words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), String.join(" ", words) + ": " + said);
        return said;
    }

    @BeforeEach
    void up() throws Exception {
        run("ip", "netns", "add", NEAR);
        run("ip", "netns", "add", FAR);
        run("ip", "link", "add", "p0", "netns", NEAR, "type", "veth", "peer", "name", "p0", "netns", FAR);
        int end = 1;
        for (String namespace : List.of(NEAR, FAR)) {
            run("ip", "-n", namespace, "link", "set", "p0", "up");
            run("ip", "-n", namespace, "address", "add", "192.0.2." + end + "/30", "dev", "p0");
            run("ip", "-n", namespace, "address", "add", "fd00::" + end + "/64", "dev", "p0", "nodad");
            end++;
        }
    }

    @AfterEach
    void down() throws Exception {
        for (String namespace : List.of(NEAR, FAR)) run("ip", "netns", "del", namespace);
    }

    private static Process inside(String namespace, List<String> words, ProcessBuilder.Redirect in, Path out) throws IOException {
        var all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(words);
        return new ProcessBuilder(all).redirectInput(in).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    }

    private interface Sight {
        boolean seen() throws Exception;
    }

    private static void await(Sight sight) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!sight.seen()) {
            assertTrue(System.nanoTime() < until, "not within 30 s");
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /// What the far end captures while the near one sends these bytes to it.
    private CaptureResult.SenderCapture sent(byte[] bytes, String near, String far) throws Exception {
        var search = new CaptureSearch(far, PORT, near, PAYLOAD);
        Path file = directory.resolve("capture.pcap");
        Path content = Files.write(directory.resolve("content"), bytes);
        Path received = directory.resolve("received");
        Files.deleteIfExists(file);
        Path nothing = Path.of("/dev/null");
        Process capture = inside(FAR, WireTap.words("p0", search, 40, file.toString()).words(), ProcessBuilder.Redirect.PIPE, nothing);
        try {
            await(() -> Files.exists(file) && Files.size(file) >= 24);
            // at the end of its stdin it would hang up
            Process server = inside(FAR, List.of("busybox", "nc", "-l", "-p", String.valueOf(PORT)), ProcessBuilder.Redirect.PIPE,
                received);
            await(() -> run("ip", "netns", "exec", FAR, "busybox", "netstat", "-ltn").contains(":" + PORT + " "));
            Process client = inside(NEAR, List.of("timeout", "20", "busybox", "nc", far, String.valueOf(PORT)),
                ProcessBuilder.Redirect.from(content.toFile()), nothing);
            await(() -> Files.size(received) == bytes.length);
            client.destroy();
            server.destroy();
            client.waitFor();
            server.waitFor();
        } finally {
            capture.toHandle().descendants().forEach(ProcessHandle::destroy);
            capture.destroy();
            capture.waitFor();
        }
        return search.of(CapturedSegments.parse(Files.readAllBytes(file))).stream().filter(way -> way.sender() == Role.CLIENT).findFirst()
            .orElseThrow();
    }

    @Test
    void payload_in_clear_is_found_over_ipv4_and_ipv6() throws Exception {
        byte[] clear = KnownPlaintextTest.piece(PAYLOAD, 12_345, 300_000);
        for (var ends : List.of(List.of("192.0.2.1", "192.0.2.2"), List.of("fd00::1", "fd00::2"))) {
            var way = sent(clear, ends.getFirst(), ends.getLast());
            assertTrue(way.segments() > 0 && way.leaks() == way.segments() && way.records() == 0, ends + ": " + way);
        }
    }

    /// Not every kernel has VLAN links, so tagged frames come from a file; tcpdump holds its filter against them all the same.
    @Test
    void the_filter_takes_tagged_frames_and_no_bare_acknowledgement_and_nobody_elses() throws Exception {
        byte[] six = new byte[16];
        byte[] sixPeer = new byte[16];
        six[0] = sixPeer[0] = (byte) 0xfd;
        six[15] = 1;
        sixPeer[15] = 2;
        record Ends(String server, String client, byte[] from, byte[] to) {}
        for (var ends : List.of(new Ends("192.0.2.1", "192.0.2.2", SampleCable.SERVER, SampleCable.CLIENT),
            new Ends("fd00::1", "fd00::2", six, sixPeer))) {
            var pcap = dev.bluerig.fact.Pcap.usual();
            for (var tags : List.of(List.<Integer>of(), List.of(7))) {
                pcap.packet(dev.bluerig.fact.Pcap.frame(tags, ends.from(), PORT, ends.to(), 40000, 1, new byte[1]));
                pcap.packet(dev.bluerig.fact.Pcap.frame(tags, ends.to(), 40000, ends.from(), PORT, 1, new byte[1400]));
                pcap.packet(dev.bluerig.fact.Pcap.frame(tags, ends.to(), 40000, ends.from(), PORT, 1, new byte[0]));
                pcap.packet(dev.bluerig.fact.Pcap.frame(tags, ends.to(), 40000, ends.from(), 443, 1, new byte[10]));
            }
            Path all = Files.write(directory.resolve("all.pcap"), pcap.bytes());
            Path some = directory.resolve("some.pcap");
            String filter = WireTap.words("p0", new CaptureSearch(ends.server(), PORT, ends.client(), PAYLOAD), 40, "x").words().getLast();
            run("tcpdump", "-n", "-Z", "root", "-r", all.toString(), "-w", some.toString(), filter);
            assertEquals(List.of(1, 1400, 1, 1400), CapturedSegments.parse(Files.readAllBytes(some)).segments().stream()
                .map(CapturedSegments.Segment::length).toList(), filter);
        }
    }

    @Test
    void sixteen_kibibytes_in_clear_among_records_are_found_and_records_alone_are_none() throws Exception {
        var cable = new SampleCable(5, dev.bluerig.fact.Pcap.usual());
        byte[] sealed = cable.stream(4);
        var way = sent(sealed, "192.0.2.1", "192.0.2.2");
        assertTrue(way.leaks() == 0 && way.records() >= 2 && way.sealed() > 16_000, way.toString());
        System.arraycopy(KnownPlaintextTest.piece(PAYLOAD, 77, 400), 0, sealed, 3_000 + new Random(1).nextInt(100), 400);
        assertTrue(sent(sealed, "192.0.2.1", "192.0.2.2").leaks() > 0);
    }
}
