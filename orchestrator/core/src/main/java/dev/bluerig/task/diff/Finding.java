package dev.bluerig.task.diff;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.diagnostic.CodesOf;
import dev.bluerig.diagnostic.Explained;

/// Why a wanted state is not met and cannot be mended by us. One constant per cause; keep them in alphabetical groups by task.
@CodesOf(CodeFamily.FINDING)
public enum Finding implements Code {
    // any task
    @Explained(meaning = "A program that the task needs is not on the machine.",
        next = "install the package that it is in, or give a playbook a `package` task before this one")
    PROGRAM_MISSING,
    @Explained(meaning = "A program that the task needs is on the machine, but another one of the same name: its options and what it"
        + " prints mean something else.",
        next = "install the package that is named")
    PROGRAM_OTHER,

    // firmware
    @Explained(meaning = "The machine has no such card: it is in another slot, powered off, or hidden from this machine.",
        next = "lspci -Dnn -d 15b3:; correct the PCI addresses in the inventory, or reseat and power-cycle")
    CARD_MISSING,
    @Explained(meaning = "The card is owned otherwise than wanted: in NIC mode its Arm cores have no switch to set up, in restricted"
        + " mode the host's tools are locked out. A change of mode is settings plus a power cycle, and bluerig does neither.",
        next = "mlxconfig -d ADDRESS -e query INTERNAL_CPU_MODEL INTERNAL_CPU_OFFLOAD_ENGINE")
    CARD_MODE,
    @Explained(meaning = "Crypto is fused into the card when it is made; no firmware, setting or driver changes it. Without crypto the"
        + " card never offloads TLS.",
        next = "use another card: its description must say Crypto Enabled")
    CRYPTO_FUSED,
    @Explained(meaning = "The first number of a firmware version is the card's family; the minimum was written for another one, so the"
        + " two do not compare.",
        next = "write `minimum` for this card's family, in the group of its machines")
    FIRMWARE_FAMILY,
    @Explained(meaning = "The card's firmware does not answer: seen on cards whose mode was changed and whose host was only rebooted."
        + " rshim and the DPU are not there either until the card has lost its power (mstflint issue 1191).",
        next = "power-cycle the host (power off, not a reboot), then run bluerig check again")
    FIRMWARE_NOT_ANSWERING,
    @Explained(meaning = "The running firmware is older than wanted.",
        next = "burn newer firmware with NVIDIA's tools (bfb-install with firmware, mlxfwmanager, flint), then reset the card")
    FIRMWARE_OLD,
    @Explained(meaning = "A port speaks another link type; the host's TLS offload is of Ethernet.",
        next = "mlxconfig -d ADDRESS set LINK_TYPE_P1=2 LINK_TYPE_P2=2, then mlxfwreset or a power cycle")
    LINK_TYPE,
    @Explained(meaning = "Settings or firmware were written and are not active yet: what tools show and what the card does may differ."
        + " bluerig resets nothing.",
        next = "mlxfwreset, or power-cycle the host")
    RESET_PENDING,
    // interface, offload, reach, trial
    @Explained(meaning = "The port does not have the address that the inventory gives it, so the trial would go elsewhere or nowhere.",
        next = "bluerig apply")
    ADDRESS_ABSENT,
    @Explained(meaning = "The address is on another link of the same machine. Two links with one address answer for each other, and"
        + " packets leave by whichever route came first.",
        next = "ip address show to ADDRESS: take it away there, name that link in the playbook, or correct the inventory")
    ADDRESS_ELSEWHERE,
    @Explained(meaning = "Connections live in a network card (TLS device offload); MTU, flags and channels are not changed under them.",
        next = "ss -tiepn shows them: end the programs, then run again")
    BUSY,
    @Explained(meaning = "The link is part of a bridge, bond, team or switch: what arrives on it is that one's, and so is what it gets"
        + " at boot. An address on it would cut a way that works, a bond gives its members its own MTU, and a file of ours would work"
        + " against whatever sets up the master.",
        next = "ip -d link show LINK; write the master in its place")
    LINK_BELONGS,
    @Explained(meaning = "The link is administratively down.", next = "ip link set NAME up; or bluerig apply")
    LINK_DOWN,
    @Explained(meaning = "No network device has this name.", next = "ip -br link; correct `name`, or select the port by `pci`")
    LINK_MISSING,
    @Explained(meaning = "The link is up and has no carrier: the cable is out, the other end is down, or the DPU's port for it is down.",
        next = "ethtool NAME; on the DPU: ip -br link for p0, pf0hpf; mlxlink -d ADDRESS")
    LINK_WITHOUT_CARRIER,
    @Explained(meaning = "The driver does not take an MTU this big.", next = "lower `mtu`; the host's MTU must stay below the DPU's")
    MTU_TOO_BIG,
    @Explained(meaning = "The TLS offload flag cannot be changed: [fixed]. Either the card's crypto is disabled, or the kernel's mlx5"
        + " driver was built without TLS (CONFIG_MLX5_EN_TLS), or the port is in switchdev mode.",
        next = "bluerig facts: crypto and kernel; devlink dev eswitch show pci/ADDRESS; dmesg")
    OFFLOAD_FIXED,
    @Explained(meaning = "The driver refused the flag: it is requested and stays off.", next = "dmesg, right after ethtool -K")
    OFFLOAD_REFUSED,
    @Explained(meaning = "The kernel or ethtool does not know the flag: TLS offload came with Linux 5.3 (TX) and 5.9 (RX).",
        next = "uname -r; ethtool --version")
    OFFLOAD_UNKNOWN_FLAG,
    @Explained(meaning = "The inventory has no pair of this name.", next = "see `pairs` in the inventory")
    PAIR_UNKNOWN,
    @Explained(meaning = "The peer's port has no address in the inventory, so there is nothing to reach.",
        next = "give the port an `address` in the inventory")
    PEER_WITHOUT_ADDRESS,
    @Explained(meaning = "Another file sets up the same link, and together with ours the result after a reboot would not be as wanted.",
        next = "take the link out of the other file, or write the wanted settings there and leave out `persist`")
    PERSIST_CONFLICT,
    @Explained(meaning = "What we would write would not be read at boot.",
        next = "add `source /etc/network/interfaces.d/*` to /etc/network/interfaces")
    PERSIST_IGNORED,
    @Explained(meaning = "The link's name holds characters that mean something else in the files which set up links at boot (globs,"
        + " quotes, comments).",
        next = "rename the link, or leave out `persist`")
    PERSIST_NAME,
    @Explained(meaning = "Nobody would set this up at boot: either nobody reads a file for the link (no NetworkManager that manages it,"
        + " no netplan with systemd-networkd, no ifupdown, no network.service), or the bridge or bond that has the address now has it by"
        + " hand, and no file gives it or makes that bridge or bond.",
        next = "nmcli device; systemctl status systemd-networkd; let one of them manage the link, or leave out `persist`")
    PERSIST_NOWHERE,
    @Explained(meaning = "Netplan does not take a file of this machine, and then it takes none of them: at the next boot no link would"
        + " be set up by netplan.",
        next = "netplan get; mend the file that it names")
    PERSIST_UNREADABLE,
    @Explained(meaning = "Several network devices have this PCI function, and nothing tells which of them is the port: their driver"
        + " gives no physical port names (p0, pf0vf0), or more than one uplink has the function.",
        next = "ip -d link show: portname; devlink port show; cat /sys/class/net/NAME/phys_port_name; then select the link by `name`")
    PORT_AMBIGUOUS,
    @Explained(meaning = "The PCI function is handed to a program or a virtual machine (DPDK, VFIO), so the kernel has no network device"
        + " for it.",
        next = "lspci -k -s ADDRESS; end that use and bind the kernel's driver: driverctl unset-override ADDRESS, or dpdk-devbind.py")
    PORT_TAKEN,
    @Explained(meaning = "The PCI function has no network device here: no driver is bound to it, the address is wrong, the card is in"
        + " another mode, or the device was moved to another network namespace.",
        next = "lspci -k -s ADDRESS; ls /sys/bus/pci/devices/ADDRESS/net")
    PORT_WITHOUT_NETDEV,
    @Explained(meaning = "More than one card answers for the peer's address.",
        next = "give each port its own subnet; sysctl net.ipv4.conf.all.arp_ignore=1 on the peer")
    REACH_AMBIGUOUS,
    @Explained(meaning = "Ping passes on this link, but nobody was heard to answer ARP, so it is not known whether one card or several"
        + " have the address.",
        next = "ip neigh show dev LINK (a fixed entry hides it); nft list ruleset (ARP may be filtered); arping -I LINK ADDRESS by hand")
    REACH_CARD_UNKNOWN,
    @Explained(meaning = "Nobody answers for the peer's address on this link: the DPU does not bridge the port (not joined, a VLAN tag"
        + " on one side, fail_mode secure, OpenFlow rules), a link is down, the cable goes elsewhere, or the peer is not configured.",
        next = "on both DPUs: ovs-vsctl show (ports, tag, fail_mode), ovs-ofctl dump-flows BRIDGE, ip -br link; then ip -br address on"
        + " the peer")
    REACH_NO_ARP,
    @Explained(meaning = "The peer answers ARP on this link, but no ping: a firewall, or its answer goes out by another link.",
        next = "on the peer: ip route get ADDRESS; nft list ruleset")
    REACH_NO_PING,
    @Explained(meaning = "Small packets pass and full-size ones do not: the MTU on the way is too small. TCP would connect and then"
        + " stall.",
        next = "on both DPUs: ip -br link for p0, pf0hpf and the bridge; they must be above the hosts' MTU (9216 for 9000)")
    REACH_SMALL_ONLY,
    @Explained(meaning = "Packets to the peer do not leave by the port under test: encryption would happen on another link, or in"
        + " software.",
        next = "ip route get ADDRESS; ip rule; give each port its own subnet")
    ROUTE_ELSEWHERE,
    // kernel
    @Explained(meaning = "The module is blacklisted, so it would not be loaded at boot, whatever modules-load.d says.",
        next = "take the `blacklist` line out of /etc/modprobe.d")
    KERNEL_MODULE_BLACKLISTED,
    @Explained(meaning = "The running kernel has no such module: it is in a package that is not installed, the kernel was configured"
        + " without it, or the kernel was updated and not rebooted.",
        next = "modinfo NAME; ls /lib/modules/$(uname -r)")
    KERNEL_MODULE_MISSING,
    @Explained(meaning = "The running kernel is too old.", next = "boot a newer kernel")
    KERNEL_OLD,
    @Explained(meaning = "The running kernel was configured otherwise.", next = "boot another kernel")
    KERNEL_OPTION,
    @Explained(meaning = "The kernel or its mlx5 driver was built without TLS offload (Debian's kernels leave CONFIG_MLX5_EN_TLS out),"
        + " so no port of any card can offer it.",
        next = "install DOCA-OFED or MLNX_OFED, or boot a kernel with CONFIG_TLS_DEVICE and CONFIG_MLX5_EN_TLS")
    KERNEL_WITHOUT_TLS_OFFLOAD,

