package dev.bluerig.lab.namespace;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What the namespace lab needs of the controller.
final class NamespaceLabRequirements {
    private static final Map<String, String> PACKAGES = Map.ofEntries(Map.entry("ip", "iproute2"), Map.entry("bash", "bash"),
        Map.entry("setsid", "util-linux"), Map.entry("nsenter", "util-linux"), Map.entry("unshare", "util-linux"),
        Map.entry("pivot_root", "util-linux"), Map.entry("ssh-keygen", "openssh-client"), Map.entry("sshd", "openssh-server"),
        Map.entry("ethtool", "ethtool"), Map.entry("sudo", "sudo"), Map.entry("ping", "iputils-ping"),
        Map.entry("arping", "iputils-arping"),
        Map.entry("ps", "procps"), Map.entry("systemctl", "systemd"), Map.entry("tcpdump", "tcpdump"));
    private static final Map<String, String> OVS = Map.of("ovs-vswitchd", "openvswitch-switch", "ovsdb-server", "openvswitch-switch",
        "ovs-vsctl", "openvswitch-switch", "ovsdb-tool", "openvswitch-switch");

    private NamespaceLabRequirements() {}

    /// Says everything that is missing in one message.
    static void require(boolean ovs) throws LabFailed {
        if (!"Linux".equals(System.getProperty("os.name")))
            throw new LabFailed("the namespace lab needs Linux; this is " + System.getProperty("os.name") + ". Use: bluerig lab sim");
        var problems = new ArrayList<String>();
        if (!"root".equals(System.getProperty("user.name")))
            problems.add("it must run as root (user " + System.getProperty("user.name")
                + " cannot make network namespaces): sudo bluerig lab namespace up");
        var missing = new TreeSet<String>();
        var packages = new TreeSet<String>();
        for (Map<String, String> table : ovs ? List.of(PACKAGES, OVS) : List.of(PACKAGES)) {
            table.forEach((program, from) -> {
                if (LabPrograms.present(program)) return;
                missing.add(program);
                packages.add(from);
            });
        }
        if (!missing.isEmpty())
            problems.add("programs are missing: " + String.join(", ", missing) + ". Install: apt-get install "
                + String.join(" ", packages));
        if (!Files.exists(Path.of("/dev/net/tun")))
            problems.add("/dev/net/tun is missing, which Open vSwitch's userspace datapath needs: modprobe tun");
        if (!problems.isEmpty()) throw new LabFailed("the namespace lab cannot start: " + String.join("; ", problems));
    }
}
