// SPDX-License-Identifier: GPL-2.0-only
#include "model/differences.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

static struct register_value raw_value(const struct host_group *group,
				       const struct difference *difference)
{
	const struct raw_leaf *other = raw_leaves_find(
		&group->others, difference->leaf, difference->subleaf);
	const struct vi_hv_leaf *hv;

	if (other)
		return (struct register_value){
			.status = VI_READ,
			.value = other->reg[difference->output] &
				 ~difference->varying,
		};
	LEAF_EACH(i)
		if (vi_leaves[i].leaf == difference->leaf &&
		    vi_leaves[i].subleaf == difference->subleaf)
			return (struct register_value){
				.status = group->sample.leaf_status[i],
				.value = group->sample
						 .leaf[i][difference->output],
			};
	hv = vi_hv_leaf(&group->hv, difference->leaf, difference->subleaf);
	return (struct register_value){
		.status = hv ? VI_READ : VI_ABSENT,
		.value = hv ? hv->reg[difference->output] : 0,
	};
}

static struct register_value value_of(const struct host_group *group,
				      const struct difference *difference)
{
	return difference->reg == NR_REGISTERS ?
		       raw_value(group, difference) :
		       register_value(group, difference->reg);
}

/* Does the input tell what the group has of it? */
static bool is_told(const struct host_group *group,
		    const struct difference *difference)
{
	switch (value_of(group, difference).status) {
	case VI_ABSENT:
		return false;
	case VI_BITS:
		return difference->field != NR_FIELDS &&
		       field_value(group, difference->field).known;
	default:
		return true;
	}
}

const char *difference_word(char word[DIFFERENCE_WORD_SIZE],
			    const struct host_group *group,
			    const struct difference *difference)
{
	struct register_value value = value_of(group, difference);
	struct field_value field;

	if (!is_told(group, difference))
		return register_status_word(VI_ABSENT);
	if (value.status != VI_READ && value.status != VI_BITS)
		return register_status_word(value.status);
	if (difference->field != NR_FIELDS) {
		field = field_value(group, difference->field);
		return field_word(word, difference->field, &field);
	}
	if (difference->reg != NR_REGISTERS)
		value.value = register_unnamed_bits(group, difference->reg);
	snprintf(word, DIFFERENCE_WORD_SIZE, "0x%llx", value.value);
	return word;
}

const char *difference_register(char name[REGISTER_ADDRESS_SIZE],
				const struct difference *difference)
{
	if (difference->reg != NR_REGISTERS)
		return register_info(difference->reg)->name;
	return cpuid_address(name, difference->leaf, difference->subleaf,
			     difference->output);
}

static bool words_differ(const struct host *host,
			 const struct difference *difference)
{
	char words[2][DIFFERENCE_WORD_SIZE];
	const char *first = NULL, *word;

	GROUP_EACH(host, group) {
		if (!is_told(group, difference))
			continue;
		word = difference_word(words[first != NULL], group, difference);
		if (!first)
			first = word;
		else if (strcmp(first, word))
			return true;
	}
	return false;
}

static int keep(struct differences *all, const struct difference *difference)
{
	if (ARRAY_GROW(all->list, all->count, all->capacity))
		return -1;
	all->list[all->count++] = *difference;
	return 0;
}

static int judge(struct differences *all, const struct host *host,
		 const struct difference *difference)
{
	return words_differ(host, difference) ? keep(all, difference) : 0;
}

/* Bits of a register in which like CPUs differ. */
static u64 varying_bits(const struct host *host, enum register_id id)
{
	const struct register_info *info = register_info(id);
	const struct vi_hv_leaf *leaf;
	struct register_value value;

	if (info->class != REGISTER_HYPERVISOR)
		return register_varies(id);
	GROUP_EACH(host, group) {
		value = register_value(group, id);
		leaf = vi_hv_leaf(&group->hv, value.leaf, info->subleaf);
		if (leaf && host_hv_varies(&group->hv, leaf, info->reg))
			return ~0ULL;
	}
	return 0;
}

/*
 * Where all groups have the same value no word differs; but the words of a
 * control come from another register too.
 */
static bool is_alike(const struct host *host, enum register_id id)
{
	struct register_value first = register_value(host->groups[0], id);

	FIELD_EACH(register_info(id), i)
		if (field_info(i)->kind == FIELD_CONTROL)
			return false;
	GROUP_EACH(host, group) {
		struct register_value value = register_value(group, id);

		if (value.status != first.status ||
		    value.value != first.value || value.known != first.known)
			return false;
	}
	return true;
}

