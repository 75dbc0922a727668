package dev.bluerig.sim.machine;

import dev.bluerig.inventory.Version;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What is installed on a simulated machine. `packages`: name to version. `absent`: programs this lab could model but the image does not
/// have.
public record InstalledImage(String osRelease, String kernel, String kernelVersion, String architecture, String dpkgArchitecture,
    String kernelConfig,
                    Map<String, String> packages, Set<String> absent) {
    public InstalledImage {
        packages = Map.copyOf(packages);
        absent = Set.copyOf(absent);
    }

    public Version version() {
        return Version.leading(kernel).orElseThrow();
    }

    /// The driver of NVIDIA stands in for the kernel's own.
    public boolean outOfTree() {
        return packages.keySet().stream().anyMatch(name -> name.startsWith("mlnx-ofed-kernel"));
    }

    private static final String UBUNTU = """
        PRETTY_NAME="Ubuntu 22.04.5 LTS"
        NAME="Ubuntu"
        VERSION_ID="22.04"
        VERSION="22.04.5 LTS (Jammy Jellyfish)"
        VERSION_CODENAME=jammy
        ID=ubuntu
        ID_LIKE=debian
        HOME_URL="https://www.ubuntu.com/"
        UBUNTU_CODENAME=jammy
        """;

    /// Hosts have the architecture of this computer: a runtime is delivered to them that was built here.
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

    /// A host with NVIDIA's out-of-tree driver (module path `updates/dkms`).
    static InstalledImage host() {
        return new InstalledImage(UBUNTU, "5.15.0-119-generic", "#129-Ubuntu SMP Fri Aug 2 19:25:20 UTC 2024", ARM ? "aarch64" : "x86_64", ARM ? "arm64" : "amd64", """
            #
            # Automatically generated file; DO NOT EDIT.
            # Linux/x86 5.15.163 Kernel Configuration
            #
            CONFIG_MODULES=y
            CONFIG_NET=y
            CONFIG_TLS=m
            CONFIG_TLS_DEVICE=y
            # CONFIG_TLS_TOE is not set
            CONFIG_MLX5_CORE=m
            CONFIG_MLX5_CORE_EN=y
            # CONFIG_MLX5_TLS is not set
            CONFIG_OPENVSWITCH=m
            CONFIG_NET_SWITCHDEV=y
            """,
            Map.of("iproute2", "5.15.0-1ubuntu2", "ethtool", "1:5.16-1ubuntu0.1", "mft", "4.30.0-139", "mlnx-ofed-kernel-dkms",
            "24.10-0.7.0",
                "netplan.io", "0.107.1-3ubuntu0.22.04.1", "rshim", "2.1.5", "openssh-server", "1:8.9p1-3ubuntu0.10", "iputils-arping",
                "3:20211215-1"),
            Set.of("nmcli", "ovs-vsctl", "ovs-appctl", "ovs-ofctl", "ovs-dpctl", "ifup", "mlnx-sf", "rpm", "dnf", "mstflint", "mstconfig",
            "mstfwmanager", "mstprivhost"));
    }

    /// A host with another kernel and the driver that came with it.
    static InstalledImage host(String release) {
        InstalledImage usual = host();
        Version version = Version.leading(release).orElseThrow(() -> new IllegalArgumentException("not a release of a kernel: " + release));
        // one option since about 5.19, two before
        String driver = version.atLeast(new Version("5.19")) ? "CONFIG_MLX5_EN_TLS=y" : "CONFIG_MLX5_TLS=y\nCONFIG_MLX5_EN_TLS=y";
        String config = usual.kernelConfig().replaceFirst("x86 \\S+", "x86 " + version.text())
            .replace("# CONFIG_MLX5_TLS is not set", driver);
        var packages = new HashMap<>(usual.packages());
        packages.remove("mlnx-ofed-kernel-dkms");
        return new InstalledImage(usual.osRelease(), release, usual.kernelVersion(), usual.architecture(), usual.dpkgArchitecture(),
            config, packages, usual.absent());
    }

    /// The Arm side: a BlueField image of NVIDIA.
    static InstalledImage dpu() {
        return new InstalledImage(UBUNTU, "5.15.0-1050-bluefield", "#52-Ubuntu SMP Fri Aug 9 10:20:30 UTC 2024", "aarch64", "arm64", """
            #
            # Automatically generated file; DO NOT EDIT.
            # Linux/arm64 5.15.163 Kernel Configuration
            #
            CONFIG_MODULES=y
            CONFIG_NET=y
            CONFIG_TLS=m
            CONFIG_TLS_DEVICE=y
            # CONFIG_TLS_TOE is not set
            CONFIG_MLX5_CORE=m
            CONFIG_MLX5_CORE_EN=y
            CONFIG_MLX5_TLS=y
            CONFIG_OPENVSWITCH=m
            CONFIG_NET_SWITCHDEV=y
            """,
            Map.of("iproute2", "5.15.0-1ubuntu2", "ethtool", "1:5.16-1ubuntu0.1", "mft", "4.30.0-139", "mlnx-ofed-kernel-modules",
            "24.10-0.7.0",
                "netplan.io", "0.107.1-3ubuntu0.22.04.1", "openvswitch-switch", "3.1.0", "openssh-server", "1:8.9p1-3ubuntu0.10",
                "iputils-arping", "3:20211215-1"),
            Set.of("nmcli", "ifup", "rpm", "dnf", "mstflint", "mstconfig", "mstfwmanager", "mstprivhost"));
    }
}
