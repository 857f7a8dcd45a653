// SPDX-License-Identifier: GPL-2.0-only
#include "model/possible.h"

#include <string.h>

#include "model/decode.h"

/* Where a leaf that has a maximum is unknown, it may be the highest. */
static void suppose_leaf(struct vi_sample *sample, enum vi_leaf leaf)
{
	memset(sample->leaf[leaf], 0xff, sizeof(sample->leaf[leaf]));
	if (leaf == VI_L0 || leaf == VI_L80000000)
		sample->leaf[leaf][VI_EAX] = vi_leaves[leaf].leaf | 0xffff;
}

/* The same of the bits of a leaf that are not known. */
static void suppose_bits(struct vi_sample *sample,
			 const struct host_group *group, enum vi_leaf leaf)
{
	suppose_leaf(sample, leaf);
	for (unsigned int reg = VI_EAX; reg <= VI_EDX; reg++) {
		u32 known = group->known.leaf[leaf][reg];

		sample->leaf[leaf][reg] &= ~known;
		sample->leaf[leaf][reg] |= group->sample.leaf[leaf][reg];
	}
}

static void suppose_vendor(struct vi_sample *sample, const char *vendor)
{
	memcpy(&sample->leaf[VI_L0][VI_EBX], vendor, 4);
	memcpy(&sample->leaf[VI_L0][VI_EDX], vendor + 4, 4);
	memcpy(&sample->leaf[VI_L0][VI_ECX], vendor + 8, 4);
}

/* MSRs and control registers; a gate names only rows before its own. */
static void suppose_msr(struct vi_sample *sample, const struct vi_hv *hv,
			enum vi_msr msr)
{
	enum vi_status status = sample->msr_status[msr];

	if (status == VI_CLEAR)
		sample->msr[msr] = 0;
	else if (status == VI_SET ||
		 (status != VI_READ &&
		  (vi_msrs[msr].flags & VI_CONTROL_REGISTER ||
		   vi_msr_gate(sample, hv, msr))))
		sample->msr[msr] = ~0ULL;
}

/*
 * May a register that has no value be there? With all ones for whatever is
 * unknown, its gate and the maximum of its leaf's range decide.
 */
static bool supposed(const struct host_group *group,
		     const struct register_info *info, const char *vendor)
{
	struct vi_sample sample = group->sample;
	int last = info->class == REGISTER_CPUID ? info->sampled : VI_NR_LEAVES;

	for (int i = 0; i < last; i++)
		if (sample.leaf_status[i] == VI_BITS)
			suppose_bits(&sample, group, i);
		else if (sample.leaf_status[i] == VI_ABSENT &&
			 (i == VI_L0 || vi_leaf_possible(&sample, i))) {
			suppose_leaf(&sample, i);
			if (i == VI_L0)
				suppose_vendor(&sample, vendor);
		}
	if (info->class == REGISTER_CPUID)
		return vi_leaf_possible(&sample, info->sampled);
	for (int i = 0; i < info->sampled; i++)
		suppose_msr(&sample, &group->hv, i);
	return info->class == REGISTER_CONTROL ||
	       vi_msr_gate(&sample, &group->hv, info->sampled);
}

/*
 * A hypervisor's range is there or not: where its leaves were read and none
 * begins such a range, it has none.
 */
static bool hypervisor_possible(const struct host_group *group,
				const struct register_info *info)
{
	const struct vi_hv_leaf *base = register_range(&group->hv, info);

	if (field_answer(group, FIELD_CPUID_L1_ECX_hypervisor) == ANSWER_NO)
		return false;
	if (!group->hv.count || group->hv.truncated)
		return true;
	return base && base->reg[VI_EAX] >= base->leaf + info->address;
}

bool register_possible(const struct host_group *group,
		       const struct register_info *info, enum vi_status status)
{
	if (info->class == REGISTER_HYPERVISOR)
		return hypervisor_possible(group, info);
	if (info->class == REGISTER_CPUID && status == VI_NOT_ATTEMPTED)
		return false;
	return supposed(group, info, VI_INTEL) ||
	       (group->sample.leaf_status[VI_L0] == VI_ABSENT &&
		supposed(group, info, VI_AMD));
}
