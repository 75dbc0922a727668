/* SPDX-License-Identifier: GPL-2.0 */
/*
 * AES-GCM of TLS 1.2 records (RFC 5288), piece by piece as frames bring them: the
 * kernel's own gcm(aes) wants a record whole.
 */
#ifndef BLUERIG_NIC_GCM_H
#define BLUERIG_NIC_GCM_H

#include <crypto/aes.h>
#include <crypto/hash.h>
#include <crypto/skcipher.h>

#define GCM_SALT	4
#define GCM_NONCE	8	/* sent with each record */
#define GCM_TAG		16

struct gcm {
	struct crypto_aes_ctx aes;		/* single blocks */
	struct crypto_sync_skcipher *ctr;	/* runs of blocks */
	struct shash_desc *ghash;
	/* the record in progress */
	u8 counter[AES_BLOCK_SIZE];		/* salt, nonce, and the next block's number */
	u8 stream[AES_BLOCK_SIZE];		/* key stream of the block in progress */
	u8 mask[AES_BLOCK_SIZE];		/* key stream of the tag */
	u32 aad;
	u32 done;
};

int gcm_init(struct gcm *gcm, const u8 *key, unsigned int key_len, const u8 *salt);
void gcm_free(struct gcm *gcm);

void gcm_start(struct gcm *gcm, const u8 *nonce, const u8 *aad, u32 aad_len);
/* in place; linear memory; false: the cipher failed */
bool gcm_decrypt(struct gcm *gcm, u8 *data, u32 len);
bool gcm_finish(struct gcm *gcm, const u8 *tag);

#endif
