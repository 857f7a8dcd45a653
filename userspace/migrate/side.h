/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A host as migration sees it: what KVM offers to guests there. The registers
 * are those of one CPU that has what every CPU of the host has, so the one
 * decoder reads them.
 */
#ifndef VIRTINFO_MIGRATE_SIDE_H
#define VIRTINFO_MIGRATE_SIDE_H

#include "model/decode.h"

struct side {
	const struct host *host; /* NULL: a baseline, no host */
	/*
	 * CPUID as KVM_GET_SUPPORTED_CPUID lists it, and the MSRs of
	 * KVM_GET_MSRS on /dev/kvm. Where the input does not have them: those
	 * of the processor, which are at least what KVM may offer.
	 */
	struct host_group *offer;
	bool cpuid_from_kvm; /* else the processor's */
	bool msrs_from_kvm;  /* else the processor's, or none is known */
};

/*
 * Fill *side from a host, which has to outlive it. Returns 0, or -1 when there
 * is no memory; side_free() it either way.
 */
int side_of(struct side *side, const struct host *host);
void side_free(struct side *side);

/*
 * One CPU that has what each of the groups has: flags that all have, the
 * smallest of numbers, controls that every one of them can set so. What one of
 * them does not know is not known. NULL when there is no memory or no group;
 * host_group_free() it.
 */
struct host_group *group_intersection(const struct host_group *const *groups,
				      size_t count);
void group_free(struct host_group *group);

#endif
