// SPDX-License-Identifier: GPL-2.0-only
#include "migrate/side.h"

#include <stdlib.h>
#include <string.h>

#include "migrate/compare.h"
#include "migrate/engine_adds.h"

void group_free(struct host_group *group)
{
	if (!group)
		return;
	raw_leaves_free(&group->others);
	free(group);
}

/* A group's registers and leaves; which CPUs it stands for is left out. */
static struct host_group *group_copy(const struct host_group *group)
{
	struct host_group *copy = calloc(1, sizeof(*copy));

	if (!copy)
		return NULL;
	copy->sample = group->sample;
	copy->known = group->known;
	copy->hv = group->hv;
	copy->hv_bits = group->hv_bits;
	if (raw_leaves_merge(&copy->others, &group->others)) {
		group_free(copy);
		return NULL;
	}
	return copy;
}

/* Where the register of a comparison is in a sample, for writing. */
static void put_value(struct host_group *group,
		      const struct comparison *comparison, u64 value)
{
	struct vi_sample *sample = &group->sample;
	const struct register_info *info;
	u32 *output;
	size_t i;

	if (comparison->reg == NR_REGISTERS) {
		output = &sample->leaf[comparison->leaf][comparison->output];
		*output = (*output & ~(u32)comparison->bits) | (u32)value;
		return;
	}
	info = register_info(comparison->reg);
	switch (info->class) {
	case REGISTER_CPUID:
		output = &sample->leaf[info->sampled][info->reg];
		*output = (*output & ~(u32)comparison->bits) | (u32)value;
		break;
	case REGISTER_HYPERVISOR:
		for (i = 0; i < group->hv.count; i++) {
			struct vi_hv_leaf *leaf = &group->hv.leaves[i];

			if (leaf->leaf == register_value(group, comparison->reg)
						  .leaf &&
			    leaf->subleaf == info->subleaf)
				leaf->reg[info->reg] =
					(leaf->reg[info->reg] &
					 ~(u32)comparison->bits) |
					(u32)value;
		}
		break;
	default:
		sample->msr[info->sampled] =
			(sample->msr[info->sampled] & ~comparison->bits) |
			value;
		break;
	}
}

static u64 read_value(const struct host_group *group,
		      const struct comparison *comparison)
{
	const struct vi_sample *sample = &group->sample;

	if (comparison->reg != NR_REGISTERS)
		return register_value(group, comparison->reg).value &
		       comparison->bits;
	return sample->leaf[comparison->leaf][comparison->output] &
	       comparison->bits;
}

/* Not known if one is not; one that is not there counts as 0. */
static enum vi_status merge_status(enum vi_status a, enum vi_status b)
{
	if (a == VI_ABSENT || b == VI_ABSENT)
		return VI_ABSENT;
	if (a == VI_BITS || b == VI_BITS)
		return VI_BITS;
	return a == VI_READ || b == VI_READ ? VI_READ : a;
}

/* Of a leaf that is not there all bits are: 0. */
static u32 known_bits(const struct host_group *group, enum vi_leaf leaf,
		      enum vi_cpuid_register reg)
{
	return group->sample.leaf_status[leaf] == VI_NOT_ATTEMPTED ?
		       ~0U :
		       host_group_known(group, leaf, reg);
}

static void merge_leaf(struct host_group *into, const struct host_group *from,
		       enum vi_leaf leaf)
{
	u8 *status = &into->sample.leaf_status[leaf];
	enum vi_cpuid_register reg;

	for (reg = VI_EAX; reg <= VI_EDX; reg++)
		into->known.leaf[leaf][reg] = known_bits(into, leaf, reg) &
					      known_bits(from, leaf, reg);
	*status = (u8)merge_status(*status, from->sample.leaf_status[leaf]);
}

static void merge_raw(struct raw_leaves *into, const struct raw_leaves *from)
{
	size_t i = into->count;

	while (i-- > 0) {
		struct raw_leaf *leaf = &into->list[i];
		const struct raw_leaf *other =
			raw_leaves_find(from, leaf->leaf, leaf->subleaf);
		enum vi_cpuid_register reg;

		if (!other) {
			raw_leaves_remove(into, i);
			continue;
		}
		for (reg = VI_EAX; reg <= VI_EDX; reg++)
			leaf->reg[reg] &= other->reg[reg];
	}
}

