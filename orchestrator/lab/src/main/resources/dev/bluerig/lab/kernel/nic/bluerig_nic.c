// SPDX-License-Identifier: GPL-2.0
/*
 * bluerig_nic - software model of a NIC with kTLS record offload.
 *
 *   ip link add link LOWER name p0 type bluerig
 *
 * The device is an upper of LOWER (veth, virtio-net, ...) in pass-through mode: it takes every
 * frame LOWER receives and sends every frame through LOWER. It advertises tls-hw-tx-offload
 * (default on) and tls-hw-rx-offload (default off), like mlx5, so net/tls takes its real
 * device-offload path (TlsTxDevice/TlsRxDevice, "txconf: hw").
 *
 *   TX  tls_encrypt_skb() (net/tls's own software fallback) turns the plaintext skb of an
 *       offloaded socket into ciphertext "inside the device".
 *   RX  the device follows the TCP stream and the TLS record framing itself, decrypts AES-GCM in
 *       a copy of the frame, checks the tag at the record's end, and sets skb->decrypted. A frame
 *       it cannot decrypt as a whole goes up as it was on the wire. Where it has lost the framing
 *       it scans for a record header and asks net/tls to confirm the guess
 *       (tls_offload_rx_resync_request, TLS_OFFLOAD_SYNC_TYPE_DRIVER_REQ); see "RX record engine".
 * TLS 1.2 AES-128-GCM / AES-256-GCM only, as ConnectX-6 Dx class hardware under mlx5.
 */
#include <linux/module.h>
#include <linux/version.h>
#include <linux/netdevice.h>
#include <linux/etherdevice.h>
#include <linux/ethtool.h>
#include <linux/rtnetlink.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <net/rtnetlink.h>
#include <net/inet_sock.h>
#include <net/ipv6.h>
#include <net/tcp.h>
#include <net/tls.h>
#include <crypto/algapi.h>
#include <crypto/aes.h>
#include <crypto/gf128mul.h>
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0)
#include <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif

static unsigned int max_contexts = 1024;
module_param(max_contexts, uint, 0644);
MODULE_PARM_DESC(max_contexts, "offload contexts per device and direction; beyond it tls_dev_add fails and net/tls falls back to software");

/* faults; all may be changed while traffic runs */
static bool tx_in_software;
module_param(tx_in_software, bool, 0644);
MODULE_PARM_DESC(tx_in_software, "contexts are accepted (\"txconf: hw\") but the software fallback encrypts: tx_tls_encrypted_* stand still");
static bool rx_never_lock;
module_param(rx_never_lock, bool, 0644);
MODULE_PARM_DESC(rx_never_lock, "contexts are accepted (\"rxconf: hw\") but nothing is decrypted and no resync is requested");
static bool rx_in_software;
module_param(rx_in_software, bool, 0644);
MODULE_PARM_DESC(rx_in_software, "contexts are accepted (\"rxconf: hw\") but the device leaves every frame as it was on the wire");
static unsigned int rx_corrupt_every;
module_param(rx_corrupt_every, uint, 0644);
MODULE_PARM_DESC(rx_corrupt_every, "a byte of every Nth frame that the device decrypted is wrong; 0: none");
static unsigned int tx_corrupt_every;
module_param(tx_corrupt_every, uint, 0644);
MODULE_PARM_DESC(tx_corrupt_every, "a byte of every Nth frame that the device encrypted is wrong; 0: none");
static unsigned int rx_error_every;
module_param(rx_error_every, uint, 0644);
MODULE_PARM_DESC(rx_error_every, "every Nth frame the device could decrypt is an error: passed up as on the wire, rx_tls_err; 0: none");

#define STATS(X) \
	X(tx_tls_encrypted_packets) X(tx_tls_encrypted_bytes) X(tx_tls_ctx) X(tx_tls_del) \
	X(tx_tls_ooo) X(tx_tls_dump_packets) X(tx_tls_dump_bytes) X(tx_tls_resync_bytes) \
	X(tx_tls_skip_no_sync_data) X(tx_tls_drop_no_sync_data) X(tx_tls_drop_bypass_req) \
	X(tx_tls_pool_alloc) X(tx_tls_pool_free) \
	X(rx_tls_decrypted_packets) X(rx_tls_decrypted_bytes) X(rx_tls_ctx) X(rx_tls_del) \
	X(rx_tls_resync_req_pkt) X(rx_tls_resync_req_start) X(rx_tls_resync_req_end) X(rx_tls_resync_req_skip) X(rx_tls_resync_res_retry) X(rx_tls_resync_res_ok) X(rx_tls_resync_res_skip) X(rx_tls_err) \
	X(tx_packets_phy) X(tx_bytes_phy) X(rx_packets_phy) X(rx_bytes_phy) X(rx_crc_errors_phy) X(rx_symbol_err_phy) X(rx_pcs_symbol_err_phy) X(link_down_events_phy) \
	/* not in mlx5: what the model alone can know */ \
	X(sim_rx_flow_bytes) X(sim_rx_wait_bytes) X(sim_tx_sw_packets)
