package dev.bluerig.task.diff;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;

/// Why a wanted state is not met and cannot be mended by us. One constant per cause; keep them in alphabetical groups by task.
public enum Finding implements Code {
    // any task
    PROGRAM_MISSING("A program that the task needs is not on the machine.",
        "install the package that it is in, or give a playbook a `package` task before this one"),
    PROGRAM_OTHER("A program that the task needs is on the machine, but another one of the same name: its options and what it prints"
        + " mean something else.",
        "install the package that is named"),

    // firmware
    CARD_MISSING("The machine has no such card: it is in another slot, powered off, or hidden from this machine.",
        "lspci -Dnn -d 15b3:; correct the PCI addresses in the inventory, or reseat and power-cycle"),
    CARD_MODE("The card is owned otherwise than wanted: in NIC mode its Arm cores have no switch to set up, in restricted mode the"
        + " host's tools are locked out. A change of mode is settings plus a power cycle, and bluerig does neither.",
        "mlxconfig -d ADDRESS -e query INTERNAL_CPU_MODEL INTERNAL_CPU_OFFLOAD_ENGINE"),
    CRYPTO_FUSED("Crypto is fused into the card when it is made; no firmware, setting or driver changes it. Without crypto the card"
        + " never offloads TLS.",
        "use another card: its description must say Crypto Enabled"),
    FIRMWARE_FAMILY("The first number of a firmware version is the card's family; the minimum was written for another one, so the two"
        + " do not compare.",
        "write `minimum` for this card's family, in the group of its machines"),
    FIRMWARE_NOT_ANSWERING("The card's firmware does not answer: seen on cards whose mode was changed and whose host was only rebooted."
        + " rshim and the DPU are not there either until the card has lost its power (mstflint issue 1191).",
        "power-cycle the host (power off, not a reboot), then run bluerig check again"),
    FIRMWARE_OLD("The running firmware is older than wanted.", "burn newer firmware with NVIDIA's tools (bfb-install with firmware,"
        + " mlxfwmanager, flint), then reset the card"),
    LINK_TYPE("A port speaks another link type; the host's TLS offload is of Ethernet.",
        "mlxconfig -d ADDRESS set LINK_TYPE_P1=2 LINK_TYPE_P2=2, then mlxfwreset or a power cycle"),
    RESET_PENDING("Settings or firmware were written and are not active yet: what tools show and what the card does may differ. bluerig"
        + " resets nothing.",
        "mlxfwreset, or power-cycle the host"),
    // interface, offload, reach, trial
    ADDRESS_ABSENT("The port does not have the address that the inventory gives it, so the trial would go elsewhere or nowhere.",
        "bluerig apply"),
    ADDRESS_ELSEWHERE("The address is on another link of the same machine. Two links with one address answer for each other, and"
        + " packets leave by whichever route came first.",
        "ip address show to ADDRESS: take it away there, name that link in the playbook, or correct the inventory"),
    BUSY("Connections live in a network card (TLS device offload); MTU, flags and channels are not changed under them.",
        "ss -tiepn shows them: end the programs, then run again"),
    LINK_BELONGS("The link is part of a bridge, bond, team or switch: what arrives on it is that one's, and so is what it gets at boot."
        + " An address on it would cut a way that works, a bond gives its members its own MTU, and a file of ours would work against"
        + " whatever sets up the master.",
        "ip -d link show LINK; write the master in its place"),
    LINK_DOWN("The link is administratively down.", "ip link set NAME up; or bluerig apply"),
    LINK_MISSING("No network device has this name.", "ip -br link; correct `name`, or select the port by `pci`"),
    LINK_WITHOUT_CARRIER("The link is up and has no carrier: the cable is out, the other end is down, or the DPU's port for it is down.",
        "ethtool NAME; on the DPU: ip -br link for p0, pf0hpf; mlxlink -d ADDRESS"),
    MTU_TOO_BIG("The driver does not take an MTU this big.", "lower `mtu`; the host's MTU must stay below the DPU's"),
    OFFLOAD_FIXED("The TLS offload flag cannot be changed: [fixed]. Either the card's crypto is disabled, or the kernel's mlx5 driver"
        + " was built without TLS (CONFIG_MLX5_EN_TLS), or the port is in switchdev mode.",
        "bluerig facts: crypto and kernel; devlink dev eswitch show pci/ADDRESS; dmesg"),
    OFFLOAD_REFUSED("The driver refused the flag: it is requested and stays off.", "dmesg, right after ethtool -K"),
    OFFLOAD_UNKNOWN_FLAG("The kernel or ethtool does not know the flag: TLS offload came with Linux 5.3 (TX) and 5.9 (RX).",
        "uname -r; ethtool --version"),
    PAIR_UNKNOWN("The inventory has no pair of this name.", "see `pairs` in the inventory"),
    PEER_WITHOUT_ADDRESS("The peer's port has no address in the inventory, so there is nothing to reach.",
        "give the port an `address` in the inventory"),
    PERSIST_CONFLICT("Another file sets up the same link, and together with ours the result after a reboot would not be as wanted.",
        "take the link out of the other file, or write the wanted settings there and leave out `persist`"),
    PERSIST_IGNORED("What we would write would not be read at boot.",
        "add `source /etc/network/interfaces.d/*` to /etc/network/interfaces"),
    PERSIST_NAME("The link's name holds characters that mean something else in the files which set up links at boot (globs, quotes,"
        + " comments).", "rename the link, or leave out `persist`"),
    PERSIST_NOWHERE("Nobody would set this up at boot: either nobody reads a file for the link (no NetworkManager that manages it, no"
        + " netplan with systemd-networkd, no ifupdown, no network.service), or the bridge or bond that has the address now has it by"
        + " hand, and no file gives it or makes that bridge or bond.",
        "nmcli device; systemctl status systemd-networkd; let one of them manage the link, or leave out `persist`"),
    PERSIST_UNREADABLE("Netplan does not take a file of this machine, and then it takes none of them: at the next boot no link would be"
        + " set up by netplan.", "netplan get; mend the file that it names"),
    PORT_AMBIGUOUS("Several network devices have this PCI function, and nothing tells which of them is the port: their driver gives no"
        + " physical port names (p0, pf0vf0), or more than one uplink has the function.",
        "ip -d link show: portname; devlink port show; cat /sys/class/net/NAME/phys_port_name; then select the link by `name`"),
    PORT_TAKEN("The PCI function is handed to a program or a virtual machine (DPDK, VFIO), so the kernel has no network device for it.",
        "lspci -k -s ADDRESS; end that use and bind the kernel's driver: driverctl unset-override ADDRESS, or dpdk-devbind.py"),
    PORT_WITHOUT_NETDEV("The PCI function has no network device here: no driver is bound to it, the address is wrong, the card is in"
        + " another mode, or the device was moved to another network namespace.",
        "lspci -k -s ADDRESS; ls /sys/bus/pci/devices/ADDRESS/net"),
    REACH_AMBIGUOUS("More than one card answers for the peer's address.",
        "give each port its own subnet; sysctl net.ipv4.conf.all.arp_ignore=1 on the peer"),
    REACH_CARD_UNKNOWN("Ping passes on this link, but nobody was heard to answer ARP, so it is not known whether one card or several"
        + " have the address.",
        "ip neigh show dev LINK (a fixed entry hides it); nft list ruleset (ARP may be filtered); arping -I LINK ADDRESS by hand"),
    REACH_NO_ARP("Nobody answers for the peer's address on this link: the DPU does not bridge the port (not joined, a VLAN tag on one"
        + " side, fail_mode secure, OpenFlow rules), a link is down, the cable goes elsewhere, or the peer is not configured.",
        "on both DPUs: ovs-vsctl show (ports, tag, fail_mode), ovs-ofctl dump-flows BRIDGE, ip -br link; then ip -br address on the peer"),
    REACH_NO_PING("The peer answers ARP on this link, but no ping: a firewall, or its answer goes out by another link.",
        "on the peer: ip route get ADDRESS; nft list ruleset"),
    REACH_SMALL_ONLY("Small packets pass and full-size ones do not: the MTU on the way is too small. TCP would connect and then stall.",
        "on both DPUs: ip -br link for p0, pf0hpf and the bridge; they must be above the hosts' MTU (9216 for 9000)"),
    ROUTE_ELSEWHERE("Packets to the peer do not leave by the port under test: encryption would happen on another link, or in software.",
        "ip route get ADDRESS; ip rule; give each port its own subnet"),
    // kernel
    KERNEL_MODULE_BLACKLISTED("The module is blacklisted, so it would not be loaded at boot, whatever modules-load.d says.",
        "take the `blacklist` line out of /etc/modprobe.d"),
    KERNEL_MODULE_MISSING("The running kernel has no such module: it is in a package that is not installed, the kernel was configured"
        + " without it, or the kernel was updated and not rebooted.",
        "modinfo NAME; ls /lib/modules/$(uname -r)"),
    KERNEL_OLD("The running kernel is too old.", "boot a newer kernel"),
    KERNEL_OPTION("The running kernel was configured otherwise.", "boot another kernel"),
    KERNEL_WITHOUT_TLS_OFFLOAD("The kernel or its mlx5 driver was built without TLS offload (Debian's kernels leave CONFIG_MLX5_EN_TLS"
        + " out), so no port of any card can offer it.",
        "install DOCA-OFED or MLNX_OFED, or boot a kernel with CONFIG_TLS_DEVICE and CONFIG_MLX5_EN_TLS"),

