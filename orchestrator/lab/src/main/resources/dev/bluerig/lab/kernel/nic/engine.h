/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The receive engine: follows one TCP stream and its TLS records and decrypts in place.
 *
 *   SEARCH   The framing is not known: looks for bytes that could be a record's header.
 *   TRACK    Such bytes were found; the records behind them are followed and counted
 *            until the stack confirms them and tells the record's number.
 *   OFFLOAD  Framing and number are known: every record that is seen from its first
 *            byte on is decrypted.
 *
 * A hole that lies within one record costs that record. A hole that may hide a header
 * leads back to SEARCH, as do bytes that are no header and a tag that is wrong.
 */
#ifndef BLUERIG_NIC_ENGINE_H
#define BLUERIG_NIC_ENGINE_H

#include <net/sock.h>
#include <net/tls.h>

#include "gcm.h"
#include "nic.h"

#define RECORD_HEADER	TLS_HEADER_SIZE
#define RECORD_PREFIX	(RECORD_HEADER + GCM_NONCE)

enum engine_state { ENGINE_SEARCH, ENGINE_TRACK, ENGINE_OFFLOAD };

struct engine {
	struct nic *nic;	/* whose counters move */
	struct sock *sk;	/* whom to ask; NULL: nobody any more */
	struct gcm gcm;
	enum engine_state state;
	u32 expected;		/* sequence number of the next byte */
	u32 guess;		/* TRACK: sequence number of the header that was found */
	/* the record in progress */
	u64 number;		/* TRACK: counted from the guess */
	u32 seen;		/* bytes of it */
	u32 len;		/* with header and tag; known once the header is seen */
	bool skip;		/* its beginning was missed */
	u8 prefix[RECORD_PREFIX];
	u8 tag[GCM_TAG];
	u8 *plain;		/* the last byte that was decrypted in this frame, or NULL */
};

/*
 * [seq, seq + len) of the stream, to be decrypted in place. True if all of it is
 * plaintext now; else the caller must throw the bytes away and use its own copy.
 */
bool engine_receive(struct engine *engine, u32 seq, u8 *data, u32 len);

/* The same stretch of the stream passed the device unseen and is at data of skb. */
void engine_missed(struct engine *engine, const struct sk_buff *skb, u32 offset, u32 len);

/* The stack's answer: a record with this number begins at seq - RECORD_HEADER + 1. */
void engine_answered(struct engine *engine, u32 seq, u64 number);

#endif
