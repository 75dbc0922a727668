package dev.bluerig.ktls.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("sockets of the process are counted")
@Timeout(60)
class ClosingTest {
    @FunctionalInterface
    private interface Blocking {
        void in(LoopbackPair pair) throws SystemFailure;
    }

    @Test
    void a_blocked_receive_ends() throws Exception {
        ends("recvmsg", "recvmsg", pair -> {
            while (true) pair.client().receive(ByteBuffer.allocateDirect(100));
        });
    }

    @Test
    void a_blocked_send_ends() throws Exception {
        ends("send", "send", pair -> {
            while (true) pair.client().send(ByteBuffer.allocateDirect(1_000_000));
        });
    }

    @Test
    void a_blocked_send_file_ends(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[1_000_000]);
        ends("sendfile", "sendfile", pair -> {
            while (true) pair.client().sendFile(file, 0, 1_000_000);
        });
    }

    @Test
    void a_blocked_accept_ends() throws Exception {
        var waiting = new CountDownLatch(3);
        var network = new LinuxNetwork(FaultySystemCalls.calls((call, arguments) -> {
            if (call.equals("poll")) waiting.countDown();
            return Optional.empty();
        }));
        Network.Listener listener = network.listen(new InetSocketAddress("127.0.0.1", 0), 1);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            var accepting = new ArrayList<Future<SystemFailure>>();
            for (int index = 0; index < 3; index++)
                accepting.add(threads.submit(() -> assertThrows(SystemFailure.class, () -> listener.accept(LoopbackPair.SOON))));
            waiting.await();
            listener.close();
            for (Future<SystemFailure> accepted : accepting) assertEquals("EBADF", accepted.get(30, TimeUnit.SECONDS).errno());
        }
    }

    /// The other side neither reads nor writes, so the call blocks sooner or later; it is closed once the call was made.
    private static void ends(String call, String reported, Blocking blocking) throws Exception {
        var inCall = new CountDownLatch(1);
        Set<Integer> closed = ConcurrentHashMap.newKeySet();
        var network = new LinuxNetwork(FaultySystemCalls.calls((made, arguments) -> {
            if (made.equals(call)) inCall.countDown();
            if (made.equals("close")) closed.add((Integer) arguments[0]);
            return Optional.empty();
        }));
        try (LoopbackPair pair = LoopbackPair.on(network, "127.0.0.1"); ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<SystemFailure> ended = threads.submit(() -> assertThrows(SystemFailure.class, () -> blocking.in(pair)));
            inCall.await();
            pair.client().close();
            assertEquals(reported + ": EBADF", ended.get(30, TimeUnit.SECONDS).getMessage());
            assertEquals(-1, pair.server().receive(drained(pair)).bytes(), "the peer sees the end");
            assertTrue(!closed.isEmpty(), "and the number was given back");
        }
    }

    /// Reads until nothing but the end is left, one byte before it.
    private static ByteBuffer drained(LoopbackPair pair) throws SystemFailure {
        ByteBuffer into = ByteBuffer.allocateDirect(1_000_000);
        pair.server().finish();
        while (pair.server().receive(into.clear()).bytes() >= 0) {}
        return into.clear();
    }

    @Test
    void a_closed_connection_answers_nothing() throws Exception {
        try (LoopbackPair pair = LoopbackPair.on(new LinuxNetwork(), "127.0.0.1")) {
            Connection closed = pair.client();
            InetSocketAddress local = closed.local();
            closed.close();
            closed.close();
            var keys = new RecordKeys(TlsVersion.TLS_1_2, Cipher.AES_128_GCM, new byte[16], new byte[4], 1);
            List<Executable> calls = List.of(() -> closed.send(LoopbackPair.direct("x")),
                () -> closed.receive(ByteBuffer.allocateDirect(1)), closed::finish, closed::retransmits,
                closed::state, closed::attachTls, closed::zeroCopy, () -> closed.transmitWith(keys), () -> closed.receiveWith(keys),
                () -> closed.sendRecord(21, LoopbackPair.direct("x")), () -> closed.sendFile(Path.of("/proc/self/exe"), 0, 1));
            for (Executable call : calls) assertEquals("EBADF", assertThrows(SystemFailure.class, call).errno());
            assertEquals(local, closed.local());
        }
    }

    /// Two threads use each connection while a third closes it; a number that was closed under a call would be met in another connection's
    /// stream.
    @Test
    void numbers_are_never_closed_under_a_call() throws Exception {
        int before = open();
        var network = new LinuxNetwork();
        try (var listener = network.listen(new InetSocketAddress("127.0.0.1", 0), 100); ExecutorService threads =
            Executors.newCachedThreadPool()) {
            for (int round = 0; round < 300; round++) {
                byte mark = (byte) round;
                Connection client = network.connect(Optional.empty(), listener.address(), LoopbackPair.SOON);
                Connection server = listener.accept(LoopbackPair.SOON).orElseThrow();
                Future<SystemFailure> sending = threads.submit(() -> assertThrows(SystemFailure.class, () -> {
                    ByteBuffer bytes = ByteBuffer.allocateDirect(64);
                    while (bytes.hasRemaining()) bytes.put(mark);
                    while (true) client.send(bytes.flip());
                }));
                Future<Boolean> receiving = threads.submit(() -> onlyMarked(server, mark));
                client.close();
                assertEquals("EBADF", sending.get(30, TimeUnit.SECONDS).errno());
                assertTrue(receiving.get(30, TimeUnit.SECONDS));
                server.close();
            }
        }
        assertEquals(before, open());
    }

    private static boolean onlyMarked(Connection from, byte mark) {
        ByteBuffer into = ByteBuffer.allocateDirect(1000);
        try {
            while (from.receive(into.clear()).bytes() > 0) {
                into.flip();
                while (into.hasRemaining()) if (into.get() != mark) return false;
            }
            return true;
        } catch (SystemFailure reset) {
            return reset.errno().equals("ECONNRESET");
        }
    }

    private static int open() throws Exception {
        try (var sockets = Files.list(Path.of("/proc/self/fd"))) {
            return (int) sockets.filter(ClosingTest::socket).count();
        }
    }

    private static boolean socket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException gone) {
            return false;
        }
    }
}