    // file, service
    FILE_NOT_REGULAR("Something other than a regular file has this name (a symbolic link, a directory): writing would replace it.",
        "stat PATH; name the file that it points to, or remove it"),
    FILE_NOT_TEXT("The file that is there is not text in UTF-8 (or holds a NUL), so it could not be put back.",
        "look at it and remove it, or choose another path"),
    FILE_OWNER("The machine knows no such user or group, so no file can be given to it.",
        "getent passwd USER; getent group GROUP; correct `owner`, or give a playbook the "
            + "`package` that makes the account before this task"),
    FILE_PLACE("Nothing can be written where the file is wanted: the way there is no directory, the file system keeps no files or is"
        + " read-only, an attribute forbids it, or the file is mounted by itself (as in containers).",
        "findmnt -T DIRECTORY; lsattr -d DIRECTORY FILE; choose another path, or free this one"),
    FILE_TEMPORARY("A directory has the name under which the new text is written before it takes the file's place. Nobody but you knows"
        + " what is in it, so it is not removed.", "look into it; remove it or give it another name"),
    FILE_TOO_BIG("The file that is there is too big for a text of settings: it is neither read nor replaced.",
        "look at it and remove it, or choose another path"),
    SERVICE_MASKED("The unit is masked: somebody decided that it must not start.", "systemctl unmask UNIT"),
    SERVICE_MISSING("systemd knows no unit of this name: the package is not installed, or the name is another one in this distribution.",
        "systemctl list-unit-files; install the package first"),