static void merge_group(struct host_group *into, const struct host_group *from)
{
	struct vi_sample *sample = &into->sample;
	size_t i;

	for (i = 0; i < NR_COMPARISONS; i++) {
		const struct comparison *comparison = &comparisons[i];

		put_value(into, comparison,
			  compare_merge(comparison,
					read_value(into, comparison),
					read_value(from, comparison)));
	}
	for (i = 0; i < VI_NR_LEAVES; i++)
		merge_leaf(into, from, i);
	for (i = 0; i < VI_NR_MSRS; i++)
		sample->msr_status[i] = (u8)merge_status(
			sample->msr_status[i], from->sample.msr_status[i]);
	hv_bits_common(&into->hv_bits, &from->hv_bits);
	merge_raw(&into->others, &from->others);
}

struct host_group *group_intersection(struct host_group *const *groups,
				      size_t count)
{
	struct host_group *all = count ? group_copy(groups[0]) : NULL;
	size_t i;

	for (i = 1; all && i < count; i++)
		merge_group(all, groups[i]);
	return all;
}

/* Does the table have a row for that leaf? Then its number, else -1. */
static int leaf_of(u32 leaf, u32 subleaf)
{
	int i;

	for (i = 0; i < VI_NR_LEAVES; i++)
		if (vi_leaves[i].leaf == leaf &&
		    vi_leaves[i].subleaf == subleaf)
			return i;
	return -1;
}

static bool is_hypervisors(u32 leaf)
{
	return leaf >= VI_HV_FIRST && leaf < VI_HV_END;
}

static int put_leaf(struct host_group *offer, const struct kvm_cpuid_leaf *leaf)
{
	int i = leaf_of(leaf->leaf, leaf->subleaf);
	struct vi_hv *hv = &offer->hv;

	if (i >= 0) {
		memcpy(offer->sample.leaf[i], leaf->reg, sizeof(leaf->reg));
		offer->sample.leaf_status[i] = VI_READ;
		return 0;
	}
	if (!is_hypervisors(leaf->leaf))
		return raw_leaves_set(&offer->others, leaf->leaf, leaf->subleaf,
				      leaf->reg);
	if (hv->count == VI_HV_LEAVES)
		return 0;
	hv->leaves[hv->count].leaf = leaf->leaf;
	hv->leaves[hv->count].subleaf = leaf->subleaf;
	memcpy(hv->leaves[hv->count].reg, leaf->reg, sizeof(leaf->reg));
	hv->count++;
	return 0;
}

static void put_engine_adds(struct host_group *offer,
			    const struct kvm_caps *caps)
{
	size_t i;

	for (i = 0; i < NR_COMPARISONS; i++) {
		const struct comparison *comparison = &comparisons[i];
		u32 adds =
			comparison->reg == NR_REGISTERS ?
				0 :
				engine_adds(comparison->reg, caps, ANSWER_YES);

		if (adds &&
		    register_value(offer, comparison->reg).status == VI_READ)
			put_value(offer, comparison,
				  read_value(offer, comparison) |
					  (adds & comparison->bits));
	}
}

/* A leaf that is not in KVM's list is none that a guest gets. */
static int put_cpuid(struct host_group *offer, const struct kvm_caps *caps)
{
	const struct kvm_cpuids *cpuids = &caps->cpuid[KVM_CPUID_SUPPORTED];
	size_t i;

	memset(offer->sample.leaf, 0, sizeof(offer->sample.leaf));
	memset(offer->sample.leaf_status, VI_NOT_ATTEMPTED,
	       sizeof(offer->sample.leaf_status));
	raw_leaves_free(&offer->others);
	for (i = 0; i < cpuids->count; i++)
		if (put_leaf(offer, &cpuids->list[i]))
			return -1;
	put_engine_adds(offer, caps);
	return 0;
}