static int of_register(struct differences *all, const struct host *host,
		       enum register_id id)
{
	struct difference difference = { .reg = id };
	u64 varying = varying_bits(host, id);
	u64 unnamed = 0;

	if (is_alike(host, id))
		return 0;
	FIELD_EACH(register_info(id), i) {
		difference.field = i;
		if (!(field_mask(field_info(i)) & varying) &&
		    judge(all, host, &difference))
			return -1;
	}
	GROUP_EACH(host, group)
		unnamed |= register_unnamed_bits(group, id);
	difference.field = NR_FIELDS;
	/* That only one of two was read is shown by its fields. */
	return unnamed & ~varying ? judge(all, host, &difference) : 0;
}

/* Does the table have this output of this leaf? */
static bool in_table(const struct host_group *group,
		     const struct difference *difference)
{
	REGISTER_EACH(id) {
		const struct register_info *info = register_info(id);

		if ((info->class == REGISTER_CPUID ||
		     info->class == REGISTER_HYPERVISOR) &&
		    info->reg == difference->output &&
		    info->subleaf == difference->subleaf &&
		    register_value(group, id).leaf == difference->leaf)
			return true;
	}
	return false;
}

/*
 * Is it compared as a register of the table? Another hypervisor may have
 * something else in the same leaf.
 */
static bool in_every_table(const struct host *host,
			   const struct difference *difference)
{
	GROUP_EACH(host, group)
		if (!in_table(group, difference))
			return false;
	return true;
}

/* Bits in which CPUs of any one group differ. */
static u32 varying_in_leaf(const struct host *host,
			   const struct difference *difference)
{
	u32 varying = 0;

	GROUP_EACH(host, group) {
		const struct raw_leaf *raw = raw_leaves_find(
			&group->others, difference->leaf, difference->subleaf);

		varying |= raw ? raw->varies[difference->output] : 0;
	}
	return varying;
}

static int of_leaf(struct differences *all, const struct host *host, u32 leaf,
		   u32 subleaf)
{
	struct difference difference = { .field = NR_FIELDS,
					 .reg = NR_REGISTERS,
					 .leaf = leaf,
					 .subleaf = subleaf };

	for (difference.output = VI_EAX; difference.output <= VI_EDX;
	     difference.output++) {
		difference.varying = varying_in_leaf(host, &difference);
		if (words_differ(host, &difference) &&
		    !in_every_table(host, &difference) &&
		    keep(all, &difference))
			return -1;
	}
	return 0;
}

/* Leaves that no row names, each once: a group before it may have it too. */
static int of_others(struct differences *all, const struct host *host,
		     size_t group)
{
	const struct raw_leaves *others = &host->groups[group]->others;
	size_t before;

	ARRAY_EACH(raw, others->list, others->count) {
		for (before = 0; before < group; before++)
			if (raw_leaves_find(&host->groups[before]->others,
					    raw->leaf, raw->subleaf))
				break;
		if (before == group &&
		    of_leaf(all, host, raw->leaf, raw->subleaf))
			return -1;
	}
	return 0;
}

/* The group that has the most leaves has those of the others too, mostly. */
static const struct host_group *most_leaves(const struct host *host)
{
	const struct host_group *most = host->groups[0];

	GROUP_EACH(host, group)
		if (group->hv.count > most->hv.count)
			most = group;
	return most;
}

int differences_of(struct differences *differences, const struct host *host)
{
	const struct host_group *group;

	if (host->nr_groups < 2)
		return 0;
	REGISTER_EACH(id)
		if (of_register(differences, host, id))
			return -1;
	LEAF_EACH(i)
		if (of_leaf(differences, host, vi_leaves[i].leaf,
			    vi_leaves[i].subleaf))
			return -1;
	group = most_leaves(host);
	ARRAY_EACH(leaf, group->hv.leaves, group->hv.count)
		if (of_leaf(differences, host, leaf->leaf, leaf->subleaf))
			return -1;
	for (unsigned int i = 0; i < host->nr_groups; i++)
		if (of_others(differences, host, i))
			return -1;
	return 0;
}

void differences_free(struct differences *differences)
{
	free(differences->list);
	*differences = (struct differences){ .list = NULL };
}
