// SPDX-License-Identifier: GPL-2.0-only
/*
 * The hypervisor's CPUID leaves. Ranges of them begin at 0x40000000 and at
 * every 0x100 above, up to 0x40010000, as Linux and Xen look for them: a
 * hypervisor that also speaks another's interface puts its own range second.
 */
#include "sample.h"

/* Up to here leaves are kept even when 0; a few ranges have more, mostly 0. */
#define HV_DENSE 0x20

#define XEN_TIME_LEAF	   3
#define XEN_TIME_SUBLEAVES 3

void vi_hv_signature(const struct vi_hv_leaf *leaf, char signature[12])
{
	memcpy(signature, &leaf->reg[VI_EBX], 12);
}

const struct vi_hv_leaf *vi_hv_leaf(const struct vi_hv *hv, u32 leaf,
				    u32 subleaf)
{
	unsigned int i;

	for (i = 0; i < hv->count; i++)
		if (hv->leaves[i].leaf == leaf &&
		    hv->leaves[i].subleaf == subleaf)
			return &hv->leaves[i];
	return NULL;
}

const struct vi_hv_leaf *vi_hv_find(const struct vi_hv *hv,
				    const char signature[12])
{
	unsigned int i;

	for (i = 0; i < hv->count; i++)
		if (!(hv->leaves[i].leaf % VI_HV_STEP) &&
		    !memcmp(&hv->leaves[i].reg[VI_EBX], signature, 12))
			return &hv->leaves[i];
	return NULL;
}

static void keep(struct vi_hv *hv, const struct vi_hv_leaf *leaf)
{
	if (hv->count == VI_HV_LEAVES) {
		hv->truncated = true;
		return;
	}
	hv->leaves[hv->count++] = *leaf;
}

/*
 * A processor answers a leaf above its maximum with the data of another leaf:
 * only a maximum inside the range proves that the range is there. Old KVM says
 * 0 for 0x40000001.
 */
static bool range_begins(const struct vi_hv_leaf *first, u32 *max)
{
	if (!first->reg[VI_EBX] && !first->reg[VI_ECX] && !first->reg[VI_EDX])
		return false;
	*max = first->reg[VI_EAX];
	if (!*max && !memcmp(&first->reg[VI_EBX], "KVMK", 4))
		*max = first->leaf + 1;
	return *max >= first->leaf && *max - first->leaf < VI_HV_STEP;
}

static void read_hv_leaf(struct vi_hv_leaf *leaf, u32 number, u32 subleaf,
			 const struct vi_reader *reader)
{
	leaf->leaf = number;
	leaf->subleaf = subleaf;
	reader->cpuid(reader->context, number, subleaf, leaf->reg);
}

static void read_range(struct vi_hv *hv, const struct vi_hv_leaf *first,
		       u32 max, const struct vi_reader *reader)
{
	bool xen = !memcmp(&first->reg[VI_EBX], VI_HV_XEN, 12);
	struct vi_hv_leaf leaf;
	u32 offset, subleaf;

	keep(hv, first);
	for (offset = 1; offset <= max - first->leaf; offset++) {
		u32 subleaves =
			xen && offset == XEN_TIME_LEAF ? XEN_TIME_SUBLEAVES : 1;

		for (subleaf = 0; subleaf < subleaves; subleaf++) {
			read_hv_leaf(&leaf, first->leaf + offset, subleaf,
				     reader);
			if (offset >= HV_DENSE && !leaf.reg[VI_EAX] &&
			    !leaf.reg[VI_EBX] && !leaf.reg[VI_ECX] &&
			    !leaf.reg[VI_EDX])
				continue;
			keep(hv, &leaf);
		}
	}
}

void vi_hv_read(struct vi_hv *hv, const struct vi_reader *reader)
{
	struct vi_hv_leaf first;
	u32 leaf, max, features[4];

	memset(hv, 0, sizeof(*hv));
	reader->cpuid(reader->context, 1, 0, features);
	if (!(features[VI_ECX] >> 31 & 1))
		return;
	for (leaf = VI_HV_FIRST; leaf < VI_HV_END; leaf += VI_HV_STEP) {
		read_hv_leaf(&first, leaf, 0, reader);
		if (range_begins(&first, &max))
			read_range(hv, &first, max, reader);
	}
}
