// SPDX-License-Identifier: GPL-2.0-only
#include "model/iommu.h"

/* Intel VT-d specification, Capability and Extended Capability Register. */
#define CAP_POSTED_INTERRUPTS	 59
#define ECAP_INTERRUPT_REMAPPING 3
/* AMD IOMMU specification, Extended Feature Register (MMIO offset 0030h). */
#define EFR_GUEST_APIC	7  /* GASup */
#define EFR_GUEST_VAPIC 21 /* GAMSup, 3 bits: 1 is with a virtual APIC */

static enum answer bit_of(bool known, uint64_t value, unsigned int bit)
{
	if (!known)
		return ANSWER_UNKNOWN;
	return value >> bit & 1 ? ANSWER_YES : ANSWER_NO;
}

static void add_unit(struct iommu *iommu, const struct iommu_unit *unit)
{
	enum answer remapping, posted;

	if (unit->efr_known) {
		/* Each of AMD's remaps interrupts: no bit says so. */
		remapping = ANSWER_YES;
		posted = answer_and(bit_of(true, unit->efr, EFR_GUEST_APIC),
				    bit_of(true, unit->efr, EFR_GUEST_VAPIC));
	} else {
		remapping = bit_of(unit->ecap_known, unit->ecap,
				   ECAP_INTERRUPT_REMAPPING);
		posted = bit_of(unit->cap_known, unit->cap,
				CAP_POSTED_INTERRUPTS);
	}
	iommu->remapping = answer_and(iommu->remapping, remapping);
	iommu->posted = answer_and(iommu->posted, posted);
}

struct iommu iommu_of(const struct system *system)
{
	const struct iommu_unit *units = system->iommu_units.items;
	struct iommu iommu = { .remapping = ANSWER_YES, .posted = ANSWER_YES };
	size_t i;

	if (!system->iommu_units.count) {
		iommu.remapping = system->no_dmar && system->no_ivrs ?
					  ANSWER_NO :
					  ANSWER_UNKNOWN;
		iommu.posted = iommu.remapping;
	}
	for (i = 0; i < system->iommu_units.count; i++)
		add_unit(&iommu, &units[i]);
	return iommu;
}