static void put_msrs(struct host_group *offer, const struct kvm_caps *caps)
{
	struct vi_sample *sample = &offer->sample;
	const struct kvm_msr *msr;
	size_t i;

	for (i = 0; i < VI_NR_MSRS; i++) {
		sample->msr[i] = 0;
		sample->msr_status[i] = VI_ABSENT;
		if (vi_msrs[i].flags & VI_CONTROL_REGISTER)
			continue;
		msr = kvm_caps_msr(caps, vi_msrs[i].address);
		sample->msr_status[i] = VI_NOT_ATTEMPTED;
		if (!msr)
			continue;
		sample->msr_status[i] = msr->readable ? VI_READ : VI_ABSENT;
		sample->msr[i] = msr->readable ? msr->value : 0;
	}
}

/* Of a host without a CPU in its input nothing is known. */
static struct host_group *processor_of(const struct host *host)
{
	struct host_group *group;

	if (!host->nr_groups)
		return calloc(1, sizeof(*group));
	group = group_intersection(host->groups, host->nr_groups);
	/* They are of the hypervisor that this host itself runs under. */
	if (group) {
		memset(&group->hv, 0, sizeof(group->hv));
		memset(&group->hv_bits, 0, sizeof(group->hv_bits));
	}
	return group;
}

static int take_values(struct side *side)
{
	side->values = calloc(NR_COMPARISONS, sizeof(*side->values));
	if (!side->values)
		return -1;
	compare_values(side, side->values);
	return 0;
}

int side_of(struct side *side, const struct host *host)
{
	const struct kvm_caps *caps = &host->system.kvm;

	*side = (struct side){ .host = host };
	side->offer = processor_of(host);
	if (!side->offer)
		return -1;
	side->cpuid_from_kvm = caps->cpuid[KVM_CPUID_SUPPORTED].count > 0;
	side->msrs_from_kvm =
		!caps->open_error && !caps->msr_error && caps->known;
	if (side->cpuid_from_kvm && put_cpuid(side->offer, caps))
		return -1;
	if (side->msrs_from_kvm)
		put_msrs(side->offer, caps);
	return take_values(side);
}

int side_intersection(struct side *side, const struct side *const *sides,
		      size_t count)
{
	struct host_group **groups = calloc(count + 1, sizeof(*groups));
	size_t i;

	*side = (struct side){ .cpuid_from_kvm = true, .msrs_from_kvm = true };
	if (!groups)
		return -1;
	for (i = 0; i < count; i++) {
		groups[i] = sides[i]->offer;
		side->cpuid_from_kvm &= sides[i]->cpuid_from_kvm;
		side->msrs_from_kvm &= sides[i]->msrs_from_kvm;
	}
	side->offer = group_intersection(groups, count);
	free(groups);
	return side->offer ? take_values(side) : -1;
}

static bool groups_same(const struct host_group *a, const struct host_group *b)
{
	return !memcmp(&a->sample, &b->sample, sizeof(a->sample)) &&
	       !memcmp(&a->hv, &b->hv, sizeof(a->hv)) &&
	       a->others.count == b->others.count &&
	       (!a->others.count ||
		!memcmp(a->others.list, b->others.list,
			a->others.count * sizeof(*a->others.list)));
}

static bool facts_same(const struct facts *a, const struct facts *b)
{
	size_t i;

	if (facts_count(a) != facts_count(b))
		return false;
	for (i = 0; i < facts_count(a); i++) {
		struct fact x = facts_at(a, i), y = facts_at(b, i);

		if (strcmp(x.key, y.key) || strcmp(x.value, y.value))
			return false;
	}
	return true;
}

bool sides_same(const struct side *a, const struct side *b)
{
	size_t i;

	if (!a->host || !b->host || a->host->nr_groups != b->host->nr_groups)
		return false;
	if (a->host == b->host)
		return true;
	for (i = 0; i < a->host->nr_groups; i++)
		if (!groups_same(a->host->groups[i], b->host->groups[i]))
			return false;
	return facts_same(a->host->facts, b->host->facts);
}

void side_free(struct side *side)
{
	group_free(side->offer);
	free(side->values);
	*side = (struct side){ .host = NULL };
}
