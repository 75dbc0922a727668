package dev.bluerig.lab.kernel;

import java.util.List;
import java.util.stream.Stream;

/// The modules of Debian's kernel that the lab's guests have; what they need comes along by itself.
final class GuestModules {
    /// Before there is a root file system: the bus, the disks, ext4 (whose checksum it asks for by name), the layer over the root image.
    static final List<String> EARLY = List.of("virtio_pci", "virtio_blk", "virtio_net", "crc32c_generic", "crc32c_intel", "ext4",
        "overlay");

    /// Kernel TLS and what `gcm(aes)` and `rfc7539(chacha20,poly1305)` are made of: without ctr and ghash, or both parts of the latter, no
    /// socket gets its keys into the kernel.
    private static final List<String> TLS =
        List.of("tls", "gcm", "ccm", "ctr", "ghash_generic", "ghash_clmulni_intel", "aesni_intel", "seqiv", "cmac",
        "chacha20poly1305", "chacha_generic", "poly1305_generic", "gf128mul");

    /// Links, bridges, Open vSwitch with the kernel's datapath and with its own.
    private static final List<String> NETWORK =
        List.of("veth", "bridge", "8021q", "bonding", "dummy", "vrf", "ifb", "vxlan", "geneve", "openvswitch", "tun", "macvlan",
        "af_packet", "sch_ingress", "sch_netem", "sch_tbf", "sch_fq", "sch_fq_codel", "cls_flower", "cls_u32", "act_mirred", "act_gact",
        "act_vlan", "act_tunnel_key", "act_skbedit", "act_pedit", "act_csum", "act_ct", "act_police", "cls_matchall", "nf_conntrack",
        "nf_tables", "nft_ct", "nft_log", "nft_reject_inet", "nft_limit");

    /// What `ss` asks.
    private static final List<String> SOCKETS = List.of("inet_diag", "tcp_diag", "udp_diag", "unix_diag", "af_packet_diag", "netlink_diag");

    /// The driver of the card that is not here: `modinfo mlx5_core` finds it.
    private static final List<String> CARD = List.of("mlx5_core", "mlx5_ib");

    static final List<String> ALL = Stream.of(EARLY, TLS, NETWORK, SOCKETS, CARD).flatMap(List::stream).toList();

    private GuestModules() {}
}
