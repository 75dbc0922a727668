// SPDX-License-Identifier: GPL-2.0
/* What net/tls asks of a device: contexts come, go, and get answers (tlsdev_ops). */
#include <linux/skbuff.h>
#include <linux/tcp.h>
#include <net/tcp.h>
#include <net/tls.h>

#include "faults.h"
#include "offload.h"
#include "receive.h"
#include "unaligned.h"

/* Ciphers are freed where sleeping is allowed, and all of them before the module. */
static struct workqueue_struct *retirement;

struct keys {
	const u8 *key;
	unsigned int key_len;
	const u8 *salt;
	u64 number;		/* of the next record */
};

/* mlx5's ConnectX-6 Dx: TLS 1.2 with AES-GCM and nothing else */
static int read_keys(struct tls_crypto_info *info, struct keys *keys)
{
	if (info->version != TLS_1_2_VERSION)
		return -EOPNOTSUPP;
	switch (info->cipher_type) {
	case TLS_CIPHER_AES_GCM_128: {
		struct tls12_crypto_info_aes_gcm_128 *gcm = (void *)info;

		*keys = (struct keys){ gcm->key, sizeof(gcm->key), gcm->salt,
				       get_unaligned_be64(gcm->rec_seq) };
		return 0;
	}
	case TLS_CIPHER_AES_GCM_256: {
		struct tls12_crypto_info_aes_gcm_256 *gcm = (void *)info;

		*keys = (struct keys){ gcm->key, sizeof(gcm->key), gcm->salt,
				       get_unaligned_be64(gcm->rec_seq) };
		return 0;
	}
	default:
		return -EOPNOTSUPP;
	}
}

static struct nic_rx_context **rx_context(struct tls_context *tls)
{
	return __tls_driver_ctx(tls, TLS_OFFLOAD_CTX_DIR_RX);
}

static bool reserve(struct nic *nic, unsigned int *contexts)
{
	bool room;

	spin_lock_bh(&nic->lock);
	room = *contexts < READ_ONCE(nic_max_contexts);
	if (room)
		WRITE_ONCE(*contexts, *contexts + 1);
	spin_unlock_bh(&nic->lock);
	return room;
}

static void release(struct nic *nic, unsigned int *contexts)
{
	spin_lock_bh(&nic->lock);
	WRITE_ONCE(*contexts, *contexts - 1);
	spin_unlock_bh(&nic->lock);
}

static int add_tx(struct nic *nic, struct sock *sk, u32 start)
{
	struct nic_tx_context *context = tls_driver_ctx(sk, TLS_OFFLOAD_CTX_DIR_TX);

	BUILD_BUG_ON(sizeof(*context) > TLS_DRIVER_STATE_SIZE_TX);
	if (!reserve(nic, &nic->tx_contexts))
		return -ENOSPC;
	context->expected = start;
	nic_count(nic, NIC_tx_tls_ctx);
	/* mlx5 keeps a pool of objects; with none to spare each context makes its own */
	nic_count(nic, NIC_tx_tls_pool_alloc);
	return 0;
}

/* Bytes of a queued packet that the engine still expects; false: there is a hole. */
static bool missed(struct engine *engine, const struct sk_buff *skb, u32 headers)
{
	u32 len = skb->len - headers;
	s32 old = engine->expected - TCP_SKB_CB(skb)->seq;

	if (old < 0)
		return false;
	if (old < len)
		engine_missed(engine, skb, headers + old, len - old);
	return true;
}

/*
 * TLS_RX is set when the first records may have come already: start is then a place
 * that has passed the device. The socket still has them, so its driver reads their
 * framing there. Without this the engine had to guess and to ask, and on a bulk stream
 * the answer comes only when the reader has worked through all that is queued.
 *
 * The caller holds the socket's user lock, so nobody reads the queue; the spinlock
 * keeps the backlog still.
 */
static void catch_up(struct engine *engine, struct sock *sk)
{
	struct sk_buff *skb;

	skb_queue_walk(&sk->sk_receive_queue, skb)
		if (!missed(engine, skb, 0))
			return;
	for (skb = sk->sk_backlog.head; skb; skb = skb->next)
		if (!missed(engine, skb, tcp_hdrlen(skb)))
			return;
}

static void publish(struct nic *nic, struct nic_rx_context *context, struct sock *sk)
{
	local_bh_disable();
	bh_lock_sock(sk);
	spin_lock(&context->lock);
	catch_up(&context->engine, sk);
	spin_lock(&nic->lock);
	hash_add_rcu(nic->flows, &context->node, nic_flow_hash(&context->flow));
	spin_unlock(&nic->lock);
	spin_unlock(&context->lock);
	bh_unlock_sock(sk);
	local_bh_enable();
}

