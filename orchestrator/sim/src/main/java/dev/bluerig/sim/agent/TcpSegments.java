package dev.bluerig.sim.agent;

/// How bytes of a stream become packets. Ethernet 14, IPv4 20, TCP with time stamps 32.
final class TcpSegments {
    static final int HEADERS = 66;
    private static final int INSIDE_MTU = 52;

    private TcpSegments() {}

    /// Most payload of one packet.
    static int largest(int mtu) {
        return Math.max(1, mtu - INSIDE_MTU);
    }

    static long count(long bytes, int mtu) {
        return (bytes + largest(mtu) - 1) / largest(mtu);
    }
}
