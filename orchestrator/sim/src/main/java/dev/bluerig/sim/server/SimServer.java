package dev.bluerig.sim.server;

import dev.bluerig.sim.machine.MachineFaults;
import dev.bluerig.sim.machine.SimMachine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.scp.server.ScpCommandFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/// All sshd's of the lab in one: a single server on as many loopback addresses as there are machines.
public final class SimServer implements AutoCloseable {
    private final SshServer server;

    private SimServer(SshServer server) {
        this.server = server;
    }

    /// `port` must be free on every address.
    public static SimServer start(List<SimNode> nodes, int port) throws IOException {
        var directory = new MachineDirectory(nodes);
        var logins = new SimLogins(directory);
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost(nodes.stream().map(SimNode::address).collect(Collectors.joining(",")));
        server.setPort(port);
        // with Bouncy Castle on the class path MINA would prefer its slow post-quantum key exchanges
        server.setKeyExchangeFactories(server.getKeyExchangeFactories().stream()
            .filter(factory -> !factory.getName().matches("(mlkem|sntrup).*")).toList());
        server.setKeyPairProvider(new KeyPairProvider() {
            @Override
            public Iterable<java.security.KeyPair> loadKeys(SessionContext session) {
                return List.of(directory.of(session).hostKey());
            }
        });
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE, new KeyboardLogin.Factory(logins),
            UserAuthPasswordFactory.INSTANCE));
        server.setPublickeyAuthenticator(logins::key);
        server.setPasswordAuthenticator((user, password, session) -> logins.password(user, password, session));
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.setChannelFactories(List.of(org.apache.sshd.server.channel.ChannelSessionFactory.INSTANCE,
            new TmfifoChannel.Factory(directory, port)));
        server.setCommandFactory(new ScpCommandFactory.Builder().withDelegate((channel, text) -> command(directory, channel, text))
            .build());
        server.setShellFactory(channel -> command(directory, channel, ""));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder().withFileSystemAccessor(new SimFileAccess()).build()));
        server.setFileSystemFactory(new SimFiles(directory));
        server.addSessionListener(new AccessFilter(directory));
        CoreModuleProperties.IDLE_TIMEOUT.set(server, java.time.Duration.ZERO);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, 1000);
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "bluerig-lab-sim");
        server.start();
        return new SimServer(server);
    }

    /// How many connections are open.
    public int sessions() {
        return server.getActiveSessions().size();
    }

    private static MachineCommand command(MachineDirectory directory, ChannelSession channel, String text) {
        ServerSession session = channel.getSession();
        SimNode node = directory.of(session);
        Map<String, String> environment = new HashMap<>();
        InetSocketAddress client = (InetSocketAddress) session.getClientAddress();
        boolean behindHost = node.machine().kind() == SimMachine.Kind.DPU;
        environment.put("SSH_CONNECTION", (behindHost ? "192.168.100.1" : client.getAddress().getHostAddress()) + " " + client.getPort()
            + " " + node.inside() + " 22");
        return new MachineCommand(node, session.getUsername(), environment, text);
    }

    /// Lets nobody but its own host reach a DPU, and can cut a machine's connections.
    private record AccessFilter(MachineDirectory directory) implements SessionListener {
        @Override
        public void sessionCreated(Session session) {
            directory.at(session.getLocalAddress()).ifPresent(node -> {
                SimMachine machine = node.machine();
                if (machine.kind() == SimMachine.Kind.DPU) {
                    String host = directory.named(machine.world().hostOf(machine).name()).address();
                    boolean ownHost = session.getRemoteAddress() instanceof InetSocketAddress remote && remote.getAddress().getHostAddress()
                        .equals(host);
                    if (!ownHost || machine.faults().isDead()) {
                        session.close(true);
                        return;
                    }
                }
                int port = session.getRemoteAddress() instanceof InetSocketAddress remote ? remote.getPort() : 0;
                String peer = (machine.kind() == SimMachine.Kind.DPU ? "192.168.100.1" : "127.0.0.1") + ":" + port;
                machine.faults().connected(session.getIoSession(), new MachineFaults.Connection(peer, () -> session.close(true)));
            });
        }

        @Override
        public void sessionClosed(Session session) {
            directory.at(session.getLocalAddress()).ifPresent(node -> node.machine().faults().disconnected(session.getIoSession()));
        }
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
