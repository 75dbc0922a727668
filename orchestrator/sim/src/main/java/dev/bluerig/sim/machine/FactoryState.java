package dev.bluerig.sim.machine;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.sim.net.LinkFeatures;
import dev.bluerig.sim.net.SimLink;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Makes machines as they come, a DPU with the defaults of its image.
public final class FactoryState {
    /// Slot of the card in every host.
    public static final String SLOT = "0000:b1:00";
    private static final int MAX_MTU = 9978;   // mlx5: largest hardware MTU minus headers, as `ip -d link` shows it on such cards

    /// Stands for a compiled program that does nothing: `\177ELF`, and which it is.
    public static final String PROGRAM = "\177ELF true\n";

    private FactoryState() {}

    /// How somebody logs in. `key` as a line of authorized_keys; `password` empty: none.
    public record Login(String key, String password, boolean expired, Accounts.Sudo sudo) {}

    /// What a pair is made of. `kernel`: release of the host's kernel, instead of the usual one with the driver of NVIDIA.
    public record Make(boolean crypto, boolean nicMode, Optional<String> kernel) {}

    /// A host with its DPU, joined to the world.
    public static void pair(SimWorld world, String host, String dpu, int number, Make make, String hostAddress, Login hostLogin,
        Login dpuLogin) {
        var card = new SimCard(SLOT, "MT2334X%05d".formatted(number), make.crypto(), make.nicMode());
        InstalledImage image = make.kernel().map(InstalledImage::host).orElseGet(InstalledImage::host);
        SimMachine machine = host(world, host, 2 * number, image, card, hostAddress, hostLogin);
        SimMachine arm = dpu(world, dpu, 2 * number + 1, card, dpuLogin);
        world.join(machine, arm);
    }

    public static void cable(SimWorld world, String firstDpu, int firstPort, String secondDpu, int secondPort) {
        world.cable(new SimWorld.End(firstDpu, firstPort), new SimWorld.End(secondDpu, secondPort));
    }

    private static SimMachine host(SimWorld world, String name, int number, InstalledImage image, SimCard card, String address,
        Login login) {
        var accounts = accounts("lab", login);
        var machine = new SimMachine(name, SimMachine.Kind.HOST, number, image, card, accounts, world);
        loopback(machine);
        SimLink management = machine.links().add("eno1", SimLink.Kind.ETHERNET, Optional.empty(), -1, 1500, 9216, LinkFeatures.plain());
        management.raise();
        management.addressByDhcp(new Cidr(address + "/8"));
        for (int port = 0; port < 2; port++) {
            // driver of NVIDIA, predictable names of systemd: slot b1 is 177
            machine.links().add("enp177s0f" + port + "np" + port, SimLink.Kind.PORT, Optional.of(SLOT + "." + port), port, 1500, MAX_MTU,
                LinkFeatures.port(card.crypto(), image.version()));
        }
        common(machine, login, "lab");
        service(machine, "rshim.service", "rshim driver for BlueField SoC", "enabled", true);
        service(machine, "mst.service", "mst", "disabled", false);
        machine.services().start("rshim.service");
        machine.files().install("/etc/netplan/50-cloud-init.yaml", FileEntry.regular("""
            network:
              version: 2
              ethernets:
                eno1:
                  dhcp4: true
            """.getBytes(StandardCharsets.UTF_8), 0600, "root", "root"));
        for (String module : new String[] {"mlx5_core", "mlx5_ib", "mlxfw", "mlxdevm"}) machine.modules().add(module);
        return machine;
    }

    private static SimMachine dpu(SimWorld world, String name, int number, SimCard card, Login login) {
        var accounts = accounts("ubuntu", login);
        var machine = new SimMachine(name, SimMachine.Kind.DPU, number, InstalledImage.dpu(), card, accounts, world);
        loopback(machine);
        SimLink tmfifo = machine.links().add("tmfifo_net0", SimLink.Kind.TMFIFO, Optional.empty(), -1, 1500, 1500, LinkFeatures.plain());
        tmfifo.raise();
        tmfifo.add(new Cidr("192.168.100.2/30"));
        machine.links().add("oob_net0", SimLink.Kind.ETHERNET, Optional.empty(), -1, 1500, 9216, LinkFeatures.plain()).raise();
        common(machine, login, "ubuntu");
        service(machine, "openvswitch-switch.service", "Open vSwitch", "enabled", true);
        service(machine, "ovs-vswitchd.service", "Open vSwitch Forwarding Unit", "static", true);
        service(machine, "ovsdb-server.service", "Open vSwitch Database Unit", "static", true);
        service(machine, "mlnx_bf_configure.service", "BlueField configuration", "enabled", true);
        machine.files().install("/etc/mlnx-release", "DOCA_2.9.3_BSP_4.9.3_LTS24_Ubuntu_22.04-1.24-10.prod\n");
        machine.files().install("/etc/mellanox/mlnx-ovs.conf", """
            CREATE_OVS_BRIDGES="yes"
            OVS_HW_OFFLOAD="yes"
            OVS_BRIDGE1="ovsbr1"
            OVS_BRIDGE1_PORTS="p0 pf0hpf en3f0pf0sf0"
            OVS_BRIDGE2="ovsbr2"
            OVS_BRIDGE2_PORTS="p1 pf1hpf en3f1pf1sf0"
            """);
        machine.files().install("/etc/netplan/60-mlnx.yaml", FileEntry.regular("""
            network:
              version: 2
              renderer: networkd
              ethernets:
                tmfifo_net0:
                  addresses: [192.168.100.2/30]
                oob_net0:
                  dhcp4: true
            """.getBytes(StandardCharsets.UTF_8), 0600, "root", "root"));
        for (String module : new String[] {"mlx5_core", "mlx5_ib", "mlxfw", "openvswitch"}) machine.modules().add(module);
        if (!card.nicMode()) switchdev(machine);
        return machine;
    }