    // file, service
    @Explained(meaning = "Something other than a regular file has this name (a symbolic link, a directory): writing would replace it.",
        next = "stat PATH; name the file that it points to, or remove it")
    FILE_NOT_REGULAR,
    @Explained(meaning = "The file that is there is not text in UTF-8 (or holds a NUL), so it could not be put back.",
        next = "look at it and remove it, or choose another path")
    FILE_NOT_TEXT,
    @Explained(meaning = "The machine knows no such user or group, so no file can be given to it.",
        next = "getent passwd USER; getent group GROUP; correct `owner`, or give a playbook the `package` that makes the account before"
        + " this task")
    FILE_OWNER,
    @Explained(meaning = "Nothing can be written where the file is wanted: the way there is no directory, the file system keeps no files"
        + " or is read-only, an attribute forbids it, or the file is mounted by itself (as in containers).",
        next = "findmnt -T DIRECTORY; lsattr -d DIRECTORY FILE; choose another path, or free this one")
    FILE_PLACE,
    @Explained(meaning = "A directory has the name under which the new text is written before it takes the file's place. Nobody but you"
        + " knows what is in it, so it is not removed.",
        next = "look into it; remove it or give it another name")
    FILE_TEMPORARY,
    @Explained(meaning = "The file that is there is too big for a text of settings: it is neither read nor replaced.",
        next = "look at it and remove it, or choose another path")
    FILE_TOO_BIG,
    @Explained(meaning = "The unit is masked: somebody decided that it must not start.", next = "systemctl unmask UNIT")
    SERVICE_MASKED,
    @Explained(meaning = "systemd knows no unit of this name: the package is not installed, or the name is another one in this"
        + " distribution.",
        next = "systemctl list-unit-files; install the package first")
    SERVICE_MISSING,

