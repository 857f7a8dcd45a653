// SPDX-License-Identifier: GPL-2.0-only
#include "model/known_bits.h"

u32 known_bits_of(const struct vi_sample *sample,
		  const struct known_bits *known, enum vi_leaf leaf,
		  enum vi_cpuid_register reg)
{
	switch (sample->leaf_status[leaf]) {
	case VI_READ:
		return ~0U;
	case VI_BITS:
		return known->leaf[leaf][reg];
	default:
		return 0;
	}
}

void known_bits_print(vi_text *text, const struct vi_sample *sample,
		      const struct known_bits *known)
{
	unsigned int i, reg;

	for (i = 0; i < VI_NR_LEAVES; i++) {
		if (sample->leaf_status[i] != VI_BITS)
			continue;
		vi_print(text, "bits 0x%08x.0x%x\t:", vi_leaves[i].leaf,
			 vi_leaves[i].subleaf);
		for (reg = VI_EAX; reg <= VI_EDX; reg++)
			vi_print(text, " 0x%08x/0x%08x", sample->leaf[i][reg],
				 known->leaf[i][reg]);
		vi_print(text, "\n");
	}
}