    // ovs, ovs_bridge
    OVS_BRIDGE_IN_USE("The bridge would be deleted, and its own port carries an address, belongs to a bond, VRF or Linux bridge, or"
        + " something is stacked on it.",
        "move the address to another link (ip address show dev BRIDGE), or name the bridge as it is, or use `accept: any-name`"),
    OVS_DATABASE_BROKEN("ovsdb-server cannot start: the file of its database is damaged. What bridges there were stands in it, and"
        + " nowhere else.",
        "ovsdb-tool db-version /etc/openvswitch/conf.db; put a copy back (conf.db.backup*), or move the file away and start"
        + " openvswitch-switch with an empty database"),
    OVS_DATAPATH("A port would move to a bridge of another data path (system, netdev), where it is opened otherwise; the flavour of"
        + " Open vSwitch is never changed.",
        "ovs-vsctl list bridge; name a bridge of the same data path, or move the port by hand"),
    OVS_FLOWS("OpenFlow rules, groups or meters other than the one rule NORMAL are on a wanted bridge, on one that would go, or on any"
        + " bridge while ovs-vswitchd would be restarted, which also takes away what ovs-ofctl mod-port or ovs-appctl fdb/add set of a"
        + " port. They decide what passes, live in ovs-vswitchd alone, and nobody could bring them back.",
        "ovs-ofctl dump-flows BRIDGE; ovs-ofctl -O OpenFlow15 dump-groups BRIDGE; then say `flows: keep` or `flows: drop` in"
        + " ovs_bridge, or remove them: ovs-ofctl replace-flows BRIDGE with priority=0,actions=NORMAL"),
    OVS_FOREIGN("Another system builds and owns bridges on this machine (HBN, DPF, OVN: br-hbn, br-sfc, br-ovn, br-int, a secure bridge"
        + " with patch ports, a controller, mirrors). Changing them would break it, or it would change them back.",
        "leave the switch plane to that system and take ovs_bridge out of the playbook for this machine, or remove that system"),
    OVS_NAME("A bridge, port or interface has a name that cannot be said in a command (control characters, or a first character that"
        + " ovs-vsctl reads otherwise), so it cannot be moved or put back.",
        "ovs-vsctl -f json --columns=name,_uuid list bridge port interface; remove it by its _uuid, or leave the bridge alone"),
    OVS_NOT_ANSWERING("ovs-vswitchd lives and does not answer: stopped, busy or hung. It may still forward by its OpenFlow rules, which"
        + " a restart takes away, so it is never restarted for that.",
        "ps -o stat,wchan,etime -C ovs-vswitchd (T: stopped; kill -CONT PID); journalctl -u ovs-vswitchd; "
            + "then restart it by hand, or wait"),
    OVS_NOT_INSTALLED("Open vSwitch is not installed on this machine.",
        "apt-get install openvswitch-switch, or dnf install openvswitch; or the task `package`"),
    OVS_NOT_RUNNING("Open vSwitch does not run, so nothing of what the database says is in effect. On Debian its unit stays `active"
        + " (exited)` when a daemon is killed.",
        "systemctl restart openvswitch-switch (Red Hat: openvswitch); or `ovs: {hw_offload: ...}` before this task, which starts it;"
        + " journalctl -u ovs-vswitchd -u ovsdb-server"),
    OVS_OTHER_PORTS("Other ports are on the bridge, and `other_ports: refuse` forbids to move or to drop them.",
        "ovs-vsctl show; remove them, or say `other_ports: keep` or `drop`"),
    OVS_OTHER_UPLINK("The bridge would join a wanted port with an uplink that nobody named: two cables in one bridge can loop.",
        "name a bridge for that uplink too, or say `other_ports: drop`"),
    OVS_PORT_ABSENT("A wanted port has no network device. The card is in NIC mode, its firmware is not up, it has only one port (no p1,"
        + " no pf1hpf), or the udev names are missing and the device is called otherwise.",
        "ip -br link; devlink port show; mlxconfig -d ADDRESS -e q INTERNAL_CPU_OFFLOAD_ENGINE; for a card with one port leave the"
        + " second bridge out"),
    OVS_PORT_FAILED("Open vSwitch holds the port and cannot use it.", "ovs-vsctl show; journalctl -u ovs-vswitchd; ip -br link"),
    OVS_PORT_HAS_ADDRESS("A wanted port carries an address: a port of a bridge receives nothing for itself, so whoever uses the address"
        + " would be cut off.", "ip address show dev PORT; move the address to another link first"),
    OVS_PORT_HELD("Another port of Open vSwitch has the same device (dpdk-devargs names a PCI function and its representor), so the"
        + " wanted port would be claimed a second time.",
        "ovs-vsctl show; name that port's bridge and let it hold the other wanted ports, or remove the port: ovs-vsctl del-port PORT"),
    OVS_PORT_TAKEN("A wanted port belongs to a bond, team, VRF or Linux bridge. With link aggregation the bridge must hold the bond,"
        + " not p0 and p1.", "ip -d link show PORT; name the bond as the port, or release the port"),
    OVS_RESTART_PENDING("Settings that take effect when ovs-vswitchd starts (doca-init, dpdk-init) were written, and it was not started"
        + " since. A restart changes the data path, so it is left to whoever wrote them.",
        "ovs-vsctl get open_vswitch . other_config; systemctl restart openvswitch-switch at a time of your choice, or remove the setting"),
    OVS_SERVICE_UNKNOWN("Open vSwitch answers, but systemd knows no unit of it (openvswitch-switch, openvswitch), so it cannot be"
        + " restarted.", "systemctl list-unit-files '*openvswitch*'; restart it by hand after: ovs-vsctl set open_vswitch ."
        + " other_config:hw-offload=VALUE"),
    OVS_SETTINGS_LOST("The bridge would be deleted, and settings of it that are not at their default would go with it: no new bridge"
        + " takes its place, or they cannot be copied exactly; or what ovs-ofctl mod-port or ovs-appctl fdb/add set of a port that"
        + " moves cannot be; or Open vSwitch would take away the queueing discipline (tc) of a port that it opens.",
        "ovs-vsctl list bridge BRIDGE; ovs-ofctl show BRIDGE; tc -s qdisc show dev PORT; name the bridge as it is, use `accept:"
        + " any-name`, or name the columns in `lose` of ovs_bridge"),
    OVS_SETTING_UNEXPECTED("A wanted port or bridge has a setting that nobody wanted and that decides what passes: a VLAN tag or trunk,"
        + " protected, a rate limit, OpenFlow's no-receive, no-forward or no-flood (without which no ARP request arrives), or fail_mode"
        + " secure without a controller. Somebody set it, so it is not removed.",
        "ovs-vsctl list port PORT; clear the column, or name it in `intended` of ovs_bridge"),

    UNMET("The machine is not as wanted, and only a person can change that.", "see expected and found");

    private final String meaning;
    private final String next;

    Finding(String meaning, String next) {
        this.meaning = meaning;
        this.next = next;
    }

    @Override
    public CodeFamily family() {
        return CodeFamily.FINDING;
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