#define E(n) S_##n,
enum { STATS(E) S_MAX };
#undef E
#define N(n) #n,
static const char stat_names[][ETH_GSTRING_LEN] = { STATS(N) };
#undef N

#define HDR	TLS_HEADER_SIZE		/* 5 */
#define PRE	(HDR + 8)		/* header and explicit nonce */
#define TAG	16

struct bluerig_nic;
struct flow { u16 family; __be16 lport, rport; struct in6_addr l, r; };

/*
 * RX_SEARCH   framing unknown: scan for something that looks like a record header.
 * RX_TRACK    a header was guessed and the records after it are followed; waiting for net/tls to
 *             confirm the guess. rcd_sn counts from the guessed record.
 * RX_OFFLOAD  framing and record number are known; every record seen from its first byte is
 *             decrypted.
 */
enum rx_state { RX_SEARCH, RX_TRACK, RX_OFFLOAD };

struct rx_ctx {
	struct list_head list;
	struct rcu_head rcu;
	spinlock_t lock;
	struct sock *sk;		/* NULL once tls_dev_del ran */
	struct bluerig_nic *t;
	struct flow key;
	struct crypto_aes_ctx aes;
	struct gf128mul_4k *gh;
	u8 salt[4];
	enum rx_state state;
	u64 rcd_sn;			/* number of the record in progress (RX_TRACK: relative) */
	u32 nseq;			/* next TCP sequence number the engine expects */
	u32 req_seq;			/* RX_TRACK: the guessed header */
	/* the record in progress: roff of rlen bytes seen */
	bool skip;			/* not from its first byte on: cannot be decrypted */
	u32 roff, rlen, ctr;
	u8 hdr[PRE], ks[16], blk[16], ekj0[16], tag[TAG];
	be128 hash;
	unsigned int nframes;		/* for rx_error_every */
};

struct tx_ctx { u32 nseq; };

struct bluerig_nic {
	struct net_device *dev, *lower;
	spinlock_t lock;		/* rx_list writers, context counts */
	struct list_head rx_list;
	unsigned int ntx, nrx;
	atomic64_t st[S_MAX];
};

static void bump(struct bluerig_nic *t, int i, u64 n) { atomic64_add(n, &t->st[i]); }

/* ---------------------------------------------------------------- RX record engine
 *
 * A context often starts out of step: the peer's Finished (and data after it) may be in the socket
 * before TLS_RX is set, and tls_dev_add then gives copied_seq, a sequence number that has already
 * passed the device. The stack's own hint (CORE_NEXT_HINT) only works on a stream that pauses: it
 * names the next record when the receive queue is empty, and on a bulk stream more of that record
 * has passed the device by the time it is told. So the engine finds its own way back:
 *   - loss inside a record whose length is known: skip that record, go on with the next one;
 *   - else scan for a header, follow the framing from there, and ask the stack for the record
 *     number of that header. The request is set before the frame with the header goes up, so the
 *     stack cannot have parsed it yet; however late the answer, the records since are counted.
 */
static void ghash_block(struct rx_ctx *c, const u8 *b)
{
	crypto_xor((u8 *)&c->hash, b, 16);
	gf128mul_4k_lle(&c->hash, c->gh);
}

static void ctr_block(struct rx_ctx *c, u32 n, u8 *out)
{
	u8 iv[16];

	memcpy(iv, c->salt, 4);
	memcpy(iv + 4, c->hdr + 5, 8);
	put_unaligned_be32(n, iv + 12);
	aes_encrypt(&c->aes, out, iv);
}

static bool is_header(const u8 *h)
{
	u32 n = get_unaligned_be16(h + 3);

	return h[0] >= 20 && h[0] <= 24 && h[1] == 3 && h[2] == 3 &&
	       n >= 8 + TAG && n <= TLS_MAX_PAYLOAD_SIZE + 8 + TAG;
}

