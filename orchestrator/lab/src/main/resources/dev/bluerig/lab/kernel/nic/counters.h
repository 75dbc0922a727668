/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The rows of ethtool -S: names and meanings of mlx5 (its counters.rst, en_stats.c,
 * en_accel/ktls_stats.c). What only a model can know is called model_*.
 */
#ifndef BLUERIG_NIC_COUNTERS_H
#define BLUERIG_NIC_COUNTERS_H

#define NIC_COUNTER_ROWS(ROW)		\
	ROW(tx_tls_encrypted_packets)	\
	ROW(tx_tls_encrypted_bytes)	\
	ROW(tx_tls_ooo)			\
	ROW(tx_tls_dump_packets)	\
	ROW(tx_tls_dump_bytes)		\
	ROW(tx_tls_resync_bytes)	\
	ROW(tx_tls_skip_no_sync_data)	\
	ROW(tx_tls_drop_no_sync_data)	\
	ROW(tx_tls_drop_bypass_req)	\
	ROW(rx_tls_decrypted_packets)	\
	ROW(rx_tls_decrypted_bytes)	\
	ROW(rx_tls_resync_req_pkt)	\
	ROW(rx_tls_resync_req_start)	\
	ROW(rx_tls_resync_req_end)	\
	ROW(rx_tls_resync_req_skip)	\
	ROW(rx_tls_resync_res_ok)	\
	ROW(rx_tls_resync_res_retry)	\
	ROW(rx_tls_resync_res_skip)	\
	ROW(rx_tls_err)			\
	ROW(tx_packets_phy)		\
	ROW(rx_packets_phy)		\
	ROW(rx_crc_errors_phy)		\
	ROW(tx_bytes_phy)		\
	ROW(rx_bytes_phy)		\
	ROW(rx_symbol_err_phy)		\
	ROW(rx_discards_phy)		\
	ROW(tx_discards_phy)		\
	ROW(tx_errors_phy)		\
	ROW(link_down_events_phy)	\
	ROW(rx_pcs_symbol_err_phy)	\
	ROW(tx_tls_ctx)			\
	ROW(tx_tls_del)			\
	ROW(tx_tls_pool_alloc)		\
	ROW(tx_tls_pool_free)		\
	ROW(rx_tls_ctx)			\
	ROW(rx_tls_del)			\
	ROW(model_tx_software_packets)	\
	ROW(model_tx_corrupted)		\
	ROW(model_rx_corrupted)		\
	ROW(model_rx_flow_bytes)	\
	ROW(model_rx_waiting_bytes)	\
	ROW(model_rx_queued_bytes)	\
	ROW(model_rx_lost)		\
	ROW(model_rx_stale_answers)

#define NIC_COUNTER_ENUM(name) NIC_##name,
enum nic_counter {
	NIC_COUNTER_ROWS(NIC_COUNTER_ENUM)
	NIC_COUNTERS
};
#undef NIC_COUNTER_ENUM

#endif
