// SPDX-License-Identifier: GPL-2.0
#include <crypto/algapi.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

#include "gcm.h"
#include "unaligned.h"

static const u8 zeros[AES_BLOCK_SIZE];

static u8 *block_number(struct gcm *gcm)
{
	return gcm->counter + GCM_SALT + GCM_NONCE;
}

int gcm_init(struct gcm *gcm, const u8 *key, unsigned int key_len, const u8 *salt)
{
	struct crypto_shash *ghash;
	u8 hash_key[AES_BLOCK_SIZE];
	int err;

	memcpy(gcm->counter, salt, GCM_SALT);
	err = aes_expandkey(&gcm->aes, key, key_len);
	if (err)
		return err;

	gcm->ctr = crypto_alloc_sync_skcipher("ctr(aes)", 0, 0);
	if (IS_ERR(gcm->ctr)) {
		err = PTR_ERR(gcm->ctr);
		goto forget;
	}
	err = crypto_sync_skcipher_setkey(gcm->ctr, key, key_len);
	if (err)
		goto free_ctr;

	ghash = crypto_alloc_shash("ghash", 0, 0);
	if (IS_ERR(ghash)) {
		err = PTR_ERR(ghash);
		goto free_ctr;
	}
	aes_encrypt(&gcm->aes, hash_key, zeros);
	err = crypto_shash_setkey(ghash, hash_key, sizeof(hash_key));
	memzero_explicit(hash_key, sizeof(hash_key));
	if (err)
		goto free_hash;
	gcm->ghash = kzalloc(sizeof(*gcm->ghash) + crypto_shash_descsize(ghash), GFP_KERNEL);
	if (!gcm->ghash) {
		err = -ENOMEM;
		goto free_hash;
	}
	gcm->ghash->tfm = ghash;
	return 0;

free_hash:
	crypto_free_shash(ghash);
free_ctr:
	crypto_free_sync_skcipher(gcm->ctr);
forget:
	memzero_explicit(&gcm->aes, sizeof(gcm->aes));
	return err;
}

void gcm_free(struct gcm *gcm)
{
	crypto_free_shash(gcm->ghash->tfm);
	kfree_sensitive(gcm->ghash);
	crypto_free_sync_skcipher(gcm->ctr);
	memzero_explicit(gcm, sizeof(*gcm));
}

static void hash_pad(struct gcm *gcm, u32 hashed)
{
	u32 over = hashed % AES_BLOCK_SIZE;

	if (over)
		crypto_shash_update(gcm->ghash, zeros, AES_BLOCK_SIZE - over);
}

void gcm_start(struct gcm *gcm, const u8 *nonce, const u8 *aad, u32 aad_len)
{
	memcpy(gcm->counter + GCM_SALT, nonce, GCM_NONCE);
	put_unaligned_be32(1, block_number(gcm));
	aes_encrypt(&gcm->aes, gcm->mask, gcm->counter);
	put_unaligned_be32(2, block_number(gcm));
	gcm->aad = aad_len;
	gcm->done = 0;
	crypto_shash_init(gcm->ghash);
	crypto_shash_update(gcm->ghash, aad, aad_len);
	hash_pad(gcm, aad_len);
}

static u32 in_block(struct gcm *gcm, u8 *data, u32 len)
{
	u32 at = gcm->done % AES_BLOCK_SIZE;

	len = min_t(u32, len, AES_BLOCK_SIZE - at);
	if (!at) {
		u32 number = get_unaligned_be32(block_number(gcm));

		aes_encrypt(&gcm->aes, gcm->stream, gcm->counter);
		put_unaligned_be32(number + 1, block_number(gcm));
	}
	crypto_xor(data, gcm->stream + at, len);
	return len;
}

static int whole_blocks(struct gcm *gcm, u8 *data, u32 len)
{
	SYNC_SKCIPHER_REQUEST_ON_STACK(request, gcm->ctr);
	struct scatterlist span;
	int err;

	sg_init_one(&span, data, len);
	skcipher_request_set_sync_tfm(request, gcm->ctr);
	skcipher_request_set_callback(request, 0, NULL, NULL);
	/* it counts the blocks on in gcm->counter */
	skcipher_request_set_crypt(request, &span, &span, len, gcm->counter);
	err = crypto_skcipher_decrypt(request);
	skcipher_request_zero(request);
	return err;
}

bool gcm_decrypt(struct gcm *gcm, u8 *data, u32 len)
{
	bool good = !crypto_shash_update(gcm->ghash, data, len);
	u32 n;

	for (; len; data += n, len -= n, gcm->done += n) {
		if (gcm->done % AES_BLOCK_SIZE || len < AES_BLOCK_SIZE) {
			n = in_block(gcm, data, len);
		} else {
			n = round_down(len, AES_BLOCK_SIZE);
			good &= !whole_blocks(gcm, data, n);
		}
	}
	return good;
}

bool gcm_finish(struct gcm *gcm, const u8 *tag)
{
	u8 lengths[AES_BLOCK_SIZE];
	u8 hash[AES_BLOCK_SIZE];

	hash_pad(gcm, gcm->done);
	put_unaligned_be64((u64)gcm->aad * BITS_PER_BYTE, lengths);
	put_unaligned_be64((u64)gcm->done * BITS_PER_BYTE, lengths + 8);
	crypto_shash_update(gcm->ghash, lengths, sizeof(lengths));
	crypto_shash_final(gcm->ghash, hash);
	crypto_xor(hash, gcm->mask, sizeof(hash));
	return !crypto_memneq(hash, tag, GCM_TAG);
}