static void rec_next(struct rx_ctx *c)
{
	c->rcd_sn++;
	c->roff = 0;
	c->skip = c->state != RX_OFFLOAD;
}

static void rec_start(struct rx_ctx *c)		/* PRE bytes seen */
{
	u8 aad[16] = {};

	memset(&c->hash, 0, sizeof(c->hash));
	put_unaligned_be64(c->rcd_sn, aad);
	memcpy(aad + 8, c->hdr, 3);
	put_unaligned_be16(c->rlen - PRE - TAG, aad + 11);
	ghash_block(c, aad);
	c->ctr = 2;
	ctr_block(c, 1, c->ekj0);
}

static void rec_decrypt(struct rx_ctx *c, u8 *p, u32 len)
{
	u32 o, n;

	for (; len; p += n, len -= n) {
		o = (c->roff - PRE) & 15;
		n = min(len, 16 - o);
		if (!o)
			ctr_block(c, c->ctr++, c->ks);
		memcpy(c->blk + o, p, n);
		crypto_xor(p, c->ks + o, n);
		c->roff += n;
		if (c->roff == c->rlen - TAG)
			memset(c->blk + o + n, 0, 16 - o - n);
		if (o + n == 16 || c->roff == c->rlen - TAG)
			ghash_block(c, c->blk);
	}
}

static bool rec_tag_ok(struct rx_ctx *c)
{
	u8 len[16] = {};

	put_unaligned_be64(13 * 8, len);
	put_unaligned_be64((u64)(c->rlen - PRE - TAG) * 8, len + 8);
	ghash_block(c, len);
	crypto_xor((u8 *)&c->hash, c->ekj0, TAG);
	return !crypto_memneq(&c->hash, c->tag, TAG);
}

/* looks for a header that lies wholly in p[0..len); returns the bytes before it */
static u32 rx_scan(struct rx_ctx *c, const u8 *p, u32 len)
{
	u32 i;

	if (rx_never_lock || rx_in_software || !c->sk)
		return len;
	for (i = 0; i + HDR <= len; i++) {
		if (!is_header(p + i))
			continue;
		c->state = RX_TRACK;
		c->req_seq = c->nseq + i;
		c->rcd_sn = 0;
		c->roff = 0;
		c->skip = true;
		/* net/tls compares with the sequence number of the header's last byte */
		tls_offload_rx_resync_request(c->sk, htonl(c->req_seq + HDR - 1));
		bump(c->t, S_rx_tls_resync_req_pkt, 1);
		return i;
	}
	return len;
}

/*
 * Runs the engine over p[0..len), which starts at c->nseq, and decrypts in place. True if all of
 * it belonged to records that the engine could decrypt (and whose tags, where reached, were good).
 */
static bool rx_run(struct rx_ctx *c, u8 *p, u32 len)
{
	bool ok = true;
	u32 n;

	for (; len; p += n, len -= n, c->nseq += n) {
		if (c->state == RX_SEARCH) {
			ok = false;
			n = rx_scan(c, p, len);
		} else if (c->roff < HDR) {
			n = 1;
			c->hdr[c->roff++] = *p;
			if (c->roff == HDR) {
				c->rlen = HDR + get_unaligned_be16(c->hdr + 3);
				if (!is_header(c->hdr))
					c->state = RX_SEARCH;
			}
		} else if (c->skip) {
			ok = false;
			n = min(len, c->rlen - c->roff);
			if (c->state == RX_TRACK)
				bump(c->t, S_sim_rx_wait_bytes, n);
			c->roff += n;
			if (c->roff == c->rlen)
				rec_next(c);
		} else if (c->roff < PRE) {
			n = 1;
			c->hdr[c->roff++] = *p;
			if (c->roff == PRE)
				rec_start(c);
		} else if (c->roff < c->rlen - TAG) {
			n = min(len, c->rlen - TAG - c->roff);
			rec_decrypt(c, p, n);
		} else {
			n = 1;
			c->tag[c->roff++ - (c->rlen - TAG)] = *p;
			if (c->roff == c->rlen) {
				if (!rec_tag_ok(c)) {
					bump(c->t, S_rx_tls_err, 1);
					c->state = RX_SEARCH;
				} else {
					rec_next(c);
				}
			}
		}
	}
	return ok && c->state == RX_OFFLOAD;
}

