// SPDX-License-Identifier: GPL-2.0
#include <linux/tcp.h>
#include <net/tcp.h>

#include "engine.h"
#include "faults.h"
#include "unaligned.h"

/* Sequence number, type, version and length (RFC 5246, 6.2.3.3). */
#define AAD_LEN 13

/* What every record of TLS 1.2 with AES-GCM has besides its plaintext. */
#define RECORD_OVERHEAD (GCM_NONCE + GCM_TAG)

static bool is_header(const u8 *header)
{
	u32 len = get_unaligned_be16(header + 3);

	/* change_cipher_spec 20 to heartbeat 24 (IANA), version 3.3 */
	return header[0] >= 20 && header[0] <= 24 && header[1] == 3 && header[2] == 3 &&
	       len >= RECORD_OVERHEAD && len <= TLS_MAX_PAYLOAD_SIZE + RECORD_OVERHEAD;
}

static void lose(struct engine *engine)
{
	if (engine->state == ENGINE_OFFLOAD)
		nic_count(engine->nic, NIC_model_rx_lost);
	engine->state = ENGINE_SEARCH;
}

static void next_record(struct engine *engine)
{
	engine->number++;
	engine->seen = 0;
	engine->skip = engine->state != ENGINE_OFFLOAD;
}

static void start_decrypting(struct engine *engine)
{
	u8 aad[AAD_LEN];

	put_unaligned_be64(engine->number, aad);
	memcpy(aad + 8, engine->prefix, 3);
	put_unaligned_be16(engine->len - RECORD_PREFIX - GCM_TAG, aad + 11);
	gcm_start(&engine->gcm, engine->prefix + RECORD_HEADER, aad, sizeof(aad));
}

/*
 * Looks for a header that lies wholly in the data, and asks the stack about it. The
 * question is set before the frame goes up, so the stack cannot have parsed the header
 * yet; however late it answers, the records since then are counted.
 * Returns the number of bytes before the header.
 */
static u32 search(struct engine *engine, const u8 *data, u32 len)
{
	u32 i;

	if (!engine->sk)
		return len;
	for (i = 0; i + RECORD_HEADER <= len; i++) {
		if (!is_header(data + i))
			continue;
		engine->state = ENGINE_TRACK;
		engine->guess = engine->expected + i;
		engine->number = 0;
		engine->seen = 0;
		engine->skip = true;
		/* net/tls compares with the number of the header's last byte */
		tls_offload_rx_resync_request(engine->sk, htonl(engine->guess + RECORD_HEADER - 1));
		nic_count(engine->nic, NIC_rx_tls_resync_req_pkt);
		/* mlx5 asks its card in between; here both are one step */
		nic_count(engine->nic, NIC_rx_tls_resync_req_start);
		nic_count(engine->nic, NIC_rx_tls_resync_req_end);
		return i;
	}
	return len;
}

static u32 take_header(struct engine *engine, const u8 *data, u32 len)
{
	u32 n = min_t(u32, len, RECORD_HEADER - engine->seen);

	memcpy(engine->prefix + engine->seen, data, n);
	engine->seen += n;
	if (engine->seen < RECORD_HEADER)
		return n;
	if (is_header(engine->prefix))
		engine->len = RECORD_HEADER + get_unaligned_be16(engine->prefix + 3);
	else
		lose(engine);
	return n;
}

static u32 take_nonce(struct engine *engine, const u8 *data, u32 len)
{
	u32 n = min_t(u32, len, RECORD_PREFIX - engine->seen);

	memcpy(engine->prefix + engine->seen, data, n);
	engine->seen += n;
	if (engine->seen == RECORD_PREFIX)
		start_decrypting(engine);
	return n;
}

static u32 take_text(struct engine *engine, u8 *data, u32 len, bool *good)
{
	u32 n = min_t(u32, len, engine->len - GCM_TAG - engine->seen);

	*good &= gcm_decrypt(&engine->gcm, data, n);
	engine->plain = data + n - 1;
	engine->seen += n;
	return n;
}

static u32 take_tag(struct engine *engine, const u8 *data, u32 len, bool *good)
{
	u32 at = engine->seen - (engine->len - GCM_TAG);
	u32 n = min_t(u32, len, GCM_TAG - at);

	memcpy(engine->tag + at, data, n);
	engine->seen += n;
	if (engine->seen < engine->len)
		return n;
	if (gcm_finish(&engine->gcm, engine->tag)) {
		next_record(engine);
	} else {
		nic_count(engine->nic, NIC_rx_tls_err);
		*good = false;
		lose(engine);
	}
	return n;
}

