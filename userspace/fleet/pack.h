/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A host in little memory: registers and facts that others have as well are
 * there once for all of them. What is a host's own (fleet/own.h) is left out.
 */
#ifndef VIRTINFO_FLEET_PACK_H
#define VIRTINFO_FLEET_PACK_H

#include "base/pool.h"
#include "fleet/digest.h"

struct fleet_packed;

/* NULL when there is no memory. */
struct fleet_packed *pack_host(struct pool *pool, const struct host *host);
void pack_free(struct fleet_packed *packed);

/*
 * The host again. One that has more groups of CPUs than are worth keeping is
 * read from its file, and taken if it still has the digest. NULL without
 * memory, or where its file has changed; host_free() it.
 */
struct host *pack_open(const struct fleet_packed *packed,
		       const struct digest_key *key,
		       const struct digest *digest, const char *path);

/* Registers of a group: the same address where they are alike. */
const void *pack_group(struct pool *pool, const struct host_group *group);

#endif