/* [seq, seq + len) of the stream, payload at p (writable); true: decrypted as a whole */
static bool rx_segment(struct rx_ctx *c, u32 seq, u8 *p, u32 len)
{
	s32 gap = seq - c->nseq;

	if (gap + (s32)len <= 0)
		return false;			/* all old: a retransmission */
	if (gap < 0) {
		rx_run(c, p - gap, len + gap);	/* in part old: goes up as it is */
		return false;
	}
	if (gap > 0) {
		if (c->state != RX_SEARCH && c->roff >= HDR && gap <= c->rlen - c->roff) {
			c->skip = true;		/* the next header is not in the hole */
			c->roff += gap;
			if (c->roff == c->rlen)
				rec_next(c);
		} else {
			c->state = RX_SEARCH;
		}
		c->nseq = seq;
	}
	/* The stack has read past the guessed header and said nothing: it was none, or it was
	 * parsed before the request. There is no negative answer, so guess again.
	 */
	if (c->state == RX_TRACK && c->sk &&
	    after(READ_ONCE(tcp_sk(c->sk)->copied_seq), c->req_seq + PRE))
		c->state = RX_SEARCH;
	return rx_run(c, p, len);
}

static bool sk_flow(const struct sock *sk, struct flow *f)
{
	const struct inet_sock *in = inet_sk(sk);

	memset(f, 0, sizeof(*f));
	f->lport = in->inet_sport;
	f->rport = in->inet_dport;
#if IS_ENABLED(CONFIG_IPV6)
	if (sk->sk_family == AF_INET6 && !ipv6_addr_v4mapped(&sk->sk_v6_daddr)) {
		f->family = AF_INET6;
		f->l = sk->sk_v6_rcv_saddr;
		f->r = sk->sk_v6_daddr;
		return true;
	}
#endif
	f->family = AF_INET;
	f->l.s6_addr32[0] = in->inet_rcv_saddr;
	f->r.s6_addr32[0] = in->inet_daddr;
	return true;
}

/* finds the TCP header; returns the offset of the payload from skb->data (network header), or -1 */
static int skb_flow(struct sk_buff *skb, struct flow *f, u32 *seq, u32 *plen, bool *special)
{
	u32 off, tot;
	struct tcphdr *th, _th;

	memset(f, 0, sizeof(*f));
	if (skb->protocol == htons(ETH_P_IP)) {
		struct iphdr _i, *i = skb_header_pointer(skb, 0, sizeof(_i), &_i);

		if (!i || i->protocol != IPPROTO_TCP || ip_is_fragment(i))
			return -1;
		off = i->ihl * 4;
		tot = ntohs(i->tot_len);
		f->family = AF_INET;
		f->l.s6_addr32[0] = i->daddr;
		f->r.s6_addr32[0] = i->saddr;
	} else if (skb->protocol == htons(ETH_P_IPV6)) {
		struct ipv6hdr _i, *i = skb_header_pointer(skb, 0, sizeof(_i), &_i);

		if (!i || i->nexthdr != IPPROTO_TCP)
			return -1;
		off = sizeof(_i);
		tot = off + ntohs(i->payload_len);
		f->family = AF_INET6;
		f->l = i->daddr;
		f->r = i->saddr;
	} else {
		return -1;
	}
	th = skb_header_pointer(skb, off, sizeof(_th), &_th);
	if (!th || tot > skb->len || tot < off + th->doff * 4)
		return -1;
	f->lport = th->dest;
	f->rport = th->source;
	*seq = ntohl(th->seq);
	*special = th->syn || th->rst;
	off += th->doff * 4;
	*plen = tot - off;
	return off;
}

/* skb->data is at the network header. Returns the skb to deliver. */
static struct sk_buff *bluerig_nic_rx_tls(struct bluerig_nic *t, struct sk_buff *skb)
{
	struct sk_buff *copy = NULL;
	struct rx_ctx *c;
	struct flow f;
	u32 seq, plen;
	bool special, ok;
	int off;

