// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/own.h"

#include <string.h>

#include "input/fact_keys.h"

static void put_leaf(struct bytes *bytes, const struct host_group *group,
		     enum vi_leaf leaf)
{
	const struct vi_sample *sample = &group->sample;
	enum vi_cpuid_register reg;
	u32 values[4];

	if (sample->leaf_status[leaf] != VI_READ &&
	    sample->leaf_status[leaf] != VI_BITS)
		return;
	for (reg = VI_EAX; reg <= VI_EDX; reg++)
		values[reg] =
			sample->leaf[leaf][reg] & ~vi_leaves[leaf].varies[reg];
	BYTES_PUT(bytes, values);
	if (sample->leaf_status[leaf] == VI_BITS)
		BYTES_PUT(bytes, group->known.leaf[leaf]);
}

static void put_sample(struct bytes *bytes, const struct host_group *group)
{
	const struct vi_sample *sample = &group->sample;
	unsigned int i;

	BYTES_PUT(bytes, sample->leaf_status);
	BYTES_PUT(bytes, sample->msr_status);
	for (i = 0; i < VI_NR_LEAVES; i++)
		put_leaf(bytes, group, i);
	for (i = 0; i < VI_NR_MSRS; i++) {
		u64 value = sample->msr[i] & ~vi_msrs[i].varies;

		if (sample->msr_status[i] == VI_READ)
			BYTES_PUT(bytes, value);
	}
}

static void take_leaf(struct host_group *group, enum vi_leaf leaf,
		      const char **at)
{
	switch (group->sample.leaf_status[leaf]) {
	case VI_READ:
		BYTES_TAKE(at, group->sample.leaf[leaf]);
		break;
	case VI_BITS:
		BYTES_TAKE(at, group->sample.leaf[leaf]);
		BYTES_TAKE(at, group->known.leaf[leaf]);
		break;
	default:
		break;
	}
}

static void take_sample(struct host_group *group, const char **at)
{
	struct vi_sample *sample = &group->sample;
	unsigned int i;

	BYTES_TAKE(at, sample->leaf_status);
	BYTES_TAKE(at, sample->msr_status);
	for (i = 0; i < VI_NR_LEAVES; i++)
		take_leaf(group, i, at);
	for (i = 0; i < VI_NR_MSRS; i++)
		if (sample->msr_status[i] == VI_READ)
			BYTES_TAKE(at, sample->msr[i]);
}

static void put_hv(struct bytes *bytes, const struct vi_hv *hv)
{
	enum vi_cpuid_register reg;
	u32 i;

	BYTES_PUT(bytes, hv->count);
	BYTES_PUT(bytes, hv->truncated);
	for (i = 0; i < hv->count; i++) {
		struct vi_hv_leaf leaf = hv->leaves[i];

		for (reg = VI_EAX; reg <= VI_EDX; reg++)
			if (host_hv_varies(hv, &hv->leaves[i], reg))
				leaf.reg[reg] = 0;
		BYTES_PUT(bytes, leaf);
	}
}

static void take_hv(struct vi_hv *hv, const char **at)
{
	u32 i;

	BYTES_TAKE(at, hv->count);
	BYTES_TAKE(at, hv->truncated);
	for (i = 0; i < hv->count; i++)
		BYTES_TAKE(at, hv->leaves[i]);
}

static void put_hv_bits(struct bytes *bytes, const struct hv_bits *bits)
{
	BYTES_PUT(bytes, bits->count);
	bytes_put(bytes, bits->leaves, bits->count * sizeof(*bits->leaves));
}

static void take_hv_bits(struct hv_bits *bits, const char **at)
{
	BYTES_TAKE(at, bits->count);
	bytes_take(at, bits->leaves, bits->count * sizeof(*bits->leaves));
}

void own_put_registers(struct bytes *bytes, const struct host_group *group)
{
	size_t i;

	put_sample(bytes, group);
	put_hv(bytes, &group->hv);
	put_hv_bits(bytes, &group->hv_bits);
	BYTES_PUT(bytes, group->others.count);
	for (i = 0; i < group->others.count; i++) {
		struct raw_leaf leaf = group->others.list[i];
		unsigned int reg;

		for (reg = VI_EAX; reg <= VI_EDX; reg++)
			leaf.reg[reg] &= ~leaf.varies[reg];
		BYTES_PUT(bytes, leaf);
	}
}

int own_take_registers(struct host_group *group, const char *at)
{
	size_t i, count;

	take_sample(group, &at);
	take_hv(&group->hv, &at);
	take_hv_bits(&group->hv_bits, &at);
	BYTES_TAKE(&at, count);
	for (i = 0; i < count; i++) {
		struct raw_leaf leaf;

		BYTES_TAKE(&at, leaf);
		if (raw_leaves_set(&group->others, leaf.leaf, leaf.subleaf,
				   leaf.reg))
			return -1;
	}
	return 0;
}

static void put_list(struct bytes *bytes, const struct cpulist *list)
{
	BYTES_PUT(bytes, list->count);
	bytes_put(bytes, list->ranges, list->count * sizeof(*list->ranges));
}

static int take_list(struct cpulist *list, const char **at)
{
	size_t i, count;

	BYTES_TAKE(at, count);
	for (i = 0; i < count; i++) {
		struct cpurange range;

		BYTES_TAKE(at, range);
		if (cpulist_add(list, range.first, range.last))
			return -1;
	}
	return 0;
}

void own_put_lists(struct bytes *bytes, const struct host_group *group)
{
	put_list(bytes, &group->cpus);
	put_list(bytes, &group->msrs_known);
	put_list(bytes, &group->vmx_on);
	put_list(bytes, &group->svm_on);
	BYTES_PUT(bytes, group->on_known);
}

int own_take_lists(struct host_group *group, const char *at)
{
	if (take_list(&group->cpus, &at) ||
	    take_list(&group->msrs_known, &at) ||
	    take_list(&group->vmx_on, &at) || take_list(&group->svm_on, &at))
		return -1;
	BYTES_TAKE(&at, group->on_known);
	return 0;
}

bool own_is_guest(const struct host *host)
{
	size_t i;

	for (i = 0; i < host->nr_groups; i++)
		if (vi_leaf_bit(&host->groups[i]->sample, VI_L1, VI_ECX, 31))
			return true;
	/* Without registers it may be one. */
	return !host->nr_groups;
}

static const char *zero_or_not(const char *value)
{
	if (!strcmp(value, "0"))
		return value;
	return *value == '-' ? "-1" : "1";
}

/* A frequency of 2 GHz in kHz to 50 ppm, where KVM lets 250 pass. */
#define DIGITS_KEPT 5

static const char *first_digits(char buffer[OWN_VALUE], const char *value)
{
	size_t i, length = strlen(value);

	if (length >= OWN_VALUE)
		return value;
	memcpy(buffer, value, length + 1);
	for (i = DIGITS_KEPT; i < length; i++)
		buffer[i] = '0';
	return buffer;
}

const char *own_fact(char buffer[OWN_VALUE], const struct fact *fact,
		     bool guest)
{
	switch (fact_varies(fact->key)) {
	case FACT_VARIES:
		return NULL;
	case FACT_COUNTS:
		return zero_or_not(fact->value);
	case FACT_MEASURED:
		return first_digits(buffer, fact->value);
	case FACT_OF_A_GUEST:
		return guest ? fact->value : NULL;
	default:
		return fact->value;
	}
}
