package dev.bluerig.sim.net;

import java.util.ArrayList;
import java.util.List;

/// The counters of `ethtool -S` that this lab keeps, by their names in mlx5
/// (Documentation/networking/device_drivers/ethernet/mellanox/mlx5/counters.rst; en_accel/ktls_stats.c).
final class NicCounterNames {
    private static final List<String> SOFTWARE = List.of("rx_packets", "rx_bytes", "tx_packets", "tx_bytes");
    private static final List<String> TLS =
        List.of("tx_tls_encrypted_packets", "tx_tls_encrypted_bytes", "tx_tls_ooo", "tx_tls_dump_packets", "tx_tls_dump_bytes",
        "tx_tls_resync_bytes", "tx_tls_skip_no_sync_data", "tx_tls_drop_no_sync_data", "tx_tls_drop_bypass_req",
        "rx_tls_decrypted_packets", "rx_tls_decrypted_bytes",
        "rx_tls_resync_req_pkt", "rx_tls_resync_req_start", "rx_tls_resync_req_end", "rx_tls_resync_req_skip", "rx_tls_resync_res_ok",
        "rx_tls_resync_res_retry",
        "rx_tls_resync_res_skip", "rx_tls_err");
    private static final List<String> CONTEXTS =
        List.of("tx_tls_ctx", "tx_tls_del", "tx_tls_pool_alloc", "tx_tls_pool_free", "rx_tls_ctx", "rx_tls_del");
    private static final List<String> PHYSICAL =
        List.of("tx_packets_phy", "rx_packets_phy", "rx_crc_errors_phy", "tx_bytes_phy", "rx_bytes_phy", "rx_symbol_err_phy",
        "tx_errors_phy", "rx_discards_phy", "tx_discards_phy", "link_down_events_phy");
    /// Rows of single rings that repeat part of the sums, for whoever would add the two.
    static final int RINGS = 2;

    private NicCounterNames() {}

    /// `tls`: the driver has kernel TLS (MLX5_EN_TLS, and a card that can).
    static List<String> of(SimLink.Kind kind, boolean tls) {
        var names = new ArrayList<>(SOFTWARE);
        switch (kind) {
            case PORT -> {
                if (tls) names.addAll(TLS);
                names.addAll(PHYSICAL);
                if (tls) {
                    names.addAll(CONTEXTS);
                    for (int ring = 0; ring < RINGS; ring++) names.addAll(ringed(ring));
                }
            }
            case UPLINK -> names.addAll(PHYSICAL);
            case LOOPBACK, ETHERNET, REPRESENTOR, TMFIFO, INTERNAL -> { }
        }
        return names;
    }

    private static List<String> ringed(int ring) {
        return TLS.stream().map(name -> name.replaceFirst("^(tx|rx)_", "$1" + ring + "_")).toList();
    }

    static String ring(String name, int ring) {
        return name.replaceFirst("^(tx|rx)_", "$1" + ring + "_");
    }

    static boolean isTls(String name) {
        return TLS.contains(name);
    }
}