	if (list_empty(&t->rx_list))
		return skb;
	off = skb_flow(skb, &f, &seq, &plen, &special);
	if (off < 0 || special || !plen)
		return skb;
	rcu_read_lock();
	list_for_each_entry_rcu(c, &t->rx_list, list) {
		if (memcmp(&c->key, &f, sizeof(f)))
			continue;
		copy = skb_copy(skb, GFP_ATOMIC);
		if (!copy)
			break;			/* as if the device had not seen it */
		bump(t, S_sim_rx_flow_bytes, plen);
		spin_lock(&c->lock);
		ok = rx_segment(c, seq, copy->data + off, plen);
		if (ok && rx_error_every && !(++c->nframes % rx_error_every)) {
			bump(t, S_rx_tls_err, 1);
			ok = false;
		}
		spin_unlock(&c->lock);
		if (!ok) {
			kfree_skb(copy);
			copy = NULL;
			break;
		}
		copy->decrypted = 1;
		copy->ip_summed = CHECKSUM_UNNECESSARY;
		bump(t, S_rx_tls_decrypted_packets, max_t(u32, 1, skb_shinfo(skb)->gso_segs));
		bump(t, S_rx_tls_decrypted_bytes, plen + (u64)max_t(u32, 1, skb_shinfo(skb)->gso_segs) * (off + ETH_HLEN));
		break;
	}
	rcu_read_unlock();
	if (!copy)
		return skb;
	consume_skb(skb);
	return copy;
}

static rx_handler_result_t bluerig_nic_handle_frame(struct sk_buff **pskb)
{
	struct sk_buff *skb = skb_share_check(*pskb, GFP_ATOMIC);
	struct bluerig_nic *t;

	if (!skb)
		return RX_HANDLER_CONSUMED;
	t = rcu_dereference(skb->dev->rx_handler_data);
	if (!t || !(t->dev->flags & IFF_UP)) {
		kfree_skb(skb);
		return RX_HANDLER_CONSUMED;
	}
	skb = bluerig_nic_rx_tls(t, skb);
	skb->dev = t->dev;
	if (skb->pkt_type == PACKET_HOST || skb->pkt_type == PACKET_OTHERHOST)
		skb->pkt_type = ether_addr_equal(eth_hdr(skb)->h_dest, t->dev->dev_addr) ?
				PACKET_HOST : PACKET_OTHERHOST;
	dev_sw_netstats_rx_add(t->dev, skb->len + ETH_HLEN);
	*pskb = skb;
	return RX_HANDLER_ANOTHER;
}

/* ---------------------------------------------------------------- TX */

static bool skb_offloaded(struct sk_buff *skb, struct net_device *dev)
{
	struct sock *sk = skb->sk;

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
	if (!tls_is_skb_tx_device_offloaded(skb))
		return false;
#else
	if (!sk || !tls_is_sk_tx_device_offloaded(sk))
		return false;
#endif
	return rcu_access_pointer(tls_get_ctx(sk)->netdev) == dev;
}

static netdev_tx_t bluerig_nic_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct bluerig_nic *t = netdev_priv(dev);

	if (skb_offloaded(skb, dev)) {
		int plen = skb->len - skb_tcp_all_headers(skb);
		u32 seq = ntohl(tcp_hdr(skb)->seq);
		int segs = max_t(int, 1, skb_shinfo(skb)->gso_segs);

		if (plen > 0) {
			struct tx_ctx *c = tls_driver_ctx(skb->sk, TLS_OFFLOAD_CTX_DIR_TX);
			bool enc = skb->decrypted;	/* else: sent before TLS_TX was set */

			if (seq != c->nseq)
				bump(t, S_tx_tls_ooo, 1);
			c->nseq = seq + plen;
			skb = tls_encrypt_skb(skb);
			if (!skb) {
				bump(t, S_tx_tls_drop_no_sync_data, 1);
				dev->stats.tx_dropped++;
				return NETDEV_TX_OK;
			}
			if (enc && tx_in_software) {
				bump(t, S_sim_tx_sw_packets, segs);
			} else if (enc) {
				bump(t, S_tx_tls_encrypted_packets, segs);
				bump(t, S_tx_tls_encrypted_bytes, plen);
			}
		}
	}
	/* From here on the frame is on the wire. Left with its socket, the lower device's
	 * validate_xmit_skb would encrypt it again - also on a socket that tls_device_down() has
	 * moved to software, whose frames arrive here encrypted but with ->decrypted still set.
	 */
	if (skb->sk && sk_fullsock(skb->sk) && READ_ONCE(skb->sk->sk_validate_xmit_skb))
		skb_orphan(skb);
	skb->decrypted = 0;
	dev_sw_netstats_tx_add(dev, 1, skb->len);
	skb->dev = t->lower;
	dev_queue_xmit(skb);
	return NETDEV_TX_OK;
}

/* ---------------------------------------------------------------- tlsdev_ops */

