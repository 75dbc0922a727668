// SPDX-License-Identifier: GPL-2.0
/* The way in: what LOWER receives is ours, and decrypted if a context wants it. */
#include <linux/etherdevice.h>
#include <linux/netdevice.h>

#include "faults.h"
#include "receive.h"

static atomic_t error_turn;
static atomic_t corrupt_turn;

static struct nic_rx_context *find(struct nic *nic, const struct nic_flow *flow)
{
	struct nic_rx_context *context;

	hash_for_each_possible_rcu(nic->flows, context, node, nic_flow_hash(flow))
		if (!memcmp(&context->flow, flow, sizeof(*flow)))
			return context;
	return NULL;
}

static bool decrypt(struct nic_rx_context *context, struct sk_buff *skb,
		    const struct nic_segment *segment)
{
	struct engine *engine = &context->engine;
	struct nic *nic = engine->nic;
	bool good;

	spin_lock(&context->lock);
	good = engine_receive(engine, segment->seq, skb->data + segment->offset, segment->len);
	if (good && nic_due(&error_turn, nic_rx_error_every)) {
		nic_count(nic, NIC_rx_tls_err);
		good = false;
	}
	if (good && engine->plain && nic_due(&corrupt_turn, nic_rx_corrupt_every)) {
		*engine->plain ^= 1;
		nic_count(nic, NIC_model_rx_corrupted);
	}
	spin_unlock(&context->lock);
	return good;
}

/*
 * Decrypts in a copy: the frame may share its pages with the sender, and goes up as it
 * was where the engine cannot decrypt all of it.
 */
static struct sk_buff *decrypted(struct nic *nic, struct nic_rx_context *context,
				 struct sk_buff *skb, const struct nic_segment *segment)
{
	struct sk_buff *copy = skb_copy(skb, GFP_ATOMIC);
	struct nic_wire wire;

	/* no memory: as if the device had not seen it */
	if (!copy)
		return skb;
	if (!decrypt(context, copy, segment)) {
		kfree_skb(copy);
		return skb;
	}
	copy->decrypted = 1;
	copy->ip_summed = CHECKSUM_UNNECESSARY;
	/* mlx5 adds up whole frames (ktls_rx.c: cqe_bcnt) */
	wire = nic_wire(copy, ETH_HLEN + segment->offset, segment->len);
	nic_add(nic, NIC_rx_tls_decrypted_packets, wire.packets);
	nic_add(nic, NIC_rx_tls_decrypted_bytes, wire.bytes);
	consume_skb(skb);
	return copy;
}

/* skb->data is at the network header */
static struct sk_buff *offloaded(struct nic *nic, struct sk_buff *skb)
{
	struct nic_rx_context *context;
	struct nic_segment segment;
	struct nic_flow flow;

	if (!READ_ONCE(nic->rx_contexts) || nic_rx_in_software)
		return skb;
	if (!nic_flow_of_frame(skb, &flow, &segment))
		return skb;
	context = find(nic, &flow);
	if (!context)
		return skb;
	nic_add(nic, NIC_model_rx_flow_bytes, segment.len);
	return decrypted(nic, context, skb, &segment);
}

static void count_received(struct nic *nic, const struct sk_buff *skb)
{
	struct nic_wire wire = { 1, skb->len + ETH_HLEN };
	struct nic_segment segment;
	struct nic_flow flow;

	if (skb_is_gso(skb) && nic_flow_of_frame(skb, &flow, &segment))
		wire = nic_wire(skb, ETH_HLEN + segment.offset, segment.len);
	nic_add(nic, NIC_rx_packets_phy, wire.packets);
	nic_add(nic, NIC_rx_bytes_phy, wire.bytes);
	dev_sw_netstats_rx_add(nic->dev, wire.bytes);
}

rx_handler_result_t nic_handle_frame(struct sk_buff **pskb)
{
	struct sk_buff *skb = skb_share_check(*pskb, GFP_ATOMIC);
	struct nic *nic;

	if (!skb)
		return RX_HANDLER_CONSUMED;
	nic = rcu_dereference(skb->dev->rx_handler_data);
	if (!(nic->dev->flags & IFF_UP)) {
		kfree_skb(skb);
		return RX_HANDLER_CONSUMED;
	}
	count_received(nic, skb);
	skb = offloaded(nic, skb);
	skb->dev = nic->dev;
	/* the lower device judged by its own address */
	if (skb->pkt_type == PACKET_HOST || skb->pkt_type == PACKET_OTHERHOST)
		skb->pkt_type = ether_addr_equal(eth_hdr(skb)->h_dest, nic->dev->dev_addr) ?
				PACKET_HOST : PACKET_OTHERHOST;
	*pskb = skb;
	return RX_HANDLER_ANOTHER;
}
