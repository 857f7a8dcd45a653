// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/offer.h"

#include <string.h>

#include "migrate/compare.h"
#include "migrate/engine_adds.h"

/*
 * Bits of a processor's CPUID are features as far as KVM passes them on or makes
 * them itself. Of VMX KVM narrows what a guest may have, and nobody knows by how
 * much who has only the processor's.
 */
static enum answer feature_answer(const struct side *side,
				  const struct comparison *comparison,
				  enum field_id id)
{
	enum register_class class = register_info(comparison->reg)->class;
	bool from_kvm = class == REGISTER_MSR ? side->msrs_from_kvm :
						side->cpuid_from_kvm;
	struct register_value value =
		register_value(side->offer, comparison->reg);
	u64 mask = field_mask(field_info(id));
	enum answer answer;

	if (from_kvm && value.status != VI_READ)
		return value.status == VI_ABSENT ? ANSWER_UNKNOWN : ANSWER_NO;
	if (!from_kvm && class == REGISTER_HYPERVISOR)
		return ANSWER_UNKNOWN;
	if (!from_kvm && class == REGISTER_CPUID &&
	    !(mask & (comparison->offers | comparison->adds)))
		return ANSWER_NO;
	if (mask & engine_adds(comparison->reg, NULL, ANSWER_YES))
		return ANSWER_YES;
	answer = field_answer(side->offer, id);
	if (!from_kvm && answer == ANSWER_NO && mask & comparison->adds)
		return ANSWER_UNKNOWN;
	return answer;
}

static bool is_feature(const struct comparison *comparison, enum field_id id)
{
	const struct field_info *field = field_info(id);

	switch (comparison->how) {
	case SUBSET:
		return field->kind == FIELD_FLAG &&
		       !(field_mask(field) & ~comparison->bits);
	case CONTROLS:
		return field->kind == FIELD_CONTROL ||
		       field->kind == FIELD_CONTROL1;
	default:
		return false;
	}
}

static void put_register(struct fleet_offer *offer, const struct side *side,
			 const struct comparison *comparison)
{
	const struct register_info *info = register_info(comparison->reg);
	unsigned int i;

	for (i = 0; i < info->nr_fields; i++) {
		enum field_id id = info->first_field + i;

		if (!is_feature(comparison, id))
			continue;
		switch (feature_answer(side, comparison, id)) {
		case ANSWER_YES:
			bit_set(offer->yes, id);
			break;
		case ANSWER_UNKNOWN:
			bit_set(offer->unknown, id);
			break;
		case ANSWER_NO:
			break;
		}
	}
}

void offer_features(struct fleet_offer *offer, const struct side *side)
{
	size_t i;

	/* Padding too: it is compared byte by byte. */
	memset(offer, 0, sizeof(*offer));
	offer->cpuid_from_kvm = side->cpuid_from_kvm;
	offer->msrs_from_kvm = side->msrs_from_kvm;
	for (i = 0; i < NR_COMPARISONS; i++)
		if (comparisons[i].reg != NR_REGISTERS)
			put_register(offer, side, &comparisons[i]);
}