static int bluerig_nic_tls_add(struct net_device *dev, struct sock *sk, enum tls_offload_ctx_dir dir,
			  struct tls_crypto_info *ci, u32 start_seq)
{
	struct bluerig_nic *t = netdev_priv(dev);
	const u8 *key, *salt, *rec_seq;
	unsigned int klen, *cnt = dir == TLS_OFFLOAD_CTX_DIR_TX ? &t->ntx : &t->nrx;
	struct rx_ctx *c = NULL;
	be128 h = {};
	int err;

	if (ci->version != TLS_1_2_VERSION)
		return -EOPNOTSUPP;
	if (ci->cipher_type == TLS_CIPHER_AES_GCM_128) {
		struct tls12_crypto_info_aes_gcm_128 *i = (void *)ci;

		key = i->key; salt = i->salt; rec_seq = i->rec_seq; klen = 16;
	} else if (ci->cipher_type == TLS_CIPHER_AES_GCM_256) {
		struct tls12_crypto_info_aes_gcm_256 *i = (void *)ci;

		key = i->key; salt = i->salt; rec_seq = i->rec_seq; klen = 32;
	} else {
		return -EOPNOTSUPP;
	}

	if (dir == TLS_OFFLOAD_CTX_DIR_RX) {
		c = kzalloc(sizeof(*c), GFP_KERNEL);
		if (!c)
			return -ENOMEM;
		spin_lock_init(&c->lock);
		sk_flow(sk, &c->key);
		/* keyed for the reader: local = our side */
		err = aes_expandkey(&c->aes, key, klen);
		if (err)
			goto free;
		aes_encrypt(&c->aes, (u8 *)&h, (u8 *)&h);
		c->gh = gf128mul_init_4k_lle(&h);
		err = -ENOMEM;
		if (!c->gh)
			goto free;
		memcpy(c->salt, salt, 4);
		c->rcd_sn = get_unaligned_be64(rec_seq);
		c->nseq = start_seq;
		c->state = rx_never_lock || rx_in_software ? RX_SEARCH : RX_OFFLOAD;
		c->sk = sk;
		c->t = t;
	}
	spin_lock_bh(&t->lock);
	if (*cnt >= max_contexts) {
		spin_unlock_bh(&t->lock);
		err = -ENOSPC;
		goto free;
	}
	++*cnt;
	if (c)
		list_add_rcu(&c->list, &t->rx_list);
	spin_unlock_bh(&t->lock);
	if (c) {
		*(struct rx_ctx **)tls_driver_ctx(sk, TLS_OFFLOAD_CTX_DIR_RX) = c;
		tls_offload_rx_resync_set_type(sk, TLS_OFFLOAD_SYNC_TYPE_DRIVER_REQ);
		bump(t, S_rx_tls_ctx, 1);
	} else {
		((struct tx_ctx *)tls_driver_ctx(sk, TLS_OFFLOAD_CTX_DIR_TX))->nseq = start_seq;
		bump(t, S_tx_tls_ctx, 1);
	}
	return 0;
free:
	if (c) {
		if (c->gh)
			gf128mul_free_4k(c->gh);
		kfree_sensitive(c);
	}
	return err;
}

static void rx_ctx_free(struct rcu_head *r)
{
	struct rx_ctx *c = container_of(r, struct rx_ctx, rcu);

	gf128mul_free_4k(c->gh);
	kfree_sensitive(c);
}

static void bluerig_nic_tls_del(struct net_device *dev, struct tls_context *ctx, enum tls_offload_ctx_dir dir)
{
	struct bluerig_nic *t = netdev_priv(dev);

	if (dir == TLS_OFFLOAD_CTX_DIR_RX) {
		struct rx_ctx *c = *(struct rx_ctx **)__tls_driver_ctx(ctx, dir);

		spin_lock_bh(&c->lock);
		c->sk = NULL;		/* its TLS context may go as soon as we return */
		spin_unlock_bh(&c->lock);
		spin_lock_bh(&t->lock);
		list_del_rcu(&c->list);
		t->nrx--;
		spin_unlock_bh(&t->lock);
		bump(t, S_rx_tls_del, 1);
		call_rcu(&c->rcu, rx_ctx_free);
	} else {
		spin_lock_bh(&t->lock);
		t->ntx--;
		spin_unlock_bh(&t->lock);
		bump(t, S_tx_tls_del, 1);
	}
}

