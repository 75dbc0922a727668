package dev.bluerig.lab.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Chooses ports of 127.0.0.1 that nobody listens at. Another program may take one before QEMU does; then QEMU says so and others are
/// chosen.
final class FreePorts {
    private FreePorts() {}

    static List<Integer> free(int count) throws IOException {
        var open = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) open.add(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
            return open.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : open) socket.close();
        }
    }
}
