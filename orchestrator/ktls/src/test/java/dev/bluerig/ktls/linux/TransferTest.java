package dev.bluerig.ktls.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.SystemFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TransferTest {
    private static final int BYTES = 20_000_003;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void both_ways_at_once_every_byte_arrives(String address) throws Exception {
        exchange(new LinuxNetwork(), address, BYTES, 131_072, 77_777);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4_194_304})
    void smallest_and_largest_writes(int write) throws Exception {
        exchange(new LinuxNetwork(), "127.0.0.1", write == 1 ? 5_000 : BYTES, write, 100_000);
    }

    @Test
    void an_interrupted_call_is_made_again() throws Exception {
        var interruptions = new AtomicInteger();
        exchange(new LinuxNetwork(FaultySystemCalls.calls(FaultySystemCalls.interrupted(interruptions))), "127.0.0.1", 1_000_000, 10_000,
            9_999);
        assertTrue(interruptions.get() > 200, "found " + interruptions);
    }

    @Test
    void a_short_write_is_continued() throws Exception {
        exchange(new LinuxNetwork(FaultySystemCalls.calls(FaultySystemCalls.atMost(977))), "127.0.0.1", 1_000_000, 10_000, 9_999);
    }

    @Test
    void a_file_is_sent_from_where_it_is_said(@TempDir Path directory) throws Exception {
        sendFile(new LinuxNetwork(), directory);
    }

    @Test
    void a_file_is_sent_despite_interruptions_and_in_pieces(@TempDir Path directory) throws Exception {
        FaultySystemCalls interrupted = FaultySystemCalls.interrupted(new AtomicInteger());
        FaultySystemCalls atMost = FaultySystemCalls.atMost(3_001);
        sendFile(
            new LinuxNetwork(FaultySystemCalls.calls((call, arguments) -> interrupted.answer(call, arguments)
            .or(() -> atMost.answer(call, arguments)))), directory);
    }

    private static void sendFile(Network network, Path directory) throws Exception {
        byte[] bytes = bytes(1, 3_000_000);
        Path file = Files.write(directory.resolve("first"), bytes);
        Path other = Files.write(directory.resolve("second"), bytes(2, 100));
        try (LoopbackPair pair = LoopbackPair.on(network, "127.0.0.1"); ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<?> sent = threads.submit(() -> {
                pair.client().sendFile(file, 1_000_001, 1_999_000);
                pair.client().sendFile(other, 0, 100);
                pair.client().sendFile(file, 0, 5);
                return true;
            });
            ByteBuffer wanted = ByteBuffer.allocate(1_999_105).put(bytes, 1_000_001, 1_999_000).put(bytes(2, 100)).put(bytes, 0, 5).flip();
            assertEquals(wanted, receive(pair.server(), wanted.limit(), 10_000));
            sent.get();
            SystemFailure ended = assertThrows(SystemFailure.class, () -> pair.client().sendFile(other, 90, 11));
            assertEquals("sendfile: ENODATA: " + other + " ends 1 bytes before the 101 wanted", ended.getMessage());
            SystemFailure missing = assertThrows(SystemFailure.class, () -> pair.client().sendFile(directory.resolve("none"), 0, 1));
            assertEquals("open: ENOENT", missing.getMessage());
        }
    }

    @Test
    void an_offset_may_be_beyond_four_gigabytes(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("sparse");
        try (var channel = Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.position((5L << 30) + 7).write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
        try (LoopbackPair pair = LoopbackPair.on(new LinuxNetwork(), "127.0.0.1")) {
            pair.client().sendFile(file, (5L << 30) + 6, 4);
            assertEquals(ByteBuffer.wrap(new byte[] {0, 1, 2, 3}), receive(pair.server(), 4, 10));
        }
    }

    @Test
    void a_peer_that_is_gone_is_a_failure_and_no_signal(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[1_000_000]);
        try (LoopbackPair pair = LoopbackPair.on(new LinuxNetwork(), "127.0.0.1")) {
            pair.server().close();
            SystemFailure gone = assertThrows(SystemFailure.class, () -> {
                while (true) pair.client().sendFile(file, 0, 1_000_000);
            });
            assertTrue(gone.errno().equals("EPIPE") || gone.errno().equals("ECONNRESET"), gone.errno());
            assertEquals("EPIPE", assertThrows(SystemFailure.class, () -> pair.client().sendFile(file, 0, 1)).errno());
            assertEquals("EPIPE", assertThrows(SystemFailure.class, () -> pair.client().send(LoopbackPair.direct("x"))).errno());
        }
    }

    @Test
    void only_direct_buffers_with_room() throws SystemFailure {
        try (LoopbackPair pair = LoopbackPair.on(new LinuxNetwork(), "127.0.0.1")) {
            assertThrows(IllegalArgumentException.class, () -> pair.client().send(ByteBuffer.allocate(1)));
            assertThrows(IllegalArgumentException.class, () -> pair.client().receive(ByteBuffer.allocate(1)));
            assertThrows(IllegalArgumentException.class, () -> pair.client().receive(ByteBuffer.allocateDirect(0)));
            pair.client().send(LoopbackPair.direct("read only").asReadOnlyBuffer());
            ByteBuffer into = ByteBuffer.allocateDirect(20).position(3).limit(8);
            pair.server().receive(into);
            assertEquals(8, into.position(), "only what there is room for, where it is");
            assertEquals('r', into.get(3));
        }
    }

    private static void exchange(Network network, String address, int bytes, int write, int read) throws Exception {
        try (LoopbackPair pair = LoopbackPair.on(network, address); ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<?> there = threads.submit(() -> send(pair.client(), bytes(1, bytes), write));
            Future<?> back = threads.submit(() -> send(pair.server(), bytes(2, bytes), write));
            Future<ByteBuffer> atServer = threads.submit(() -> receive(pair.server(), bytes, read));
            assertEquals(ByteBuffer.wrap(bytes(2, bytes)), receive(pair.client(), bytes, read));
            assertEquals(ByteBuffer.wrap(bytes(1, bytes)), soon(atServer));
            soon(there);
            soon(back);
        }
    }

    private static <T> T soon(Future<T> future) throws Exception {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        }
    }

    private static boolean send(Connection to, byte[] bytes, int write) throws SystemFailure {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Math.min(write, bytes.length));
        for (int at = 0; at < bytes.length; at += write) to.send(buffer.clear().put(bytes, at, Math.min(write, bytes.length - at)).flip());
        return true;
    }

    private static ByteBuffer receive(Connection from, int bytes, int read) throws SystemFailure {
        ByteBuffer all = ByteBuffer.allocate(bytes);
        ByteBuffer buffer = ByteBuffer.allocateDirect(read);
        while (all.hasRemaining()) {
            buffer.clear();
            int came = from.receive(buffer).bytes();
            assertTrue(came > 0 && came == buffer.position(), "found " + came);
            all.put(buffer.flip());
        }
        return all.flip();
    }

    private static byte[] bytes(long seed, int count) {
        var bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
