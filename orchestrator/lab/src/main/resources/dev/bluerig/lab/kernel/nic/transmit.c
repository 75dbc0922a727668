// SPDX-License-Identifier: GPL-2.0
/* The way out: what a TLS socket hands down as plaintext leaves as records. */
#include <linux/netdevice.h>
#include <linux/tcp.h>
#include <net/tcp.h>
#include <net/tls.h>

#include "faults.h"
#include "nic.h"
#include "offload.h"

static atomic_t corrupt_turn;

/* What the device's place in the stream means for a packet, as in mlx5's ktls_tx.c */
enum placed {
	PLACED_IN_RECORDS,	/* encrypt it */
	PLACED_BEFORE_OFFLOAD,	/* sent before TLS_TX was set: it leaves as it is */
	PLACED_NOWHERE,		/* its records are acknowledged and forgotten */
};

static bool is_offloaded(struct sk_buff *skb, struct net_device *dev)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
	if (!tls_is_skb_tx_device_offloaded(skb))
		return false;
#else
	if (!skb->sk || !tls_is_sk_tx_device_offloaded(skb->sk))
		return false;
#endif
	return rcu_access_pointer(tls_get_ctx(skb->sk)->netdev) == dev;
}

/*
 * tls_device_down() moves sockets to software while their packets are on the way.
 * Such a packet is still plaintext, and its socket no longer looks offloaded. What
 * software encrypted in the meantime keeps its mark ->decrypted too, but is linear,
 * and net/tls sends plaintext in page fragments.
 */
static bool is_stray_plaintext(const struct sk_buff *skb)
{
	return skb->decrypted && skb->data_len && skb->sk && sk_fullsock(skb->sk) &&
	       READ_ONCE(skb->sk->sk_validate_xmit_skb);
}

/*
 * A device that is out of step gets the beginning of the record again (mlx5: DUMP),
 * fragment by fragment and in pieces of an MTU.
 */
static void count_dump(struct nic *nic, const struct tls_record_info *record, u32 bytes)
{
	u32 left = bytes;
	u32 piece;
	int i;

	for (i = 0; left && i < record->num_frags; i++) {
		piece = min_t(u32, left, skb_frag_size(&record->frags[i]));
		nic_add(nic, NIC_tx_tls_dump_packets, DIV_ROUND_UP(piece, nic->dev->mtu));
		left -= piece;
	}
	nic_add(nic, NIC_tx_tls_dump_bytes, bytes);
}

static enum placed place(struct nic *nic, struct sock *sk, u32 seq, u32 len)
{
	struct tls_offload_context_tx *context = tls_offload_ctx_tx(tls_get_ctx(sk));
	enum placed placed = PLACED_IN_RECORDS;
	struct tls_record_info *record;
	unsigned long flags;
	u64 number;

	spin_lock_irqsave(&context->lock, flags);
	record = tls_get_record(context, seq, &number);
	if (!record)
		placed = PLACED_NOWHERE;
	else if (tls_record_is_start_marker(record))
		placed = after(seq + len, record->end_seq) ? PLACED_NOWHERE : PLACED_BEFORE_OFFLOAD;
	else if (before(seq + len - 1, tls_record_start_seq(record)))
		placed = PLACED_NOWHERE;
	else
		count_dump(nic, record, seq - tls_record_start_seq(record));
	spin_unlock_irqrestore(&context->lock, flags);
	return placed;
}

static struct sk_buff *encrypt(struct nic *nic, struct sk_buff *skb)
{
	u32 headers = skb_tcp_all_headers(skb);
	u32 len = skb->len - headers;
	struct nic_wire wire = nic_wire(skb, headers, len);
	struct sk_buff *done = tls_encrypt_skb(skb);

	if (!done) {
		nic_count(nic, NIC_tx_tls_drop_no_sync_data);
		return NULL;
	}
	if (nic_due(&corrupt_turn, nic_tx_corrupt_every)) {
		/* linear, and the only copy: tls_encrypt_skb() made it */
		done->data[done->len - 1] ^= 1;
		nic_count(nic, NIC_model_tx_corrupted);
	}
	if (nic_tx_in_software) {
		nic_add(nic, NIC_model_tx_software_packets, wire.packets);
	} else {
		nic_add(nic, NIC_tx_tls_encrypted_packets, wire.packets);
		nic_add(nic, NIC_tx_tls_encrypted_bytes, len);
	}
	return done;
}

/* The packet of an offloaded socket; NULL if it was dropped. */
static struct sk_buff *offloaded(struct nic *nic, struct sk_buff *skb)
{
	struct nic_tx_context *context = tls_driver_ctx(skb->sk, TLS_OFFLOAD_CTX_DIR_TX);
	u32 seq = ntohl(tcp_hdr(skb)->seq);
	int len = skb->len - skb_tcp_all_headers(skb);

	if (len <= 0)
		return skb;
	if (seq != context->expected) {
		nic_count(nic, NIC_tx_tls_ooo);
		switch (place(nic, skb->sk, seq, len)) {
		case PLACED_IN_RECORDS:
			break;
		case PLACED_BEFORE_OFFLOAD:
			nic_count(nic, NIC_tx_tls_skip_no_sync_data);
			return skb;
		case PLACED_NOWHERE:
			nic_count(nic, NIC_tx_tls_drop_no_sync_data);
			kfree_skb(skb);
			return NULL;
		}
	}
	context->expected = seq + len;
	return encrypt(nic, skb);
}

static void count_sent(struct nic *nic, const struct sk_buff *skb)
{
	struct nic_wire wire = { 1, skb->len };

	if (skb_is_gso(skb)) {
		u32 headers = skb_tcp_all_headers(skb);

		wire = nic_wire(skb, headers, skb->len - headers);
	}
	nic_add(nic, NIC_tx_packets_phy, wire.packets);
	nic_add(nic, NIC_tx_bytes_phy, wire.bytes);
	dev_sw_netstats_tx_add(nic->dev, wire.packets, wire.bytes);
}

netdev_tx_t nic_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct nic *nic = netdev_priv(dev);

	if (is_offloaded(skb, dev))
		skb = offloaded(nic, skb);
	else if (is_stray_plaintext(skb))
		skb = tls_encrypt_skb(skb);
	if (!skb) {
		DEV_STATS_INC(dev, tx_dropped);
		return NETDEV_TX_OK;
	}
	count_sent(nic, skb);

	/*
	 * From here the packet is on the cable. If it kept its socket, the lower device's
	 * validate_xmit_skb() would encrypt it once more.
	 */
	if (skb->sk && sk_fullsock(skb->sk) && READ_ONCE(skb->sk->sk_validate_xmit_skb))
		skb_orphan(skb);
	skb->decrypted = 0;
	/*
	 * No cable carries the sender's hash. TCP draws another one after a timeout, and
	 * whoever steers by it then lets new packets overtake old ones.
	 */
	skb_clear_hash(skb);
	skb->dev = nic->lower;
	if (dev_queue_xmit(skb) != NET_XMIT_SUCCESS)
		nic_count(nic, NIC_tx_discards_phy);
	return NETDEV_TX_OK;
}
