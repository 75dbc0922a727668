package dev.bluerig.bench.path;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.linux.LinuxNetwork;
import dev.bluerig.ktls.secure.Identity;
import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.ktls.secure.TlsChannel;
import dev.bluerig.ktls.secure.TlsRequest;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.protocol.TlsVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/// One end of one of our loops: `LOOP send|receive PORT BYTES WRITE`. The receiver listens, and fails when it gets another number of bytes.
/// Prints what the second half of the bytes cost, `1.234567 CPU seconds for 4000000000 bytes`: by then a JVM has started and compiled what
/// it runs.
public final class LoopEnd {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /// Fills the buffer with at least one byte, or gives -1.
    @FunctionalInterface
    private interface Source {
        int read(ByteBuffer into) throws IOException, SystemFailure, PairFailed;
    }

    /// Takes the whole buffer.
    @FunctionalInterface
    private interface Sink {
        void write(ByteBuffer bytes) throws IOException, SystemFailure, PairFailed;
    }

    private LoopEnd() {}

    public static void main(String[] words) throws Exception {
        OwnLoop loop = OwnLoop.valueOf(words[0]);
        var address = new InetSocketAddress("127.0.0.1", Integer.parseInt(words[2]));
        long bytes = Long.parseLong(words[3]);
        ByteBuffer buffer = ByteBuffer.allocateDirect(Integer.parseInt(words[4]));
        if (words[1].equals("send")) send(loop, address, bytes, buffer);
        else receive(loop, address, bytes, buffer);
    }

    private static void send(OwnLoop loop, InetSocketAddress address, long bytes, ByteBuffer buffer) throws IOException, SystemFailure,
        PairFailed {
        switch (loop) {
            case NIO -> {
                try (SocketChannel channel = SocketChannel.open(address)) {
                    send(bytes, buffer, from -> {
                        while (from.hasRemaining()) channel.write(from);
                    });
                }
            }
            case PAIR -> {
                try (Connection connection = new LinuxNetwork().connect(Optional.empty(), address, LIMIT)) {
                    send(bytes, buffer, connection::send);
                }
            }
            case USER_SPACE, KERNEL -> {
                try (TlsChannel channel = TlsChannel.open(new LinuxNetwork().connect(Optional.empty(), address, LIMIT),
                    wanted(loop, Role.CLIENT))) {
                    mustBe(loop, channel.transmit());
                    send(bytes, buffer, channel::send);
                    channel.finish();
                }
            }
        }
    }

    private static void receive(OwnLoop loop, InetSocketAddress address, long bytes, ByteBuffer buffer) throws IOException, SystemFailure,
        PairFailed {
        switch (loop) {
            case NIO -> {
                try (ServerSocketChannel listener = ServerSocketChannel.open().bind(address); SocketChannel channel = listener.accept()) {
                    receive(bytes, buffer, channel::read);
                }
            }
            case PAIR -> {
                try (var listener = new LinuxNetwork().listen(address, 1); Connection connection = listener.accept(LIMIT).orElseThrow()) {
                    receive(bytes, buffer, into -> connection.receive(into).bytes());
                }
            }
            case USER_SPACE, KERNEL -> {
                try (var listener = new LinuxNetwork().listen(address, 1); TlsChannel channel =
                    TlsChannel.open(listener.accept(LIMIT).orElseThrow(), wanted(loop, Role.SERVER))) {
                    mustBe(loop, channel.receive());
                    receive(bytes, buffer, channel::receive);
                }
            }
        }
    }

    /// Records by whom the loop says.
    private static void mustBe(OwnLoop loop, TlsSettings.RecordHandler found) {
        TlsSettings.RecordHandler wanted = loop == OwnLoop.KERNEL ? TlsSettings.RecordHandler.KERNEL : TlsSettings.RecordHandler.USER_SPACE;
        if (found != wanted) throw new IllegalStateException("wanted records by " + wanted + ", found " + found);
    }

    private static TlsRequest wanted(OwnLoop loop, Role role) {
        boolean kernel = loop == OwnLoop.KERNEL;
        return new TlsRequest(role, TlsVersion.TLS_1_2, Cipher.AES_128_GCM, Identity.ecdsa(), Optional.empty(), kernel, kernel);
    }

    private static void send(long bytes, ByteBuffer buffer, Sink sink) throws IOException, SystemFailure, PairFailed {
        var half = new HalfwayMeter(bytes);
        for (long left = bytes; left > 0; left -= buffer.limit()) {
            half.passed(bytes - left);
            sink.write(buffer.clear().limit((int) Math.min(buffer.capacity(), left)));
        }
        half.end(bytes);
    }

    private static void receive(long bytes, ByteBuffer buffer, Source source) throws IOException, SystemFailure, PairFailed {
        var half = new HalfwayMeter(bytes);
        long came = 0;
        int count = 0;
        while (count >= 0) {
            came += count;
            half.passed(came);
            count = came < bytes ? source.read(buffer.clear()) : -1;
        }
        if (came != bytes) throw new IllegalStateException("wanted " + bytes + " bytes, found " + came);
        half.end(bytes);
    }
}
