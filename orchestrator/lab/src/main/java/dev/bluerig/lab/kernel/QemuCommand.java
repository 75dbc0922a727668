package dev.bluerig.lab.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The command line of one guest, a pure function of what the lab was asked for. Its files are named from the guest's own directory, where
/// QEMU is started: a socket's whole path may have 107 characters only (unix(7)).
///
/// - `name`: tells this guest's process from every other; `ends`: the hosts inside; `ports`: on 127.0.0.1, first the guest's own sshd, then
///   one for each host.
/// - `cables`: to another guest.
record QemuCommand(String name, GuestImages images, Acceleration acceleration, int processors, int megabytes, List<Integer> ends,
    List<Integer> ports, List<Cable> cables) {
    static final String DISK = "disk.ext4";
    static final String CONSOLE = "console.sock";
    static final String CONSOLE_LOG = "console.log";
    static final String MONITOR = "monitor.sock";

    /// A network card whose frames go to the card of the same `link` in the guest whose directory is the sibling `peer`, whenever that one
    /// runs.
    record Cable(String link, String address, String peer) {
        private String socket() {
            return link + ".sock";
        }

        /// A datagram is a frame: neither end waits for the other to be there (QEMU 7.2 and later).
        private List<String> words() {
            return List.of("-netdev", "dgram,id=" + link + ",local.type=unix,local.path=" + socket() + ",remote.type=unix,remote.path=../"
                + peer + "/" + socket(),
                "-device", "virtio-net-pci,netdev=" + link + ",mac=" + address + ",speed=" + SPEED + ",duplex=full");
        }
    }

    /// Mbit/s, as the lab's NIC says of itself.
    private static final String SPEED = "25000";

    /// Nothing that was not asked for, and a processor with every instruction that QEMU or this machine has.
    static final List<String> BARE = List.of("-machine", "q35", "-cpu", "max", "-nodefaults", "-no-user-config", "-display", "none");

    /// - `no_timer_check`, `lpj`, `tsc=reliable`, `nowatchdog`: a busy machine must not make the guest believe that its clocks are broken;
    ///   without the first a boot panicked.
    /// - `cryptomgr.notests`: testing every cipher takes an emulated processor five seconds.
    /// - `random.trust_cpu=on`: nothing waits for randomness.
    /// - `mitigations=off`: nobody attacks a guest that lives for a test.
    /// - `reboot=t`: a triple fault, which QEMU makes a reset of.
    private static final String KERNEL = "console=ttyS0 quiet reboot=t random.trust_cpu=on mitigations=off tsc=reliable no_timer_check"
        + " lpj=4000000 nowatchdog cryptomgr.notests";

    QemuCommand {
        ends = List.copyOf(ends);
        ports = List.copyOf(ports);
        cables = List.copyOf(cables);
        if (ports.size() != ends.size() + 1)
            throw new IllegalArgumentException("a port for the guest and one for each of " + ends + ", found " + ports);
    }

    List<String> words() {
        var words = new ArrayList<>(List.of("qemu-system-x86_64", "-name", name, "-accel", acceleration.option()));
        words.addAll(BARE);
        words.addAll(List.of("-smp", Integer.toString(processors), "-m", Integer.toString(megabytes),
            "-chardev", "socket,id=console,path=" + CONSOLE + ",server=on,wait=off,logfile=" + CONSOLE_LOG + ",logappend=on", "-serial",
            "chardev:console",
            "-qmp", "unix:" + MONITOR + ",server=on,wait=off",
            // what a crash of this machine would lose is the lab itself: no waiting for its disks
            "-drive", "id=root,if=none,format=raw,readonly=on,file=" + escaped(images.root().toString()), "-device",
            "virtio-blk-pci,drive=root",
            "-drive", "id=lab,if=none,format=raw,cache=unsafe,discard=unmap,file=" + DISK, "-device", "virtio-blk-pci,drive=lab",
            "-netdev", network(), "-device", "virtio-net-pci,netdev=management,mac=52:54:00:00:00:01"));
        for (Cable cable : cables) words.addAll(cable.words());
        words.addAll(List.of("-kernel", images.kernel().toString(), "-initrd", images.initrd().toString(), "-append", KERNEL));
        return words;
    }

    /// The guest reaches nobody; it is reached by its ports.
    private String network() {
        var network = new StringBuilder("user,id=management,restrict=on");
        forward(network, ports.getFirst(), "10.0.2.15");
        for (int i = 0; i < ends.size(); i++) forward(network, ports.get(i + 1), address(ends.get(i)));
        return network.toString();
    }

    /// A host's management address inside QEMU's user network.
    static String address(int end) {
        return "10.0.2." + (16 + end);
    }

    private static void forward(StringBuilder network, int port, String address) {
        network.append(String.format(Locale.ROOT, ",hostfwd=tcp:127.0.0.1:%d-%s:22", port, address));
    }

    /// QEMU's options are lists with commas; a doubled one is a comma.
    private static String escaped(String path) {
        return path.replace(",", ",,");
    }
}
