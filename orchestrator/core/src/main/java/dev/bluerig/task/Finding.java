package dev.bluerig.task;

import dev.bluerig.remote.Explained;

/// Why a wanted state is not met and cannot be mended by us. One constant per cause; keep them in alphabetical groups by task.
public enum Finding implements Explained {
    // interface, offload, reach
    BUSY("Connections live in a network card (TLS device offload); MTU, flags and channels are not changed under them.", "ss -tiepn shows them: end the programs, then run again"),
    LINK_MISSING("No network device has this name.", "ip -br link; correct `name`, or select the port by `pci`"),
    MTU_TOO_BIG("The driver does not take an MTU this big.", "lower `mtu`; the host's MTU must stay below the DPU's"),
    OFFLOAD_FIXED("The TLS offload flag cannot be changed: [fixed]. Either the card's crypto is disabled, or the kernel's mlx5 driver was built without TLS (CONFIG_MLX5_EN_TLS), or the port is in switchdev mode.",
        "bluerig facts: crypto and kernel; devlink dev eswitch show pci/ADDRESS; dmesg"),
    OFFLOAD_REFUSED("The driver refused the flag: it is requested and stays off.", "dmesg, right after ethtool -K"),
    OFFLOAD_UNKNOWN_FLAG("The kernel or ethtool does not know the flag: TLS offload came with Linux 5.3 (TX) and 5.9 (RX).", "uname -r; ethtool --version"),
    PAIR_UNKNOWN("The inventory has no pair of this name.", "see `pairs` in the inventory"),
    PEER_WITHOUT_ADDRESS("The peer's port has no address in the inventory, so there is nothing to reach.", "give the port an `address` in the inventory"),
    PERSIST_CONFLICT("Another file sets up the same link, and together with ours the result after a reboot would not be as wanted.", "take the link out of the other file, or write the wanted settings there and leave out `persist`"),
    PERSIST_IGNORED("What we would write would not be read at boot.", "add `source /etc/network/interfaces.d/*` to /etc/network/interfaces"),
    PERSIST_NOWHERE("Nobody sets up links on this machine at boot: no NetworkManager, netplan, systemd-networkd, ifupdown or ifcfg files.", "install one of them, or leave out `persist`"),
    PORT_WITHOUT_NETDEV("The PCI function has no network device: no driver is bound to it, the address is wrong, or the card is in another mode.", "lspci -k -s ADDRESS; ls /sys/bus/pci/devices/ADDRESS/net"),
    REACH_AMBIGUOUS("More than one card answers for the peer's address.", "give each port its own subnet; sysctl net.ipv4.conf.all.arp_ignore=1 on the peer"),
    REACH_NO_ARP("Nobody answers for the peer's address on this link: the DPU does not bridge the port, a link is down, the cable goes elsewhere, or the peer is not configured.",
        "on both DPUs: ovs-vsctl show, ip -br link; then ip -br address on the peer"),
    REACH_NO_PING("The peer answers ARP on this link, but no ping: a firewall, or its answer goes out by another link.", "on the peer: ip route get ADDRESS; nft list ruleset"),
    REACH_SMALL_ONLY("Small packets pass and full-size ones do not: the MTU on the way is too small. TCP would connect and then stall.",
        "on both DPUs: ip -br link for p0, pf0hpf and the bridge; they must be above the hosts' MTU (9216 for 9000)"),
    UNMET("The machine is not as wanted, and only a person can change that.", "see expected and found");

    private final String meaning;
    private final String next;

    Finding(String meaning, String next) {
        this.meaning = meaning;
        this.next = next;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String next() {
        return next;
    }
}
