// SPDX-License-Identifier: GPL-2.0-only
/* In which registers two hosts differ: as the processors have them, and KVM. */
#include "migrate/changes_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "migrate/identity.h"
#include "migrate/side.h"
#include "model/hypervisor.h"

static const struct {
	enum register_id reg;
	enum change_cause cause;
} set_by[] = {
#define SET_BY(register_name, why)                                             \
	{ .reg = REG_##register_name, .cause = CAUSE_##why },
#include "tables/causes.def"
};

static bool facts_differ(const struct pair *pair, const char *key)
{
	const char *a = facts_get(pair->a->facts, key);
	const char *b = facts_get(pair->b->facts, key);

	return a && b && strcmp(a, b);
}

static bool guest(const struct host *host)
{
	struct hypervisor hypervisor;

	hypervisor_detect(&hypervisor, host);
	return hypervisor.guest == ANSWER_YES;
}

static u32 output_of(const struct host *host, enum vi_leaf leaf,
		     enum vi_cpuid_register reg)
{
	return host->groups[0]->sample.leaf[leaf][reg];
}

/* Vendor, family, model and stepping. */
static bool same_processor(const struct host *a, const struct host *b)
{
	return output_of(a, VI_L0, VI_EBX) == output_of(b, VI_L0, VI_EBX) &&
	       output_of(a, VI_L0, VI_ECX) == output_of(b, VI_L0, VI_ECX) &&
	       output_of(a, VI_L0, VI_EDX) == output_of(b, VI_L0, VI_EDX) &&
	       output_of(a, VI_L1, VI_EAX) == output_of(b, VI_L1, VI_EAX);
}

/*
 * Like processors differ by what was loaded into them, by what firmware has
 * switched off, or by what a hypervisor shows.
 */
static enum change_cause cause_of_registers(const struct pair *pair)
{
	if (!same_processor(pair->a, pair->b))
		return CAUSE_PROCESSOR;
	if (guest(pair->a) || guest(pair->b))
		return CAUSE_HYPERVISOR;
	if (facts_differ(pair, "cpuinfo microcode"))
		return CAUSE_MICROCODE;
	if (facts_differ(pair, "dmi bios_version"))
		return CAUSE_FIRMWARE;
	return CAUSE_UNKNOWN;
}

static enum change_cause cause_of(const struct pair *pair,
				  const struct difference *difference)
{
	size_t i;

	if (difference->reg == NR_REGISTERS)
		return difference->leaf >= VI_HV_FIRST &&
				       difference->leaf < VI_HV_END ?
			       CAUSE_HYPERVISOR :
			       pair->registers;
	for (i = 0; i < ARRAY_SIZE(set_by); i++)
		if (set_by[i].reg == difference->reg)
			return set_by[i].cause;
	return register_info(difference->reg)->class == REGISTER_HYPERVISOR ?
		       CAUSE_HYPERVISOR :
		       pair->registers;
}

static char *name_of(const struct difference *difference)
{
	char address[REGISTER_ADDRESS_SIZE];
	const char *reg = difference_register(address, difference);
	char *name;

	if (difference->field == NR_FIELDS)
		return strdup(reg);
	if (asprintf(&name, "%s.%s", reg, field_info(difference->field)->name) <
	    0)
		return NULL;
	return name;
}

/* Of a register that is not there no field differs from one that is 0. */
static bool is_nothing(const struct host_group *group,
		       const struct difference *difference)
{
	char word[DIFFERENCE_WORD_SIZE];
	const struct field_info *info;
	struct register_value value;
	const char *text;

	if (difference->reg == NR_REGISTERS) {
		text = difference_word(word, group, difference);
		return !strcmp(text, "0x0") ||
		       !strcmp(text, register_status_word(VI_NOT_ATTEMPTED));
	}
	value = register_value(group, difference->reg);
	if (value.status == VI_NOT_ATTEMPTED)
		return true;
	if (value.status != VI_READ)
		return false;
	if (difference->field == NR_FIELDS)
		return !register_unnamed_bits(group, difference->reg);
	info = field_info(difference->field);
	/* Reserved bits that are 1 by default say no more than 0 elsewhere. */
	return (value.value & field_mask(info)) ==
	       (info->kind == FIELD_DEFAULT1 ? field_mask(info) : 0);
}

/* What an input does not have is no difference. */
static int add_identity(struct changes *changes,
			const struct host_group *const groups[2])
{
	struct identity a, b = { .word = { NULL } };
	enum identity_part part;
	int error = identity_of(&a, groups[0]) || identity_of(&b, groups[1]);

	for (part = 0; part < NR_IDENTITY_PARTS && !error; part++)
		if (a.word[part] && b.word[part] &&
		    strcmp(a.word[part], b.word[part]))
			error = changes_add(changes,
					    part == IDENTITY_HYPERVISOR ?
						    CAUSE_HYPERVISOR :
						    CAUSE_PROCESSOR,
					    strdup(identity_name(part)),
					    a.word[part], b.word[part]);
	identity_free(&a);
	identity_free(&b);
	return error ? -1 : 0;
}

/* One group for each of the two hosts. */
static int add_registers(struct changes *changes, const struct pair *pair,
			 const struct host *both)
{
	struct differences differences = { .list = NULL };
	char a[DIFFERENCE_WORD_SIZE], b[DIFFERENCE_WORD_SIZE];
	int error;
	size_t i;

	error = add_identity(changes,
			     (const struct host_group *const *)both->groups) ||
		differences_of(&differences, both);
	for (i = 0; i < differences.count && !error; i++) {
		const struct difference *at = &differences.list[i];

		if ((is_nothing(both->groups[0], at) &&
		     is_nothing(both->groups[1], at)) ||
		    identity_says(both->groups[0], both->groups[1], at))
			continue;
		error = changes_add(changes, cause_of(pair, at), name_of(at),
				    difference_word(a, both->groups[0], at),
				    difference_word(b, both->groups[1], at));
	}
	differences_free(&differences);
	return error;
}

static int processors(struct changes *changes, struct pair *pair)
{
	struct host_group *groups[2] = { NULL };
	const struct host both = { .groups = groups, .nr_groups = 2 };
	int error = -1;

	if (!pair->a->nr_groups || !pair->b->nr_groups)
		return 0;
	pair->registers = cause_of_registers(pair);
	groups[0] = group_intersection(pair->a->groups, pair->a->nr_groups);
	groups[1] = group_intersection(pair->b->groups, pair->b->nr_groups);
	if (groups[0] && groups[1])
		error = add_registers(changes, pair, &both);
	group_free(groups[0]);
	group_free(groups[1]);
	return error;
}

/* The processors differ in it just so. */
static bool is_repeated(const struct changes *changes, const char *name,
			const char *a, const char *b)
{
	size_t i;

	for (i = 0; i < changes->count; i++) {
		const struct change *change = &changes->list[i];

		if (!strcmp(change->name, name) && change->a && change->b)
			return !strcmp(change->a, a) && !strcmp(change->b, b);
	}
	return false;
}

/* A leaf that KVM does not list, or an MSR that it does not have. */
static const char *offered_word(char word[DIFFERENCE_WORD_SIZE],
				const struct host_group *offer,
				const struct difference *difference)
{
	const char *text = difference_word(word, offer, difference);

	return strcmp(text, register_status_word(VI_NOT_ATTEMPTED)) ?
		       text :
		       "not offered";
}

static bool is_compared(const struct pair *pair,
			const struct difference *difference)
{
	return difference->reg != NR_REGISTERS &&
			       register_info(difference->reg)->class ==
				       REGISTER_MSR ?
		       pair->msrs :
		       pair->cpuid;
}

static int add_offered(struct changes *changes, const struct host *both,
		       const struct difference *difference)
{
	char a[DIFFERENCE_WORD_SIZE], b[DIFFERENCE_WORD_SIZE];
	const char *has = offered_word(a, both->groups[0], difference);
	const char *finds = offered_word(b, both->groups[1], difference);
	char *name = name_of(difference), *offered;
	int error = 0;

	if (!name)
		return -1;
	if (!is_repeated(changes, name, has, finds))
		error = asprintf(&offered, "kvm %s", name) < 0 ||
			changes_add(changes, CAUSE_KERNEL, offered, has, finds);
	free(name);
	return error ? -1 : 0;
}

static int compare_offers(struct changes *changes, const struct pair *pair,
			  const struct host *both)
{
	struct differences differences = { .list = NULL };
	int error = differences_of(&differences, both);
	size_t i;

	for (i = 0; i < differences.count && !error; i++) {
		const struct difference *at = &differences.list[i];

		if (is_compared(pair, at) &&
		    !(is_nothing(both->groups[0], at) &&
		      is_nothing(both->groups[1], at)) &&
		    !identity_says(both->groups[0], both->groups[1], at))
			error = add_offered(changes, both, at);
	}
	differences_free(&differences);
	return error;
}

static int offers(struct changes *changes, struct pair *pair)
{
	struct side a, b = { .host = NULL };
	struct host_group *groups[2];
	const struct host both = { .groups = groups, .nr_groups = 2 };
	int error = side_of(&a, pair->a) || side_of(&b, pair->b);

	if (!error) {
		groups[0] = a.offer;
		groups[1] = b.offer;
		pair->cpuid = a.cpuid_from_kvm && b.cpuid_from_kvm;
		pair->msrs = a.msrs_from_kvm && b.msrs_from_kvm;
		if (pair->cpuid || pair->msrs)
			error = compare_offers(changes, pair, &both);
	}
	side_free(&a);
	side_free(&b);
	return error ? -1 : 0;
}

int changes_registers(struct changes *changes, struct pair *pair)
{
	return processors(changes, pair) || offers(changes, pair) ? -1 : 0;
}
