/* SPDX-License-Identifier: GPL-2.0 */
/* The device, and what its parts call of one another. */
#ifndef BLUERIG_NIC_H
#define BLUERIG_NIC_H

#include <linux/hashtable.h>
#include <linux/netdevice.h>
#include <linux/version.h>

#include "counters.h"

#define NIC_NAME "bluerig_nic"
#define NIC_KIND "bluerig"

/* What mlx5 shows as maxmtu of a ConnectX port. */
#define NIC_MAX_MTU 9978

/*
 * tls_encrypt_skb() and the receive engine put a whole packet into one linear
 * buffer. Just below 32 KiB with headers it fits into an allocation of that size;
 * a little more would take one of 64 KiB, and TCP, which counts allocations, would
 * fill its receive buffer with half of the data.
 */
#define NIC_TSO_BYTES (31 * 1024)

#define NIC_FLOW_BITS 8

struct nic {
	struct net_device *dev;
	struct net_device *lower;	/* the wire: every frame goes out and comes in there */
	netdevice_tracker lower_tracker;
	bool leaving;			/* dellink ran: leave the lower device alone */

	spinlock_t lock;		/* writers of flows, and the numbers of contexts */
	DECLARE_HASHTABLE(flows, NIC_FLOW_BITS);
	unsigned int tx_contexts;
	unsigned int rx_contexts;

	atomic64_t counters[NIC_COUNTERS];
};

static inline void nic_add(struct nic *nic, enum nic_counter which, u64 n)
{
	atomic64_add(n, &nic->counters[which]);
}

static inline void nic_count(struct nic *nic, enum nic_counter which)
{
	nic_add(nic, which, 1);
}

/* A packet as the cable carries it: TSO on the way out, frames that arrive merged. */
struct nic_wire {
	u32 packets;
	u64 bytes;
};

/* headers: bytes that each of the frames begins with, payload: what they share */
static inline struct nic_wire nic_wire(const struct sk_buff *skb, u32 headers, u32 payload)
{
	u32 size = skb_shinfo(skb)->gso_size;
	/* gso_segs is 0 where a virtio device made the packet */
	u32 packets = size && payload > size ? DIV_ROUND_UP(payload, size) : 1;

	return (struct nic_wire){ packets, payload + (u64)packets * headers };
}

/* device.c */
void nic_setup(struct net_device *dev);
void nic_follow_lower(struct nic *nic);

/* ethtool.c */
extern const struct ethtool_ops nic_ethtool_ops;

/* transmit.c */
netdev_tx_t nic_xmit(struct sk_buff *skb, struct net_device *dev);

/* receive.c */
rx_handler_result_t nic_handle_frame(struct sk_buff **pskb);

/* offload.c */
extern const struct tlsdev_ops nic_tlsdev_ops;
int nic_offload_init(void);
void nic_offload_exit(void);

#endif