static int add_rx(struct nic *nic, struct sock *sk, const struct keys *keys, u32 start)
{
	struct nic_rx_context *context;
	int err;

	if (!reserve(nic, &nic->rx_contexts))
		return -ENOSPC;
	context = kzalloc(sizeof(*context), GFP_KERNEL);
	if (!context) {
		err = -ENOMEM;
		goto release;
	}
	err = gcm_init(&context->engine.gcm, keys->key, keys->key_len, keys->salt);
	if (err)
		goto free;

	spin_lock_init(&context->lock);
	nic_flow_of_socket(sk, &context->flow);
	context->engine.nic = nic;
	context->engine.sk = sk;
	context->engine.number = keys->number;
	context->engine.expected = start;
	context->engine.state = nic_rx_never_lock ? ENGINE_SEARCH : ENGINE_OFFLOAD;

	*rx_context(tls_get_ctx(sk)) = context;
	tls_offload_rx_resync_set_type(sk, TLS_OFFLOAD_SYNC_TYPE_DRIVER_REQ);
	publish(nic, context, sk);
	nic_count(nic, NIC_rx_tls_ctx);
	return 0;

free:
	kfree_sensitive(context);
release:
	release(nic, &nic->rx_contexts);
	return err;
}

/* An emulated computer that is busy may stand still for longer than the 200 ms after which TCP repeats what was never lost. */
static void be_patient(struct sock *sk)
{
	WRITE_ONCE(inet_csk(sk)->icsk_rto_min, 2 * HZ);
}

static int nic_tls_add(struct net_device *dev, struct sock *sk, enum tls_offload_ctx_dir direction,
		       struct tls_crypto_info *info, u32 start)
{
	struct nic *nic = netdev_priv(dev);
	struct keys keys;
	int err = read_keys(info, &keys);

	if (err)
		return err;
	be_patient(sk);
	if (direction == TLS_OFFLOAD_CTX_DIR_TX)
		return add_tx(nic, sk, start);
	return add_rx(nic, sk, &keys, start);
}

static void retire(struct work_struct *work)
{
	struct nic_rx_context *context =
		container_of(to_rcu_work(work), struct nic_rx_context, retired);

	gcm_free(&context->engine.gcm);
	kfree_sensitive(context);
}

static void del_rx(struct nic *nic, struct nic_rx_context *context)
{
	spin_lock_bh(&context->lock);
	context->engine.sk = NULL;
	spin_unlock_bh(&context->lock);

	spin_lock_bh(&nic->lock);
	hash_del_rcu(&context->node);
	spin_unlock_bh(&nic->lock);

	INIT_RCU_WORK(&context->retired, retire);
	queue_rcu_work(retirement, &context->retired);
}

static void nic_tls_del(struct net_device *dev, struct tls_context *tls,
			enum tls_offload_ctx_dir direction)
{
	struct nic *nic = netdev_priv(dev);

	if (direction == TLS_OFFLOAD_CTX_DIR_TX) {
		release(nic, &nic->tx_contexts);
		nic_count(nic, NIC_tx_tls_del);
		nic_count(nic, NIC_tx_tls_pool_free);
		return;
	}
	del_rx(nic, *rx_context(tls));
	release(nic, &nic->rx_contexts);
	nic_count(nic, NIC_rx_tls_del);
}

/* Receive only: a transmit context is put in order packet by packet. */
static int nic_tls_resync(struct net_device *dev, struct sock *sk, u32 seq, u8 *number,
			  enum tls_offload_ctx_dir direction)
{
	struct nic_rx_context *context;

	if (direction != TLS_OFFLOAD_CTX_DIR_RX)
		return -EOPNOTSUPP;
	context = *rx_context(tls_get_ctx(sk));
	spin_lock_bh(&context->lock);
	engine_answered(&context->engine, seq, get_unaligned_be64(number));
	spin_unlock_bh(&context->lock);
	return 0;
}

const struct tlsdev_ops nic_tlsdev_ops = {
	.tls_dev_add	= nic_tls_add,
	.tls_dev_del	= nic_tls_del,
	.tls_dev_resync	= nic_tls_resync,
};

int nic_offload_init(void)
{
	retirement = alloc_workqueue(NIC_NAME, 0, 0);
	return retirement ? 0 : -ENOMEM;
}

void nic_offload_exit(void)
{
	/* queue_rcu_work() queues from an RCU callback */
	rcu_barrier();
	destroy_workqueue(retirement);
}
