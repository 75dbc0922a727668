package dev.bluerig.lab.namespace;

import dev.bluerig.lab.machine.LabFailed;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;

/// Chooses a lab's management subnet out of 198.18.0.0/15, which is reserved for test-beds (RFC 2544) and routed nowhere.
final class Subnets {
    private Subnets() {}

    /// The first /24 from the lab's own starting point on in which this controller has no address.
    static String free(String id) throws LabFailed {
        Set<String> taken = taken();
        int start = Integer.parseInt(id, 16) % 512;
        for (int i = 0; i < 512; i++) {
            int candidate = (start + i) % 512;
            String subnet = "198." + (18 + candidate / 256) + "." + candidate % 256 + ".";
            if (!taken.contains(subnet)) return subnet;
        }
        throw new LabFailed("no free /24 in 198.18.0.0/15: take a lab down, or name a subnet");
    }

    private static Set<String> taken() throws LabFailed {
        try {
            var taken = new HashSet<String>();
            for (NetworkInterface link : NetworkInterface.networkInterfaces().toList())
                for (InterfaceAddress address : link.getInterfaceAddresses()) {
                    String text = address.getAddress().getHostAddress();
                    taken.add(text.substring(0, text.lastIndexOf('.') + 1));
                }
            return taken;
        } catch (SocketException unreadable) {
            throw new LabFailed("cannot list this machine's addresses", unreadable);
        }
    }
}