/* the stack has parsed the header we asked about: it is real, and its record number is *rcd_sn */
static int bluerig_nic_tls_resync(struct net_device *dev, struct sock *sk, u32 seq, u8 *rcd_sn,
			     enum tls_offload_ctx_dir dir)
{
	struct bluerig_nic *t = netdev_priv(dev);
	struct rx_ctx *c;

	if (dir != TLS_OFFLOAD_CTX_DIR_RX)
		return 0;
	c = *(struct rx_ctx **)tls_driver_ctx(sk, dir);
	spin_lock_bh(&c->lock);
	if (c->state == RX_TRACK && seq == c->req_seq + HDR - 1) {
		c->rcd_sn += get_unaligned_be64(rcd_sn);
		c->state = RX_OFFLOAD;
		if (c->roff <= HDR)
			c->skip = false;	/* its first byte is not past yet */
		bump(t, S_rx_tls_resync_res_ok, 1);
	} else {
		bump(t, S_rx_tls_resync_res_skip, 1);	/* lost the framing again meanwhile */
	}
	spin_unlock_bh(&c->lock);
	return 0;
}

static const struct tlsdev_ops bluerig_nic_tls_ops = {
	.tls_dev_add = bluerig_nic_tls_add,
	.tls_dev_del = bluerig_nic_tls_del,
	.tls_dev_resync = bluerig_nic_tls_resync,
};

/* ---------------------------------------------------------------- netdev */

static int bluerig_nic_init(struct net_device *dev)
{
	dev->tstats = netdev_alloc_pcpu_stats(struct pcpu_sw_netstats);
	return dev->tstats ? 0 : -ENOMEM;
}

static void bluerig_nic_uninit(struct net_device *dev)
{
	free_percpu(dev->tstats);
}

static int bluerig_nic_open(struct net_device *dev)
{
	struct bluerig_nic *t = netdev_priv(dev);

	if (!(t->lower->flags & IFF_UP))
		return -ENETDOWN;
	netif_stacked_transfer_operstate(t->lower, dev);
	return 0;
}

static int bluerig_nic_stop(struct net_device *dev)
{
	netif_carrier_off(dev);
	return 0;
}

static int bluerig_nic_mtu(struct net_device *dev, int mtu)
{
	struct bluerig_nic *t = netdev_priv(dev);

	if (mtu > t->lower->mtu)
		return -EINVAL;
	dev->mtu = mtu;
	return 0;
}

static const struct net_device_ops bluerig_nic_ndo = {
	.ndo_init = bluerig_nic_init,
	.ndo_uninit = bluerig_nic_uninit,
	.ndo_open = bluerig_nic_open,
	.ndo_stop = bluerig_nic_stop,
	.ndo_start_xmit = bluerig_nic_xmit,
	.ndo_change_mtu = bluerig_nic_mtu,
	.ndo_set_mac_address = eth_mac_addr,
	.ndo_validate_addr = eth_validate_addr,
	.ndo_get_stats64 = dev_get_tstats64,
};

static void bluerig_nic_drvinfo(struct net_device *dev, struct ethtool_drvinfo *i)
{
	strscpy(i->driver, "bluerig_nic", sizeof(i->driver));
	strscpy(i->version, "1", sizeof(i->version));
	strscpy(i->bus_info, "sim", sizeof(i->bus_info));
}

static int bluerig_nic_sset(struct net_device *dev, int s) { return s == ETH_SS_STATS ? S_MAX : -EOPNOTSUPP; }

static void bluerig_nic_strings(struct net_device *dev, u32 s, u8 *d)
{
	if (s == ETH_SS_STATS)
		memcpy(d, stat_names, sizeof(stat_names));
}

static void bluerig_nic_stats(struct net_device *dev, struct ethtool_stats *s, u64 *d)
{
	struct bluerig_nic *t = netdev_priv(dev);
	int i;

	for (i = 0; i < S_MAX; i++)
		d[i] = atomic64_read(&t->st[i]);
}

static const struct ethtool_ops bluerig_nic_ethtool = {
	.get_drvinfo = bluerig_nic_drvinfo,
	.get_link = ethtool_op_get_link,
	.get_sset_count = bluerig_nic_sset,
	.get_strings = bluerig_nic_strings,
	.get_ethtool_stats = bluerig_nic_stats,
};