    /// Uplinks, representors and the bridges that mlnx_bf_configure makes of them.
    private static void switchdev(SimMachine machine) {
        for (int port = 0; port < 2; port++) {
            Optional<String> pci = Optional.of(machine.card().armSlot() + "." + port);
            machine.links().add("p" + port, SimLink.Kind.UPLINK, pci, port, 1500, MAX_MTU, LinkFeatures.switchdev()).raise();
            machine.links().add("pf" + port + "hpf", SimLink.Kind.REPRESENTOR, pci, port, 1500, MAX_MTU, LinkFeatures.switchdev()).raise();
            machine.links().add("en3f" + port + "pf" + port + "sf0", SimLink.Kind.REPRESENTOR, pci, port, 1500, MAX_MTU,
                LinkFeatures.switchdev()).raise();
        }
        for (int port = 0; port < 2; port++) {
            machine.ovs().bridge("ovsbr" + (port + 1), "p" + port, "pf" + port + "hpf", "en3f" + port + "pf" + port + "sf0");
            machine.links().find("ovsbr" + (port + 1)).ifPresent(SimLink::raise);
        }
    }

    private static Accounts accounts(String name, Login login) {
        var accounts = new Accounts();
        accounts.add(new Accounts.Account(UserAccount.ROOT, "", false, Accounts.Sudo.PASSWORDLESS));
        accounts.add(new Accounts.Account(new UserAccount(name, 1000, "/home/" + name), login.password(), login.expired(), login.sudo()));
        return accounts;
    }

    private static void loopback(SimMachine machine) {
        SimLink loopback = machine.links().add("lo", SimLink.Kind.LOOPBACK, Optional.empty(), -1, 65_536, 0, LinkFeatures.plain());
        loopback.raise();
        loopback.add(new Cidr("127.0.0.1/8"));
        loopback.add(new Cidr("::1/128"));
    }

    private static void service(SimMachine machine, String name, String description, String file, boolean active) {
        machine.services().install(name, description, file, active);
    }

    private static void common(SimMachine machine, Login login, String user) {
        FileTree files = machine.files();
        InstalledImage image = machine.image();
        String modules = "/lib/modules/" + image.kernel();
        files.install("/etc/os-release", image.osRelease());
        files.install("/etc/hostname", machine.name() + "\n");
        files.install("/etc/hosts", "127.0.0.1 localhost\n127.0.1.1 " + machine.name() + "\n");
        files.install("/etc/passwd", "root:x:0:0:root:/root:/bin/bash\n" + user + ":x:1000:1000::/home/" + user + ":/bin/bash\n");
        files.install("/etc/machine-id", "%032x\n".formatted(machine.name().hashCode() & 0xffffffffL));
        files.install("/boot/config-" + image.kernel(), image.kernelConfig());
        files.install(modules + "/modules.builtin", "kernel/drivers/net/tun.ko\n");
        files.install("/etc/modules-load.d/modules.conf", "# /etc/modules: kernel modules to load at boot time.\n");
        files.install("/etc/systemd/network/.keep", "");
        files.install("/etc/systemd/system/.keep", "");
        files.install("/etc/modprobe.d/blacklist.conf", "# modules that are not loaded by themselves\n");
        files.install("/root", FileEntry.directory(0700, "root", "root"));
        files.install("/tmp", FileEntry.directory(0777, "root", "root"));
        files.install("/run", FileEntry.directory(0755, "root", "root"));
        files.install("/var/cache", FileEntry.directory(0755, "root", "root"));
        files.install("/usr/lib/systemd/system-generators/netplan",
            FileEntry.regular(PROGRAM.getBytes(StandardCharsets.US_ASCII), 0755, "root", "root"));
        files.install("/bin/true", FileEntry.regular(PROGRAM.getBytes(StandardCharsets.US_ASCII), 0755, "root", "root"));
        files.install("/var/log", FileEntry.directory(0755, "root", "root"));
        service(machine, "systemd-networkd.service", "Network Configuration", "enabled", true);
        files.install("/home/" + user, FileEntry.directory(0750, user, user));
        if (!login.key().isEmpty()) {
            byte[] key = (login.key() + "\n").getBytes(StandardCharsets.UTF_8);
            files.install("/home/" + user + "/.ssh", FileEntry.directory(0700, user, user));
            files.install("/home/" + user + "/.ssh/authorized_keys", FileEntry.regular(key, 0600, user, user));
            files.install("/root/.ssh", FileEntry.directory(0700, "root", "root"));
            files.install("/root/.ssh/authorized_keys", FileEntry.regular(key, 0600, "root", "root"));
        }
        service(machine, "ssh.service", "OpenBSD Secure Shell server", "enabled", true);
        service(machine, "systemd-networkd.service", "Network Configuration", "enabled", true);
    }
}
