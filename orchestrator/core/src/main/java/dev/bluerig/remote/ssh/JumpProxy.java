package dev.bluerig.remote.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.shell.ChannelInput;
import dev.bluerig.remote.shell.Pipe;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/// The way to a DPU: one channel of its host's connection. No port is opened anywhere, and no second connection to the host.
final class JumpProxy implements Proxy {
    private static final int PROHIBITED = 1;    // RFC 4254, 5.1

    private final Session host;
    private final String hostName;
    private final Duration limit;
    private final ServerGreeting greeting;
    private final Pipe pipe = new Pipe();
    private ChannelDirectTCPIP channel;
    private InputStream in;
    private OutputStream out;

    JumpProxy(Session host, String hostName, Duration limit, ServerGreeting greeting) {
        this.host = host;
        this.hostName = hostName;
        this.limit = limit;
        this.greeting = greeting;
    }

    /// The host did not let us through. Carries the reason out of JSch.
    static final class Blocked extends Exception {
        private static final long serialVersionUID = 1;
        private final ConnectionCode reason;

        Blocked(ConnectionCode reason, String detail) {
            super(detail);
            this.reason = reason;
        }

        ConnectionCode reason() {
            return reason;
        }
    }

    @Override
    public void connect(SocketFactory sockets, String address, int port, int timeout) throws Blocked, JSchException, java.io.IOException {
        if (!host.isConnected()) throw new Blocked(ConnectionCode.HOST_UNREACHABLE, "the connection to " + hostName + " is lost");
        channel = (ChannelDirectTCPIP) host.openChannel("direct-tcpip");
        channel.setHost(address);
        channel.setPort(port);
        channel.setOutputStream(pipe.writeEnd());
        in = greeting.watching(pipe.readEnd());
        out = new ChannelInput(channel::getOutputStream);
        try {
            channel.connect(Math.toIntExact(limit.toMillis()));
        } catch (JSchException refused) {
            throw blocked(address + ":" + port);
        }
        if (!channel.isConnected()) throw blocked(address + ":" + port);
    }

    private Blocked blocked(String address) {
        if (!host.isConnected()) return new Blocked(ConnectionCode.HOST_UNREACHABLE, "the connection to " + hostName + " was lost");
        int code = channel.getExitStatus();
        if (code < 0)
            return new Blocked(ConnectionCode.CONNECT_TIMEOUT, hostName + " got no answer from " + address + " within " + limit.toSeconds()
                + " s");
        return new Blocked(ConnectionCode.CHANNEL_REFUSED, code == PROHIBITED
            ? hostName + " forbids forwarding to " + address : hostName + " cannot connect to " + address);
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public Socket getSocket() {
        return null;                            // JSch's sign for "none"
    }

    @Override
    public void close() {
        pipe.end();
        if (channel != null) channel.disconnect();
    }
}
