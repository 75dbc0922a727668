package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.ktls.SystemFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// A connection by the JDK's sockets, on a kernel without TLS.
final class SocketConnection implements Connection {
    private final SocketChannel channel;

    SocketConnection(SocketChannel channel) {
        this.channel = channel;
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private static <T> T named(String name, Call<T> call) throws SystemFailure {
        try {
            return call.run();
        } catch (ClosedChannelException closed) {
            throw new SystemFailure(name, "EBADF");
        } catch (IOException failed) {
            String said = String.valueOf(failed.getMessage());
            throw new SystemFailure(name, said.contains("reset") ? "ECONNRESET" : said.contains("pipe") ? "EPIPE" : said);
        }
    }

    /// Closed so that the peer gets RST.
    void reset() throws IOException {
        channel.setOption(java.net.StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public InetSocketAddress local() {
        return (InetSocketAddress) channel.socket().getLocalSocketAddress();
    }

    @Override
    public InetSocketAddress peer() {
        return (InetSocketAddress) channel.socket().getRemoteSocketAddress();
    }

    @Override
    public Received receive(ByteBuffer into) throws SystemFailure {
        if (!into.isDirect()) throw new IllegalArgumentException("a buffer that is not direct");
        return new Received(23, named("recvmsg", () -> channel.read(into)));
    }

    @Override
    public void send(ByteBuffer bytes) throws SystemFailure {
        if (!bytes.isDirect()) throw new IllegalArgumentException("a buffer that is not direct");
        while (bytes.hasRemaining()) named("send", () -> channel.write(bytes));
    }

    @Override
    public void sendRecord(int type, ByteBuffer bytes) throws SystemFailure {
        throw new SystemFailure("sendmsg", "EINVAL");
    }

    @Override
    public void sendFile(Path file, long from, long bytes) throws SystemFailure {
        throw new IllegalStateException("the test sends no file through a kernel without TLS");
    }

    @Override
    public void attachTls() throws SystemFailure {
        throw new SystemFailure("setsockopt TCP_ULP", "ENOENT");
    }

    @Override
    public void transmitWith(RecordKeys keys) throws SystemFailure {
        throw new SystemFailure("setsockopt TLS_TX", "ENOPROTOOPT");
    }

    @Override
    public void receiveWith(RecordKeys keys) throws SystemFailure {
        throw new SystemFailure("setsockopt TLS_RX", "ENOPROTOOPT");
    }

    @Override
    public void zeroCopy() throws SystemFailure {
        throw new SystemFailure("setsockopt TLS_TX_ZEROCOPY_RO", "ENOPROTOOPT");
    }

    @Override
    public TlsState state() {
        throw new IllegalStateException("nothing to ask: this kernel holds no keys");
    }

    @Override
    public long retransmits() {
        return 0;
    }

    @Override
    public void finish() throws SystemFailure {
        named("shutdown", channel::shutdownOutput);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
