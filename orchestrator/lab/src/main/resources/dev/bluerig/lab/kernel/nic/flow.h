/* SPDX-License-Identifier: GPL-2.0 */
/* TCP connections as the device sees them. */
#ifndef BLUERIG_NIC_FLOW_H
#define BLUERIG_NIC_FLOW_H

#include <linux/in6.h>
#include <linux/skbuff.h>
#include <net/sock.h>

/* Seen from our side, whoever sends. Compared as memory: no holes, unused is zero. */
struct nic_flow {
	struct in6_addr local;
	struct in6_addr remote;
	__be16 local_port;
	__be16 remote_port;
	u32 family;
};

/* A piece of the stream that a frame brought. */
struct nic_segment {
	u32 seq;
	u32 offset;		/* of the payload from skb->data, the network header */
	u32 len;
};

void nic_flow_of_socket(const struct sock *sk, struct nic_flow *flow);

/* false: no TCP segment with payload */
bool nic_flow_of_frame(const struct sk_buff *skb, struct nic_flow *flow,
		       struct nic_segment *segment);

u32 nic_flow_hash(const struct nic_flow *flow);

#endif
