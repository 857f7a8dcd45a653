/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a host offers to guests, as features: fields that a guest sees or not.
 * Hosts that offer the same have the same struct fleet_offer.
 */
#ifndef VIRTINFO_FLEET_OFFER_H
#define VIRTINFO_FLEET_OFFER_H

#include "migrate/side.h"

#define FEATURE_BITS  (8 * sizeof(unsigned long))
#define FEATURE_WORDS ((NR_FIELDS + FEATURE_BITS - 1) / FEATURE_BITS)

struct fleet_offer {
	bool cpuid_from_kvm; /* else the processor's */
	bool msrs_from_kvm;
	/* A bit for each field: of features alone. */
	unsigned long yes[FEATURE_WORDS];
	unsigned long unknown[FEATURE_WORDS];
};

/* Needs no pool, so threads may do it at once. */
void offer_features(struct fleet_offer *offer, const struct side *side);

static inline bool bit_is_set(const unsigned long *bits, size_t bit)
{
	return bits[bit / FEATURE_BITS] >> bit % FEATURE_BITS & 1;
}

static inline void bit_set(unsigned long *bits, size_t bit)
{
	bits[bit / FEATURE_BITS] |= 1UL << bit % FEATURE_BITS;
}

#endif
