/* SPDX-License-Identifier: GPL-2.0-only */
/* What the IOMMU does for interrupts, from what the kernel shows of its units. */
#ifndef VIRTINFO_MODEL_IOMMU_H
#define VIRTINFO_MODEL_IOMMU_H

#include "model/decode.h"
#include "model/system.h"

struct iommu {
	/* Interrupts of devices are checked and given their target by a table. */
	enum answer remapping;
	/* They reach a running guest without a VM exit (AMD: AVIC for devices). */
	enum answer posted;
};

/*
 * The machine has what each of its units has. No where firmware describes no
 * IOMMU; unknown where it does and the kernel shows no unit, as when it does
 * not use it.
 */
struct iommu iommu_of(const struct system *system);

#endif
