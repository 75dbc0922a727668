// SPDX-License-Identifier: GPL-2.0
/* Finding the connection that a frame or a socket belongs to. */
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/jhash.h>
#include <linux/tcp.h>
#include <net/inet_sock.h>
#include <net/ip.h>
#include <net/ipv6.h>

#include "flow.h"

void nic_flow_of_socket(const struct sock *sk, struct nic_flow *flow)
{
	const struct inet_sock *inet = inet_sk(sk);

	BUILD_BUG_ON(sizeof(*flow) != 2 * sizeof(struct in6_addr) + 8);
	memset(flow, 0, sizeof(*flow));
	flow->local_port = inet->inet_sport;
	flow->remote_port = inet->inet_dport;
#if IS_ENABLED(CONFIG_IPV6)
	if (sk->sk_family == AF_INET6 && !ipv6_addr_v4mapped(&sk->sk_v6_daddr)) {
		flow->family = AF_INET6;
		flow->local = sk->sk_v6_rcv_saddr;
		flow->remote = sk->sk_v6_daddr;
		return;
	}
#endif
	flow->family = AF_INET;
	flow->local.s6_addr32[0] = inet->inet_rcv_saddr;
	flow->remote.s6_addr32[0] = inet->inet_daddr;
}

/* Offset of the TCP header and end of the packet; false if there is none. */
static bool ipv4(const struct sk_buff *skb, struct nic_flow *flow, u32 *offset, u32 *end)
{
	struct iphdr buffer;
	const struct iphdr *ip = skb_header_pointer(skb, 0, sizeof(buffer), &buffer);

	if (!ip || ip->protocol != IPPROTO_TCP || ip_is_fragment(ip))
		return false;
	flow->family = AF_INET;
	flow->local.s6_addr32[0] = ip->daddr;
	flow->remote.s6_addr32[0] = ip->saddr;
	*offset = ip->ihl * 4;
	*end = ntohs(ip->tot_len);
	return true;
}

static bool ipv6(const struct sk_buff *skb, struct nic_flow *flow, u32 *offset, u32 *end)
{
	struct ipv6hdr buffer;
	const struct ipv6hdr *ip = skb_header_pointer(skb, 0, sizeof(buffer), &buffer);

	/* extension headers: not for this device, as not for many */
	if (!ip || ip->nexthdr != IPPROTO_TCP)
		return false;
	flow->family = AF_INET6;
	flow->local = ip->daddr;
	flow->remote = ip->saddr;
	*offset = sizeof(buffer);
	*end = sizeof(buffer) + ntohs(ip->payload_len);
	return true;
}

bool nic_flow_of_frame(const struct sk_buff *skb, struct nic_flow *flow,
		       struct nic_segment *segment)
{
	const struct tcphdr *tcp;
	struct tcphdr buffer;
	u32 offset, end;

	memset(flow, 0, sizeof(*flow));
	if (skb->protocol == htons(ETH_P_IP)) {
		if (!ipv4(skb, flow, &offset, &end))
			return false;
	} else if (skb->protocol == htons(ETH_P_IPV6)) {
		if (!ipv6(skb, flow, &offset, &end))
			return false;
	} else {
		return false;
	}
	tcp = skb_header_pointer(skb, offset, sizeof(buffer), &buffer);
	if (!tcp || tcp->syn || tcp->rst)
		return false;
	offset += tcp->doff * 4;
	if (end > skb->len || end <= offset)
		return false;
	flow->local_port = tcp->dest;
	flow->remote_port = tcp->source;
	segment->seq = ntohl(tcp->seq);
	segment->offset = offset;
	segment->len = end - offset;
	return true;
}

u32 nic_flow_hash(const struct nic_flow *flow)
{
	return jhash2((const u32 *)flow, sizeof(*flow) / sizeof(u32), 0);
}