static void bluerig_nic_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &bluerig_nic_ndo;
	dev->ethtool_ops = &bluerig_nic_ethtool;
	dev->tlsdev_ops = &bluerig_nic_tls_ops;
	dev->needs_free_netdev = true;
	dev->priv_flags |= IFF_NO_QUEUE | IFF_LIVE_ADDR_CHANGE;
	dev->hw_features = NETIF_F_SG | NETIF_F_HW_CSUM | NETIF_F_TSO | NETIF_F_TSO6 |
			   NETIF_F_RXCSUM | NETIF_F_HW_TLS_TX | NETIF_F_HW_TLS_RX;
	dev->features = dev->hw_features & ~NETIF_F_HW_TLS_RX;	/* mlx5's default: TX on, RX off */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0)
	dev->lltx = true;
#else
	dev->features |= NETIF_F_LLTX;
#endif
}

static int bluerig_nic_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			  struct nlattr *data[], struct netlink_ext_ack *ext)
{
	struct bluerig_nic *t = netdev_priv(dev);
	struct net_device *lower;
	int err;

	if (!tb[IFLA_LINK])
		return -EINVAL;
	lower = __dev_get_by_index(src_net, nla_get_u32(tb[IFLA_LINK]));
	if (!lower)
		return -ENODEV;
	if (lower->type != ARPHRD_ETHER)
		return -EINVAL;
	t->dev = dev;
	t->lower = lower;
	spin_lock_init(&t->lock);
	INIT_LIST_HEAD(&t->rx_list);
	dev->mtu = lower->mtu;
	if (!tb[IFLA_ADDRESS])
		eth_hw_addr_set(dev, lower->dev_addr);
	netif_set_tso_max_size(dev, 32768);	/* tls_encrypt_skb and the RX copy are linear */
	err = register_netdevice(dev);
	if (err)
		return err;
	err = netdev_rx_handler_register(lower, bluerig_nic_handle_frame, t);
	if (err)
		goto unreg;
	err = netdev_upper_dev_link(lower, dev, ext);
	if (err)
		goto unrx;
	dev_set_promiscuity(lower, 1);
	netif_stacked_transfer_operstate(lower, dev);
	return 0;
unrx:
	netdev_rx_handler_unregister(lower);
unreg:
	unregister_netdevice(dev);
	return err;
}

static void bluerig_nic_dellink(struct net_device *dev, struct list_head *head)
{
	struct bluerig_nic *t = netdev_priv(dev);

	netdev_rx_handler_unregister(t->lower);
	dev_set_promiscuity(t->lower, -1);
	netdev_upper_dev_unlink(t->lower, dev);
	unregister_netdevice_queue(dev, head);
}


static struct rtnl_link_ops bluerig_nic_rtnl = {
	.kind = "bluerig",
	.priv_size = sizeof(struct bluerig_nic),
	.setup = bluerig_nic_setup,
	.newlink = bluerig_nic_newlink,
	.dellink = bluerig_nic_dellink,
};

static int bluerig_nic_event(struct notifier_block *nb, unsigned long ev, void *p)
{
	struct net_device *lower = netdev_notifier_info_to_dev(p);
	struct bluerig_nic *t;

	if (rcu_access_pointer(lower->rx_handler) != bluerig_nic_handle_frame)
		return NOTIFY_DONE;
	t = rtnl_dereference(lower->rx_handler_data);
	if (ev == NETDEV_UP || ev == NETDEV_CHANGE || ev == NETDEV_DOWN) {
		if (t->dev->flags & IFF_UP)
			netif_stacked_transfer_operstate(lower, t->dev);
	} else if (ev == NETDEV_UNREGISTER && lower->reg_state == NETREG_UNREGISTERING) {
		LIST_HEAD(kill);

		bluerig_nic_dellink(t->dev, &kill);
		unregister_netdevice_many(&kill);
	}
	return NOTIFY_DONE;
}

static struct notifier_block bluerig_nic_nb = { .notifier_call = bluerig_nic_event };

static int __init bluerig_nic_mod_init(void)
{
	int err = register_netdevice_notifier(&bluerig_nic_nb);

	if (err)
		return err;
	err = rtnl_link_register(&bluerig_nic_rtnl);
	if (err)
		unregister_netdevice_notifier(&bluerig_nic_nb);
	return err;
}

static void __exit bluerig_nic_mod_exit(void)
{
	rtnl_link_unregister(&bluerig_nic_rtnl);
	unregister_netdevice_notifier(&bluerig_nic_nb);
	rcu_barrier();
}

module_init(bluerig_nic_mod_init);
module_exit(bluerig_nic_mod_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("software model of a NIC with kTLS record offload");
MODULE_ALIAS_RTNL_LINK("bluerig");
