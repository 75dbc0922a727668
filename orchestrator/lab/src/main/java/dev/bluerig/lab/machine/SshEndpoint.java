package dev.bluerig.lab.machine;

/// Where the controller finds the sshd of a host.
public record SshEndpoint(String address, int port) {
    /// The port that SSH has of itself (RFC 4253 section 4.1).
    private static final int STANDARD = 22;

    public static SshEndpoint standard(String address) {
        return new SshEndpoint(address, STANDARD);
    }

    /// What known_hosts files it under (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT): a port of its own is told with brackets.
    public String known() {
        return port == STANDARD ? address : "[" + address + "]:" + port;
    }

    /// What the inventory says of it.
    String text() {
        return "    address: " + address + "\n" + (port == STANDARD ? "" : "    ssh: {port: " + port + "}\n");
    }
}