static u32 skip_record(struct engine *engine, u32 len)
{
	u32 n = min_t(u32, len, engine->len - engine->seen);

	if (engine->state == ENGINE_TRACK)
		nic_add(engine->nic, NIC_model_rx_waiting_bytes, n);
	engine->seen += n;
	if (engine->seen == engine->len)
		next_record(engine);
	return n;
}

/* data begins at engine->expected */
static bool run(struct engine *engine, u8 *data, u32 len)
{
	bool good = true;
	u32 n;

	for (; len; data += n, len -= n, engine->expected += n) {
		if (engine->state == ENGINE_SEARCH) {
			good = false;
			n = search(engine, data, len);
		} else if (engine->seen < RECORD_HEADER) {
			n = take_header(engine, data, len);
		} else if (engine->skip) {
			good = false;
			n = skip_record(engine, len);
		} else if (engine->seen < RECORD_PREFIX) {
			n = take_nonce(engine, data, len);
		} else if (engine->seen < engine->len - GCM_TAG) {
			n = take_text(engine, data, len, &good);
		} else {
			n = take_tag(engine, data, len, &good);
		}
	}
	return good && engine->state == ENGINE_OFFLOAD;
}

static void jump(struct engine *engine, u32 seq)
{
	u32 hole = seq - engine->expected;
	bool within = engine->state != ENGINE_SEARCH && engine->seen >= RECORD_HEADER &&
		      hole <= engine->len - engine->seen;

	if (within) {
		engine->skip = true;
		skip_record(engine, hole);
	} else {
		lose(engine);
	}
	engine->expected = seq;
}

/*
 * There is no answer "no". Once the stack has read past the guessed header and said
 * nothing it was none, so guess again.
 */
static bool denied(const struct engine *engine)
{
	return engine->state == ENGINE_TRACK && engine->sk &&
	       after(READ_ONCE(tcp_sk(engine->sk)->copied_seq), engine->guess + RECORD_PREFIX);
}

bool engine_receive(struct engine *engine, u32 seq, u8 *data, u32 len)
{
	s32 ahead = seq - engine->expected;

	engine->plain = NULL;
	/* old bytes: a retransmission. The stack may want them, as they came. */
	if (ahead + (s32)len <= 0)
		return false;
	if (ahead < 0) {
		run(engine, data - ahead, len + ahead);
		return false;
	}
	if (ahead > 0)
		jump(engine, seq);
	if (denied(engine))
		lose(engine);
	return run(engine, data, len);
}

void engine_missed(struct engine *engine, const struct sk_buff *skb, u32 offset, u32 len)
{
	u8 header[RECORD_HEADER];
	u32 n;

	nic_add(engine->nic, NIC_model_rx_queued_bytes, len);
	engine->expected += len;
	for (; len && engine->state == ENGINE_OFFLOAD; offset += n, len -= n) {
		if (engine->seen < RECORD_HEADER) {
			n = min_t(u32, len, RECORD_HEADER - engine->seen);
			if (skb_copy_bits(skb, offset, header, n)) {
				lose(engine);
				return;
			}
			take_header(engine, header, n);
		} else {
			n = skip_record(engine, len);
		}
		/* whose beginning is here cannot be decrypted as a whole */
		engine->skip = engine->seen > 0;
	}
}

void engine_answered(struct engine *engine, u32 seq, u64 number)
{
	if (nic_rx_never_lock) {
		nic_count(engine->nic, NIC_rx_tls_resync_res_skip);
		return;
	}
	/*
	 * mlx5 counts an answer as taken when it has handed it to its card, which by then
	 * may be elsewhere (ktls_rx.c, resync_handle_seq_match): not a failure of the resync
	 * but a late answer, and the next question is on its way.
	 */
	nic_count(engine->nic, NIC_rx_tls_resync_res_ok);
	if (engine->state != ENGINE_TRACK || seq != engine->guess + RECORD_HEADER - 1) {
		nic_count(engine->nic, NIC_model_rx_stale_answers);
		return;
	}
	engine->number += number;
	engine->state = ENGINE_OFFLOAD;
	/* the record in progress is whole if only its header has passed */
	engine->skip = engine->seen > RECORD_HEADER;
}
