/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A host as migration sees it: what KVM offers to guests there. The registers
 * are those of one CPU that has what every CPU of the host has, so the one
 * decoder reads them.
 */
#ifndef VIRTINFO_MIGRATE_SIDE_H
#define VIRTINFO_MIGRATE_SIDE_H

#include "model/decode.h"

struct compared;

struct side {
	const struct host *host; /* NULL: a baseline, no host */
	/*
	 * CPUID as KVM_GET_SUPPORTED_CPUID lists it, and the MSRs of
	 * KVM_GET_MSRS on /dev/kvm. Where the input does not have them: those
	 * of the processor, which are at least what KVM may offer.
	 */
	struct host_group *offer;
	bool cpuid_from_kvm;	 /* else the processor's */
	bool msrs_from_kvm;	 /* else the processor's, or none is known */
	struct compared *values; /* for each comparison of migrate/compare.h */
};

/*
 * Fill *side from a host, which has to outlive it. Returns 0, or -1 when there
 * is no memory; side_free() it either way.
 */
int side_of(struct side *side, const struct host *host);
void side_free(struct side *side);

/*
 * Fill *side, which is no host, with one CPU that has what each of the others
 * offers: flags that all have, the smaller of numbers, controls that can be set
 * everywhere, by the comparisons of the rules. Where two differ in what has to
 * be equal it has the first one's. What one of them does not know is not known.
 * Returns 0, or -1 when there is no memory or no side; side_free() it either
 * way.
 */
int side_intersection(struct side *side, const struct side *const *sides,
		      size_t count);

/*
 * Does everything that the inputs of the two hosts hold agree, registers and
 * facts? Then they are taken for one host, of which what is not known cannot
 * differ. A side that is no host is the same as none.
 */
bool sides_same(const struct side *a, const struct side *b);

/*
 * What side_intersection() does, of the groups of CPUs of one host. NULL when there is no memory or no
 * group; group_free() it.
 */
struct host_group *group_intersection(struct host_group *const *groups,
				      size_t count);
void group_free(struct host_group *group);

#endif
