// SPDX-License-Identifier: GPL-2.0-only
#include "model/hv_bits.h"

#include <string.h>

const struct hv_bits_leaf *hv_bits_leaf(const struct hv_bits *bits, u32 leaf,
					u32 subleaf)
{
	u32 i;

	for (i = 0; i < bits->count; i++)
		if (bits->leaves[i].leaf == leaf &&
		    bits->leaves[i].subleaf == subleaf)
			return &bits->leaves[i];
	return NULL;
}

/* Of its end may be unknown whether it is blanks or NULs. */
static bool has_signature(const struct hv_bits_leaf *leaf,
			  const char signature[12])
{
	u32 part[3];

	memcpy(part, signature, sizeof(part));
	return !(leaf->leaf % VI_HV_STEP) &&
	       !~(leaf->known[VI_EBX] & leaf->known[VI_ECX]) &&
	       leaf->value[VI_EBX] == part[0] &&
	       leaf->value[VI_ECX] == part[1] &&
	       !((leaf->value[VI_EDX] ^ part[2]) & leaf->known[VI_EDX]);
}

const struct hv_bits_leaf *hv_bits_find(const struct hv_bits *bits,
					const char signature[12])
{
	u32 i;

	for (i = 0; i < bits->count; i++)
		if (has_signature(&bits->leaves[i], signature))
			return &bits->leaves[i];
	return NULL;
}

int hv_bits_note(struct hv_bits *bits, u32 leaf, u32 subleaf,
		 enum vi_cpuid_register reg, u32 value, u32 known)
{
	/* It is in bits, which may be written. */
	struct hv_bits_leaf *of =
		(struct hv_bits_leaf *)hv_bits_leaf(bits, leaf, subleaf);

	if (!known || (!of && bits->count == HV_BITS_LEAVES))
		return 0;
	if (!of) {
		of = &bits->leaves[bits->count++];
		*of = (struct hv_bits_leaf){ .leaf = leaf, .subleaf = subleaf };
	}
	if ((of->value[reg] ^ value) & of->known[reg] & known)
		return -1;
	of->value[reg] |= value & known;
	of->known[reg] |= known;
	return 0;
}

static void common_leaf(struct hv_bits_leaf *leaf,
			const struct hv_bits_leaf *other)
{
	unsigned int reg;

	for (reg = VI_EAX; reg <= VI_EDX; reg++) {
		leaf->known[reg] &=
			other ? other->known[reg] & ~(leaf->value[reg] ^
						      other->value[reg]) :
				0;
		leaf->value[reg] &= leaf->known[reg];
	}
}

void hv_drop_unreal(const struct vi_sample *sample,
		    const struct known_bits *known, struct vi_hv *hv,
		    struct hv_bits *bits)
{
	if (vi_leaf_bit(sample, VI_L1, VI_ECX, 31))
		return;
	*hv = (struct vi_hv){ 0 };
	if (known_bits_of(sample, known, VI_L1, VI_ECX) >> 31)
		bits->count = 0;
}

void hv_bits_common(struct hv_bits *bits, const struct hv_bits *other)
{
	u32 i;

	for (i = 0; i < bits->count; i++)
		common_leaf(&bits->leaves[i],
			    hv_bits_leaf(other, bits->leaves[i].leaf,
					 bits->leaves[i].subleaf));
}

void hv_bits_print(vi_text *text, const struct hv_bits *bits)
{
	unsigned int reg;
	u32 i;

	for (i = 0; i < bits->count; i++) {
		const struct hv_bits_leaf *leaf = &bits->leaves[i];

		vi_print(text, "bits 0x%08x.0x%x\t:", leaf->leaf,
			 leaf->subleaf);
		for (reg = VI_EAX; reg <= VI_EDX; reg++)
			vi_print(text, " 0x%08x/0x%08x", leaf->value[reg],
				 leaf->known[reg]);
		vi_print(text, "\n");
	}
}
