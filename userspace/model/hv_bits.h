/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bits of a hypervisor's CPUID leaves, where an input tells some in words: what
 * known_bits.h is for the leaves of the processor. Leaves that are known as a
 * whole are in struct vi_hv, and count where both are there.
 */
#ifndef VIRTINFO_MODEL_HV_BITS_H
#define VIRTINFO_MODEL_HV_BITS_H

#include "model/known_bits.h"
#include "sample.h"
#include "text.h"

/* Two ranges of an interface that has the most. */
#define HV_BITS_LEAVES 32

struct hv_bits_leaf {
	u32 leaf;
	u32 subleaf;
	u32 value[4]; /* without the bits that are not known */
	u32 known[4];
};

struct hv_bits {
	u32 count;
	struct hv_bits_leaf leaves[HV_BITS_LEAVES];
};

/* NULL where nothing of it is known. */
const struct hv_bits_leaf *hv_bits_leaf(const struct hv_bits *bits, u32 leaf,
					u32 subleaf);

/* The first leaf of the range that has the signature, or NULL. */
const struct hv_bits_leaf *hv_bits_find(const struct hv_bits *bits,
					const char signature[12]);

/*
 * Note bits of a register of a leaf: those of known. Returns 0; -1 where one of
 * them is known and another; what does not fit is not kept.
 */
int hv_bits_note(struct hv_bits *bits, u32 leaf, u32 subleaf,
		 enum vi_cpuid_register reg, u32 value, u32 known);

/*
 * Without leaf 1's hypervisor bit, leaves from 0x40000000 are another leaf's
 * data: drop them. Bits that words tell (bits) stay where that bit is unknown.
 */
void hv_drop_unreal(const struct vi_sample *sample,
		    const struct known_bits *known, struct vi_hv *hv,
		    struct hv_bits *bits);

/* Of two CPUs, what is known of both, and the same. */
void hv_bits_common(struct hv_bits *bits, const struct hv_bits *other);

/* Print a line "bits LEAF.SUBLEAF : VALUE/KNOWN ..." of a capture for each. */
void hv_bits_print(vi_text *text, const struct hv_bits *bits);

#endif
