package dev.bluerig.ktls.linux;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.ktls.SystemFailure;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;

/// A connected socket.
final class LinuxConnection implements Connection {
    /// What is asked of a socket now and then, with memory of its own.
    @FunctionalInterface
    private interface Question<T> {
        T of(SocketOptions options) throws SystemFailure;
    }

    private static final int SHUT_WR = 1; // sys/socket.h
    private static final Set<String> UNOPENED = Set.of("EBADMSG", "EMSGSIZE", "EINVAL"); // net/tls/tls_sw.c, tls_rx_msg_size

    private final Function<Arena, SystemCalls> calls;
    private final InetSocketAddress local;
    private final InetSocketAddress peer;
    private final Receiver receiver;
    private final Sender sender;
    private final Descriptor descriptor;
    private volatile boolean transmitting;

    /// Closes the socket when it cannot be asked for its addresses any more.
    static LinuxConnection of(int number, Function<Arena, SystemCalls> calls) throws SystemFailure {
        try (Arena arena = Arena.ofConfined()) {
            SystemCalls now = calls.apply(arena);
            try {
                new SocketOptions(now, arena, number).withoutDelay();
                return new LinuxConnection(number, calls, SocketNames.local(now, arena, number), SocketNames.peer(now, arena, number));
            } catch (SystemFailure failure) {
                now.close(number);
                throw failure;
            }
        }
    }

    private LinuxConnection(int number, Function<Arena, SystemCalls> calls, InetSocketAddress local, InetSocketAddress peer) {
        this.calls = calls;
        this.local = local;
        this.peer = peer;
        Arena arena = Arena.ofAuto(); // freed with the connection, never under a call
        receiver = new Receiver(arena, calls);
        sender = new Sender(arena, calls);
        descriptor = new Descriptor(number, calls, sender::forgetFile);
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public InetSocketAddress peer() {
        return peer;
    }

    /// A record that the kernel cannot open breaks the whole socket (net/tls/tls_sw.c, tls_err_abort sets sk_err): until that error is
    /// fetched nothing can be sent, not even why.
    @Override
    public Received receive(ByteBuffer into) throws SystemFailure {
        Received received;
        try {
            received = descriptor.use("recvmsg", number -> receiver.receive(number, into));
        } catch (SystemFailure failure) {
            if (UNOPENED.contains(failure.errno())) ask("getsockopt", SocketOptions::error);
            throw failure;
        }
        if (received.bytes() < 0) descriptor.mustBeOpen("recvmsg"); // the end that our own close made is none of the peer's
        return received;
    }

    @Override
    public void send(ByteBuffer bytes) throws SystemFailure {
        descriptor.use("send", number -> {
            sender.send(number, bytes);
            return true;
        });
    }

    @Override
    public void sendRecord(int type, ByteBuffer bytes) throws SystemFailure {
        descriptor.use("sendmsg", number -> {
            if (!transmitting)
                throw new SystemFailure("sendmsg", Errno.name(Errno.ENOPROTOOPT),
                    "without keys the kernel would send the bytes of a record as they are");
            sender.sendRecord(number, type, bytes);
            return true;
        });
    }

    @Override
    public void sendFile(Path file, long from, long bytes) throws SystemFailure {
        descriptor.use("sendfile", number -> {
            sender.sendFile(number, file, from, bytes);
            return true;
        });
    }

    @Override
    public void attachTls() throws SystemFailure {
        ask("setsockopt", options -> {
            options.attachTls();
            return true;
        });
    }

    @Override
    public void transmitWith(RecordKeys keys) throws SystemFailure {
        ask("setsockopt", options -> {
            options.keys(SocketOptions.TLS_TX, keys);
            return true;
        });
        transmitting = true;
    }

    @Override
    public void receiveWith(RecordKeys keys) throws SystemFailure {
        ask("setsockopt", options -> {
            options.keys(SocketOptions.TLS_RX, keys);
            return true;
        });
    }

    @Override
    public void zeroCopy() throws SystemFailure {
        ask("setsockopt", options -> {
            options.zeroCopy();
            return true;
        });
    }

    @Override
    public TlsState state() throws SystemFailure {
        return ask("sock_diag", options -> new SockDiag(options.calls(), options.arena()).state(options, local, peer));
    }

    @Override
    public long retransmits() throws SystemFailure {
        return ask("getsockopt", SocketOptions::retransmits);
    }

    @Override
    public void finish() throws SystemFailure {
        ask("shutdown", options -> Errno.checked("shutdown", options.calls().shutdown(options.descriptor(), SHUT_WR)));
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private <T> T ask(String call, Question<T> question) throws SystemFailure {
        return descriptor.use(call, number -> {
            try (Arena arena = Arena.ofConfined()) {
                return question.of(new SocketOptions(calls.apply(arena), arena, number));
            }
        });
    }
}
