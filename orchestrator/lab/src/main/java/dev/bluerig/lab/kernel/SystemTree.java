package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The guests' user space: a small Debian 13, whose OpenSSL 3.5 has kernel TLS, as a directory tree that belongs to root.
final class SystemTree {
    static final String NAME = "system";
    static final String SUITE = "trixie";
    private static final String SCRIPT = "image/system";
    private static final Duration BUILD = Duration.ofMinutes(15);

    /// What the machines of the lab need beside the essential packages.
    static final List<String> PACKAGES = List.of("openssh-server", "iproute2", "ethtool", "openssl", "procps", "kmod", "iputils-ping",
        "iputils-arping",
        "tcpdump", "openvswitch-switch", "sudo", "systemd", "netplan-generator", "pciutils", "nftables");

    private SystemTree() {}

    static String fingerprint() {
        return ContentId.of(List.of("1", SUITE, String.join(",", PACKAGES), LabResources.text(SCRIPT)));
    }

    /// Only root can: the tree has devices and owners. Mounts that debootstrap makes are of a name space that ends with it.
    static void make(Path tree, Mirror mirror, Path script, HostTool tool) throws LabFailed {
        tool.run(BUILD, "unshare", "--mount", "--propagation", "private", "bash", script.toString(), tree.toString(), SUITE, mirror.main(),
            Apt.KEYRING.toString(),
            String.join(",", PACKAGES));
    }

    static String script() {
        return LabResources.text(SCRIPT);
    }
}
