/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which bits of CPUID's leaves are known, where an input tells some in words
 * ("VMX: virtual machine extensions = true") and not the whole: the sample has
 * the leaf as VI_BITS, with those that are known to be 1.
 */
#ifndef VIRTINFO_MODEL_KNOWN_BITS_H
#define VIRTINFO_MODEL_KNOWN_BITS_H

#include "sample.h"
#include "text.h"

struct known_bits {
	u32 leaf[VI_NR_LEAVES][4];
};

/*
 * The bits of a leaf's output that are known: all where it was read, those of
 * known where it is VI_BITS, else none.
 */
u32 known_bits_of(const struct vi_sample *sample,
		  const struct known_bits *known, enum vi_leaf leaf,
		  enum vi_cpuid_register reg);

/*
 * Print a line "bits LEAF.SUBLEAF : VALUE/KNOWN ..." of a capture for each leaf
 * that is VI_BITS: four pairs, of which KNOWN has a 1 for each bit of VALUE
 * that is known.
 */
void known_bits_print(vi_text *text, const struct vi_sample *sample,
		      const struct known_bits *known);

#endif
