/* SPDX-License-Identifier: GPL-2.0-only */
/* What a fleet keeps of hosts that are alike, made from the first one that is met. */
#ifndef VIRTINFO_FLEET_KIND_H
#define VIRTINFO_FLEET_KIND_H

#include "fleet/fleet.h"
#include "fleet/offer.h"
#include "verdict/verdict.h"

/* What is compared for groups. Alike ones have the same address. */
struct fleet_alike {
	const void *processor; /* registers that every CPU has; NULL: none */
	const char *hypervisor;
	const char *parameters; /* of KVM's modules */
	enum reason reason;
};

/* What takes time, which threads do at once. */
struct summary {
	struct verdict *verdict;
	struct host_group *processor; /* NULL: the host has no registers */
	struct side side;
	struct fleet_offer features;
};

/* Returns 0, or -1 without memory; summary_free() it either way. */
int summary_of(struct summary *summary, const struct host *host);
void summary_free(struct summary *summary);

/* A kind without its hosts and its digest. NULL without memory. */
struct fleet_kind *kind_new(struct pool *pool, const struct host *host,
			    const struct summary *summary);
void kind_free(struct fleet_kind *kind);

#endif