    // ovs, ovs_bridge
    @Explained(meaning = "The bridge would be deleted, and its own port carries an address, belongs to a bond, VRF or Linux bridge, or"
        + " something is stacked on it.",
        next = "move the address to another link (ip address show dev BRIDGE), or name the bridge as it is, or use `accept: any-name`")
    OVS_BRIDGE_IN_USE,
    @Explained(meaning = "ovsdb-server cannot start: the file of its database is damaged. What bridges there were stands in it, and"
        + " nowhere else.",
        next = "ovsdb-tool db-version /etc/openvswitch/conf.db; put a copy back (conf.db.backup*), or move the file away and start"
        + " openvswitch-switch with an empty database")
    OVS_DATABASE_BROKEN,
    @Explained(meaning = "A port would move to a bridge of another data path (system, netdev), where it is opened otherwise; the flavour"
        + " of Open vSwitch is never changed.",
        next = "ovs-vsctl list bridge; name a bridge of the same data path, or move the port by hand")
    OVS_DATAPATH,
    @Explained(meaning = "OpenFlow rules, groups or meters other than the one rule NORMAL are on a wanted bridge, on one that would go,"
        + " or on any bridge while ovs-vswitchd would be restarted, which also takes away what ovs-ofctl mod-port or ovs-appctl fdb/add"
        + " set of a port. They decide what passes, live in ovs-vswitchd alone, and nobody could bring them back.",
        next = "ovs-ofctl dump-flows BRIDGE; ovs-ofctl -O OpenFlow15 dump-groups BRIDGE; then say `flows: keep` or `flows: drop` in"
        + " ovs_bridge, or remove them: ovs-ofctl replace-flows BRIDGE with priority=0,actions=NORMAL")
    OVS_FLOWS,
    @Explained(meaning = "Another system builds and owns bridges on this machine (HBN, DPF, OVN: br-hbn, br-sfc, br-ovn, br-int, a"
        + " secure bridge with patch ports, a controller, mirrors). Changing them would break it, or it would change them back.",
        next = "leave the switch plane to that system and take ovs_bridge out of the playbook for this machine, or remove that system")
    OVS_FOREIGN,
    @Explained(meaning = "A bridge, port or interface has a name that cannot be said in a command (control characters, or a first"
        + " character that ovs-vsctl reads otherwise), so it cannot be moved or put back.",
        next = "ovs-vsctl -f json --columns=name,_uuid list bridge port interface; remove it by its _uuid, or leave the bridge alone")
    OVS_NAME,
    @Explained(meaning = "ovs-vswitchd lives and does not answer: stopped, busy or hung. It may still forward by its OpenFlow rules,"
        + " which a restart takes away, so it is never restarted for that.",
        next = "ps -o stat,wchan,etime -C ovs-vswitchd (T: stopped; kill -CONT PID); journalctl -u ovs-vswitchd; then restart it by"
        + " hand, or wait")
    OVS_NOT_ANSWERING,
    @Explained(meaning = "Open vSwitch is not installed on this machine.",
        next = "apt-get install openvswitch-switch, or dnf install openvswitch; or the task `package`")
    OVS_NOT_INSTALLED,
    @Explained(meaning = "Open vSwitch does not run, so nothing of what the database says is in effect. On Debian its unit stays `active"
        + " (exited)` when a daemon is killed.",
        next = "systemctl restart openvswitch-switch (Red Hat: openvswitch); or `ovs: {hw_offload: ...}` before this task, which starts"
        + " it; journalctl -u ovs-vswitchd -u ovsdb-server")
    OVS_NOT_RUNNING,
    @Explained(meaning = "Other ports are on the bridge, and `other_ports: refuse` forbids to move or to drop them.",
        next = "ovs-vsctl show; remove them, or say `other_ports: keep` or `drop`")
    OVS_OTHER_PORTS,
    @Explained(meaning = "The bridge would join a wanted port with an uplink that nobody named: two cables in one bridge can loop.",
        next = "name a bridge for that uplink too, or say `other_ports: drop`")
    OVS_OTHER_UPLINK,
    @Explained(meaning = "A wanted port has no network device. The card is in NIC mode, its firmware is not up, it has only one port (no"
        + " p1, no pf1hpf), or the udev names are missing and the device is called otherwise.",
        next = "ip -br link; devlink port show; mlxconfig -d ADDRESS -e q INTERNAL_CPU_OFFLOAD_ENGINE; for a card with one port leave"
        + " the second bridge out")
    OVS_PORT_ABSENT,
    @Explained(meaning = "Open vSwitch holds the port and cannot use it.", next = "ovs-vsctl show; journalctl -u ovs-vswitchd; ip -br link")
    OVS_PORT_FAILED,
    @Explained(meaning = "A wanted port carries an address: a port of a bridge receives nothing for itself, so whoever uses the address"
        + " would be cut off.",
        next = "ip address show dev PORT; move the address to another link first")
    OVS_PORT_HAS_ADDRESS,
    @Explained(meaning = "Another port of Open vSwitch has the same device (dpdk-devargs names a PCI function and its representor), so"
        + " the wanted port would be claimed a second time.",
        next = "ovs-vsctl show; name that port's bridge and let it hold the other wanted ports, or remove the port: ovs-vsctl del-port"
        + " PORT")
    OVS_PORT_HELD,
    @Explained(meaning = "A wanted port belongs to a bond, team, VRF or Linux bridge. With link aggregation the bridge must hold the"
        + " bond, not p0 and p1.",
        next = "ip -d link show PORT; name the bond as the port, or release the port")
    OVS_PORT_TAKEN,
    @Explained(meaning = "Settings that take effect when ovs-vswitchd starts (doca-init, dpdk-init) were written, and it was not started"
        + " since. A restart changes the data path, so it is left to whoever wrote them.",
        next = "ovs-vsctl get open_vswitch . other_config; systemctl restart openvswitch-switch at a time of your choice, or remove the"
        + " setting")
    OVS_RESTART_PENDING,
    @Explained(meaning = "Open vSwitch answers, but systemd knows no unit of it (openvswitch-switch, openvswitch), so it cannot be"
        + " restarted.",
        next = "systemctl list-unit-files '*openvswitch*'; restart it by hand after: ovs-vsctl set open_vswitch ."
        + " other_config:hw-offload=VALUE")
    OVS_SERVICE_UNKNOWN,
    @Explained(meaning = "The bridge would be deleted, and settings of it that are not at their default would go with it: no new bridge"
        + " takes its place, or they cannot be copied exactly; or what ovs-ofctl mod-port or ovs-appctl fdb/add set of a port that moves"
        + " cannot be; or Open vSwitch would take away the queueing discipline (tc) of a port that it opens.",
        next = "ovs-vsctl list bridge BRIDGE; ovs-ofctl show BRIDGE; tc -s qdisc show dev PORT; name the bridge as it is, use `accept:"
        + " any-name`, or name the columns in `lose` of ovs_bridge")
    OVS_SETTINGS_LOST,
    @Explained(meaning = "A wanted port or bridge has a setting that nobody wanted and that decides what passes: a VLAN tag or trunk,"
        + " protected, a rate limit, OpenFlow's no-receive, no-forward or no-flood (without which no ARP request arrives), or fail_mode"
        + " secure without a controller. Somebody set it, so it is not removed.",
        next = "ovs-vsctl list port PORT; clear the column, or name it in `intended` of ovs_bridge")
    OVS_SETTING_UNEXPECTED,

    @Explained(meaning = "The machine is not as wanted, and only a person can change that.", next = "see expected and found")
    UNMET
}
