package dev.bluerig.sim.server;

import dev.bluerig.sim.machine.SimMachine;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.forward.TcpForwardingFilter;
import org.apache.sshd.server.forward.TcpipServerChannel;

/// `direct-tcpip` on a host: the only way to its DPU. The address on tmfifo is mapped to the DPU's listener on this computer, but only
/// while the link is addressed and the DPU lives.
final class TmfifoChannel extends TcpipServerChannel {
    private final MachineDirectory directory;
    private final int port;

    private TmfifoChannel(MachineDirectory directory, int port) {
        super(TcpForwardingFilter.Type.Direct, null);
        this.directory = directory;
        this.port = port;
    }

    record Factory(MachineDirectory directory, int port) implements ChannelFactory {
        @Override
        public String getName() {
            return "direct-tcpip";
        }

        @Override
        public Channel createChannel(Session session) throws IOException {
            return new TmfifoChannel(directory, port);
        }
    }

    @Override
    protected OpenFuture doInit(Buffer buffer) {
        String wanted = buffer.getString();
        int wantedPort = buffer.getInt();
        String originator = buffer.getString();
        int originatorPort = buffer.getInt();
        SimNode here = directory.of(getSession());
        if (here.machine().kind() != SimMachine.Kind.HOST) return refuse(SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, "open failed");
        SimMachine dpu = here.machine().world().dpuOf(here.machine());
        SimNode there = directory.named(dpu.name());
        if (!wanted.equals(there.inside())) return refuse(SshConstants.SSH_OPEN_CONNECT_FAILED, "Network is unreachable");
        boolean reached = here.machine().linkTowards(wanted)
            .filter(link -> here.machine().world().fabric().deliver(here.machine(), link, wanted, 60).isPresent()).isPresent();
        if (!reached) return refuse(SshConstants.SSH_OPEN_CONNECT_FAILED, "No route to host");
        if (wantedPort != 22) return refuse(SshConstants.SSH_OPEN_CONNECT_FAILED, "Connection refused");
        setLocalAddress(new InetSocketAddress(here.address(), 0));   // so the DPU knows that its own host calls
        var mapped = new ByteArrayBuffer();
        mapped.putString(there.address());
        mapped.putInt(port);
        mapped.putString(originator);
        mapped.putInt(originatorPort);
        return super.doInit(mapped);
    }

    private OpenFuture refuse(int code, String why) {
        OpenFuture future = new DefaultOpenFuture(this, this);
        future.setException(new SshChannelOpenException(getChannelId(), code, why));
        close(true);
        return future;
    }
}
