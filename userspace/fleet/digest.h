/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A number for what hosts that are alike have in common: two that are not alike
 * have the same one with a chance of one in 2^90 or less, whoever wrote them,
 * for its key is random.
 */
#ifndef VIRTINFO_FLEET_DIGEST_H
#define VIRTINFO_FLEET_DIGEST_H

#include "model/host.h"

struct digest {
	u64 word[2];
};

struct digest_key {
	u64 point[2];
};

/* A new random key. */
struct digest_key digest_key_new(void);

/* Returns 0, or -1 without memory. */
int digest_of(struct digest *digest, const struct digest_key *key,
	      const struct host *host);

#endif
