package dev.bluerig.trial.diagnosis;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;
import java.util.Optional;

/// What is usually behind it when a trial does not show what it should: the likeliest and most specific causes first.
/// `row` is the row of that table, 0 for causes that it does not have.
public enum Symptom implements Code {
    PLAINTEXT_ON_THE_WIRE(0, WirePatterns::plaintext, "Payload leaves this machine in clear inside its TLS records, whatever the"
        + " counters say: card or driver says that it encrypts and does not.",
        "tcpdump -X on the DPU's uplink while data flows",
        "ethtool -K LINK tls-hw-tx-offload off now, so that the kernel encrypts; then firmware and driver, and the vendor"),
    TLS_MODULE_NOT_LOADED(7, KernelPatterns::moduleNotLoaded, "The module `tls` is not loaded, and a program without CAP_NET_ADMIN"
        + " cannot make the kernel load it: TCP_ULP gives ENOENT, and libraries go on in user space without a word.",
        "lsmod; sysctl net.ipv4.tcp_available_ulp",
        "modprobe tls; to keep it: `kernel: {modules: [tls]}` in the bring-up, or a line `tls` in /etc/modules-load.d"),
    KERNEL_WITHOUT_KTLS(9, KernelPatterns::withoutTls, "The running kernel has no kernel TLS at all: CONFIG_TLS is not set, or its"
        + " module is in a package that is not installed (linux-modules-extra).",
        "modinfo tls; grep CONFIG_TLS /boot/config-$(uname -r)",
        "install the package with the kernel's further modules, or boot another kernel"),
    TLS_MODULE_OF_NO_USE(0, KernelPatterns::moduleOfNoUse, "The module `tls` is listed as loaded, and the kernel does not know it: the"
        + " list is not of the kernel that runs, as in a container or a lab, or loading did not end.",
        "sysctl net.ipv4.tcp_available_ulp; modinfo -F vermagic tls; uname -r",
        "boot the kernel that the module was built for, then modprobe tls; in a container, load it on the machine below"),
    CIPHER_MODULE_MISSING(9, KernelPatterns::cipherModule, "The kernel has TLS and not the cipher: its module is missing, so TLS_TX or"
        + " TLS_RX gives ENOENT.", "modinfo gcm aesni_intel; grep -A1 'gcm(aes)' /proc/crypto",
        "install the package with the kernel's further modules, or use aes-128-gcm"),
    ULP_BEFORE_CONNECTED(8, KernelPatterns::tooEarly, "Kernel TLS was asked for before the connection was established.",
        "strace -f -e setsockopt PROGRAM", "set TCP_ULP after connect or accept"),
    TLS_1_3_NEGOTIATED(1, OffloadPatterns::version13,
        "TLS 1.3: mainline Linux offloads TLS 1.2 alone and falls back to software silently.", "ss -tie shows version: 1.3",
        "`version: \"1.2\"` in the load; ssl_protocols TLSv1.2 elsewhere"),
    CIPHER_NOT_OFFLOADED(2, OffloadPatterns::cipher, "mlx5 offloads AES-GCM alone: no ChaCha20, CCM or CBC.", "ss -tie shows the cipher",
        "`cipher: aes-128-gcm` in the load"),
    AES_256_ON_OLD_KERNEL(2, OffloadPatterns::aes256, "mlx5 takes AES-256-GCM since Linux 6.1 or 6.2 only, or with a recent DOCA-OFED;"
        + " before it was AES-128-GCM alone.", "uname -r; modinfo -F filename mlx5_core",
        "`cipher: aes-128-gcm`, a newer kernel, or DOCA-OFED"),
    RX_FLAG_OFF(14, OffloadPatterns::rxFlagOff, "RX offload is off by default in mlx5, and a change of the flag is for new connections"
        + " only.", "ethtool -k LINK | grep tls-hw-rx",
        "`offload: {tls_rx: true}` in the bring-up, or ethtool -K LINK tls-hw-rx-offload on; then connect anew"),
    TX_FLAG_OFF(3, OffloadPatterns::txFlagOff, "TX offload is switched off on the link that the connections leave by.",
        "ethtool -k LINK | grep tls-hw-tx",
        "`offload: {tls_tx: true}` in the bring-up, or ethtool -K LINK tls-hw-tx-offload on; then connect anew"),
    PORT_IN_SWITCHDEV(12, OffloadPatterns::switchdev, "The host's own port is in switchdev mode: the driver takes TLS offload from an"
        + " uplink representor. The trial belongs between hosts, with their ports in legacy mode.",
        "devlink dev eswitch show pci/ADDRESS; dmesg | grep switchdev", "devlink dev eswitch set pci/ADDRESS mode legacy on the host"),
    CARD_WITHOUT_CRYPTO(10, OffloadPatterns::noCrypto, "The card is one with crypto disabled, so its flags are off [fixed]. No firmware"
        + " or driver changes that.", "lspci -d 15b3: on the DPU; the card's description: Crypto Enabled or Disabled", "use another card"),
    DRIVER_WITHOUT_TLS(11, OffloadPatterns::driverWithoutTls, "The kernel's own mlx5 driver was built without TLS (Debian's kernels"
        + " leave CONFIG_MLX5_EN_TLS out), so the flags are off [fixed].",
        "grep -E 'CONFIG_(MLX5_EN_TLS|MLX5_TLS|TLS_DEVICE)' /boot/config-$(uname -r); modinfo -F filename mlx5_core",
        "install DOCA-OFED, or boot a kernel with CONFIG_MLX5_EN_TLS"),
    FLAG_REFUSED(13, OffloadPatterns::refused, "The driver refused the flag when it was switched on (off [requested on]).",
        "dmesg, right after ethtool -K", "what the message says"),
    RX_KERNEL_TOO_OLD(14, OffloadPatterns::rxKernelOld, "mlx5 decrypts since Linux 5.9.", "uname -r; ethtool -k LINK",
        "boot a newer kernel"),
    TX_KERNEL_TOO_OLD(3, OffloadPatterns::txKernelOld, "mlx5 encrypts since Linux 5.3.", "uname -r; ethtool -k LINK",
        "boot a newer kernel"),
    CONNECTIONS_REFUSED(0, OffloadPatterns::connectionsRefused, "Version, cipher, flag and route are in order, so the kernel asked the"
        + " driver, and the driver refused the connection: the card has no room for more contexts, or no memory for their keys. It goes"
        + " on in software, and nobody is told.",
        "perf trace -e tls:tls_device_offload_set during a connect shows the driver's answer; ss -tie counts connections that are `hw`",
        "fewer connections at the same time; end other programs whose connections the card holds"),
    CARD_WAITS_FOR_RESET(36, OffloadPatterns::waitsForReset, "Settings or firmware of the card were changed and are not active yet:"
        + " tools show the next boot, the card still does the old.", "mlxconfig -d ADDRESS -e query: Current differs from Next Boot",
        "mlxfwreset, or power-cycle the host"),
    CRYPTO_UNREADABLE(34, OffloadPatterns::cryptoUnreadable, "The card's firmware is secure and does not show its description to flint,"
        + " so whether crypto is the reason is not known.", "mlxfwmanager --query; lspci -d 15b3: on the DPU",
        "ask another source: the DPU's lspci, the part number"),
    MST_NOT_STARTED(35, OffloadPatterns::mstNotStarted, "The firmware tools cannot open the card: mst is not started, the kernel is"
        + " locked down, or the session is not root.", "mst status; or the tools with the PCI address",
        "mst start, or mstflint with the PCI address"),
    KERNEL_CONFIG_UNREADABLE(39, OffloadPatterns::configUnreadable, "The kernel's configuration cannot be read here (a container, an"
        + " ostree system), so whether the driver has TLS is not known.", "ls /boot /proc/config.gz /usr/lib/modules/$(uname -r)",
        "believe the flag: off [fixed] means that this driver and card together offer nothing"),
    ROUTE_LOCAL(5, PathPatterns::local, "Both addresses are this machine's own, so nothing leaves by the card.", "ip route get PEER",
        "two hosts, or two network namespaces whose ports are connected outside"),
    ROUTE_BY_VIRTUAL_LINK(4, PathPatterns::virtual, "The connections leave by a VLAN, bridge, bond, tunnel or another link made of"
        + " software, and kernel TLS does not look below it.", "ip -d link show DEVICE; ip route get PEER",
        "set the address on the port itself; a bond works in mode 802.3ad or balance-xor with layer3+4"),
    ROUTE_BY_ANOTHER_LINK(3, PathPatterns::otherLink, "The route to the peer leaves by another link than the tested one.",
        "ip route get PEER; ip rule", "give each port its own subnet; take the wrong route away"),
    NO_CARRIER(38, PathPatterns::noCarrier, "The link is down: no cable, the other end is down, FEC or autonegotiation differ, or the"
        + " port speaks InfiniBand.", "ethtool LINK; mlxlink -d ADDRESS",
        "the cable; the same settings at both ends; LINK_TYPE_P1=2 for Ethernet"),
    LINK_FLAPPED(0, PathPatterns::flapped, "The link was lost during the run. Connections that were open go on in software and still"
        + " say hw.", "dmesg | grep -i link; ethtool -S LINK | grep link_down",
        "the cable or the port at the other end; then connect anew"),
    BYTES_BY_ANOTHER_PORT(15, TrafficPatterns::otherPort, "The kernel handed the connections to a card, and the tested port's counters"
        + " stand still: it was another port, or a library that goes past the kernel (XLIO).",
        "ethtool -S of every port; ip route get PEER", "test the port that the route leaves by"),
    KERNEL_TLS_NOT_USED(6, KernelPatterns::notUsed, "No connection was handed to the kernel: the program or its library does not use"
        + " kernel TLS (in OpenSSL 3 it is off unless `Options = KTLS`).",
        "strace -f -e setsockopt PROGRAM shows TCP_ULP or not; openssl s_server -help | grep ktls",
        "Options = KTLS in the OpenSSL configuration, ssl_conf_command Options KTLS in nginx, or the program's own switch"),
    COUNTERS_OF_ANOTHER_NAMESPACE(0, KernelPatterns::otherNamespace, "tls_stat is one file for each network namespace, and the"
        + " connections are not in the one that was read.", "ip netns identify PID; readlink /proc/PID/ns/net",
        "run bluerig's session and the program in the same network namespace"),
    FOREIGN_KERNEL_TLS(0, KernelPatterns::foreign, "Another program uses kernel TLS on this machine at the same time, so the counters"
        + " are not ours alone.", "ss -tiepn | grep -B1 tcp-ulp-tls", "end that program, then run the trial again"),
    STATE_NOT_ALLOWED(0, KernelPatterns::stateRefused, "The agent may not ask the kernel about its connections: sock_diag tells TLS"
        + " state to CAP_NET_ADMIN alone.", "capsh --print; id", "give the session root or passwordless sudo"),
    DRIVER_RELOADED(40, TrafficPatterns::reloaded, "Counters went backwards: the driver or the module was loaded again, or the machine"
        + " rebooted. Flags are back to their defaults then.", "dmesg; uptime; ethtool -k LINK",
        "`offload: {persist: true}` in the bring-up; then run again"),
    FLAG_SWITCHED(40, TrafficPatterns::flagSwitched, "Somebody switched the flag during the run; open connections keep what they have,"
        + " new ones do not.", "journalctl; who else works here?", "bluerig apply, then run again"),
    CARD_COUNTS_NO_TLS(11, OffloadPatterns::countsNoTls, "The driver has no TLS counters: it is older than the offload, built without"
        + " it, or the link is no mlx5 port.", "ethtool -i LINK; ethtool -S LINK | grep tls",
        "DOCA-OFED or a newer kernel; test the right port"),
    RECORD_NOT_FOUND(18, TrafficPatterns::recordNotFound, "The driver could not find the record of a packet to send again and dropped"
        + " it: a fault of the driver.", "ethtool -S LINK | grep tx_tls_drop", "update kernel or DOCA-OFED; report it to the vendor"),
    RX_RESYNC_FAILS(19, TrafficPatterns::resyncFails, "The receiving card lost the borders of records and could not find them again:"
        + " loss, reordering, or very many connections.", "ethtool -S LINK | grep rx_tls; nstat TcpRetransSegs",
        "mend the loss (cable, MTU, pause frames); fewer connections"),
    RECORDS_CORRUPT(20, TrafficPatterns::corrupt, "Records could not be decrypted or payload arrived changed: bytes damaged, keys that"
        + " do not match, a file that changed under sendfile with zerocopy, or a fault in kernel or card.",
        "dmesg; run with `receive: user-space`, then `transmit: user-space`",
        "switch RX offload off to isolate the card, then TX; do not change files that are being sent"),
    LOSS_ON_THE_WAY(17, TrafficPatterns::loss, "Packets are lost or reordered, so the card must read records again: slow, and costly on"
        + " PCIe.", "nstat TcpRetransSegs; ethtool -S LINK | grep -E 'discard|pause|crc'; ethtool -a LINK",
        "cable, equal MTU, flow control, one path"),
    SWITCH_SILENT(28, PathPatterns::switchSilent, "Open vSwitch on the DPU does not answer: ovs-vswitchd is not running.",
        "systemctl status openvswitch-switch openvswitch; ovs-vsctl --timeout=5 show", "start the service; bluerig apply"),
    NO_UPLINK(25, PathPatterns::noUplink, "The DPU has no p0 and pf0hpf: the card is in NIC mode, its firmware is not up, or the names"
        + " are others.", "mlxconfig -d ADDRESS -e query INTERNAL_CPU_OFFLOAD_ENGINE; ip -br link on the DPU",
        "DPU mode and a power cycle, or the right names in the inventory"),
    NOT_BRIDGED(23, PathPatterns::notBridged, "On the DPU nothing joins the host's port with the cable: uplink and representor are not"
        + " on one bridge.", "ovs-vsctl show on the DPU", "bluerig apply: ovs_bridge with p0 and pf0hpf"),
    SWITCH_PORT_BROKEN(23, PathPatterns::portBroken, "A port of the bridge has no device behind it, so nothing passes it.",
        "ovs-vsctl --columns=name,ofport,error list interface", "bluerig apply; correct the port's name"),
    SWITCH_LINK_DOWN(23, PathPatterns::switchLinkDown, "A link of the DPU on the way is down.", "ip -br link on the DPU",
        "bluerig apply: `up: true`; the cable"),
    MTU_ON_THE_WAY(24, PathPatterns::mtu, "The DPU's links take no larger packets than the hosts send: small ones pass, bulk stalls."
        + " They must be above the hosts' MTU.", "ping -M do -s 8972 PEER; ip -br link on the DPU",
        "9216 on p0 and pf0hpf for 9000 on the hosts: bluerig apply"),
    OVS_OFFLOAD_OFF(27, PathPatterns::flowsInSoftware, "The DPU's cores forward every packet: OVS does not offload flows. TLS offload"
        + " works all the same, but slowly.", "ovs-appctl dpctl/dump-flows -m type=offloaded during the run",
        "`ovs: {hw_offload: true}` in the bring-up"),
    CAPTURE_IMPOSSIBLE(0, WirePatterns::impossible, "`wire: true` needs tcpdump as root on a DPU of the cable, and none could capture"
        + " there.", "tcpdump -i p0 -c 1 on the DPU",
        "install tcpdump on the DPU; a session as root or with passwordless sudo; or `wire: false`"),
    PAYLOAD_PASSED_BY(0, WirePatterns::passedBy, "The capture saw hardly any payload: the eswitch forwards the flow and only its first"
        + " packets reach the DPU's cores, where tcpdump looks.",
        "ovs-appctl dpctl/dump-flows -m type=offloaded during the run",
        "for this one trial `ovs: {hw_offload: false}` on the DPU, without `flows: offloaded`; or mirror the port on a switch between;"
        + " or `wire: false`"),
    CONNECTIONS_TOO_SHORT(21, TrafficPatterns::tooShort, "Each connection costs the card a set-up, and these carry too little for it to"
        + " pay.", "compare throughput of the two runs at larger `bytes`", "long connections, 1 MB to 10 MB at least each"),
    PCIE_DEGRADED(22, TrafficPatterns::pcie, "The card's PCIe link runs slower or narrower than it could, and the payload came near to"
        + " what it can carry.", "lspci -vv -s ADDRESS: LnkSta against LnkCap", "reseat the card, another slot, BIOS settings"),
    ONE_CORE_BUSY(22, TrafficPatterns::oneCore, "One core is the limit: one connection, one queue, or all interrupts on it.",
        "ethtool -l LINK; /proc/interrupts; mpstat -P ALL",
        "more connections; ethtool -L LINK combined N; spread interrupts over the NIC's node"),
    IRQBALANCE_RUNNING(22, TrafficPatterns::irqbalance, "irqbalance moves interrupts between cores while one core is the limit.",
        "systemctl status irqbalance", "stop it for the trial and pin interrupts (set_irq_affinity_cpulist.sh)");

    private final int row;
    private final SymptomPattern pattern;
    private final String cause;
    private final String check;
    private final String fix;

    Symptom(int row, SymptomPattern pattern, String cause, String check, String fix) {
        this.row = row;
        this.pattern = pattern;
        this.cause = cause;
        this.check = check;
        this.fix = fix;
    }

    public int row() {
        return row;
    }

    /// What matches it, if anything does.
    Optional<String> seen(DiagnosisInput input) {
        return pattern.seen(input);
    }

    Diagnosis diagnosis(String machine, String shown) {
        return new Diagnosis(SymptomName.of(this), machine, shown, cause, check, fix);
    }

    @Override
    public CodeFamily family() {
        return CodeFamily.SYMPTOM;
    }

    @Override
    public String meaning() {
        return cause;
    }

    /// What confirms it, then what mends it.
    @Override
    public String next() {
        return "confirm: " + check + "; mend: " + fix;
    }
}
