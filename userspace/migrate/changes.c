// SPDX-License-Identifier: GPL-2.0-only
#include "migrate/changes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "input/fact_keys.h"
#include "migrate/identity.h"
#include "migrate/side.h"
#include "model/differences.h"
#include "model/hypervisor.h"

static const struct {
	const char *name;
	const char *title;
} causes[NR_CHANGE_CAUSES] = {
#define CAUSE(id, word, heading)                                               \
	[CAUSE_##id] = { .name = (word), .title = (heading) },
#include "tables/causes.def"
};

static const struct {
	const char *prefix;
	enum change_cause cause; /* NR_CHANGE_CAUSES: no change */
} facts_of[] = {
#define IGNORED(text)	{ .prefix = (text), .cause = NR_CHANGE_CAUSES },
#define FACT(text, why) { .prefix = (text), .cause = CAUSE_##why },
#include "tables/causes.def"
};

static const char *const listed[] = {
#define LISTED(prefix) prefix,
#include "tables/causes.def"
};

static const struct {
	enum register_id reg;
	enum change_cause cause;
} set_by[] = {
#define SET_BY(register_name, why)                                             \
	{ .reg = REG_##register_name, .cause = CAUSE_##why },
#include "tables/causes.def"
};

const char *change_cause_name(enum change_cause cause)
{
	return causes[cause].name;
}

const char *change_cause_title(enum change_cause cause)
{
	return causes[cause].title;
}

static enum change_cause cause_of_fact(const char *key)
{
	enum fact_varies varies = fact_varies(key);
	size_t i;

	if (varies == FACT_VARIES || varies == FACT_COUNTS)
		return NR_CHANGE_CAUSES;
	for (i = 0; i < ARRAY_SIZE(facts_of); i++)
		if (!strncmp(key, facts_of[i].prefix,
			     strlen(facts_of[i].prefix)))
			return facts_of[i].cause;
	return CAUSE_SYSTEM;
}

/* What the two hosts are, as far as it decides about causes. */
struct pair {
	const struct host *a;
	const struct host *b;
	enum change_cause registers; /* of a register that nothing else sets */
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

static enum change_cause cause_of_register(const struct pair *pair,
					   enum register_id id)
{
	size_t i;

	if (id == NR_REGISTERS)
		return pair->registers;
	for (i = 0; i < ARRAY_SIZE(set_by); i++)
		if (set_by[i].reg == id)
			return set_by[i].cause;
	return register_info(id)->class == REGISTER_HYPERVISOR ?
		       CAUSE_HYPERVISOR :
		       pair->registers;
}

/* Takes name; the values are copied. */
static int add(struct changes *changes, enum change_cause cause, char *name,
	       const char *a, const char *b)
{
	struct change change = { .cause = cause, .name = name };

	change.a = a ? strdup(a) : NULL;
	change.b = b ? strdup(b) : NULL;
	if (!name || (a && !change.a) || (b && !change.b) ||
	    ARRAY_GROW(changes->list, changes->count, changes->capacity)) {
		free(change.name);
		free(change.a);
		free(change.b);
		return -1;
	}
	changes->list[changes->count++] = change;
	return 0;
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
	struct register_value value;

	if (difference->reg == NR_REGISTERS)
		return false;
	value = register_value(group, difference->reg);
	if (value.status == VI_NOT_ATTEMPTED)
		return true;
	if (value.status != VI_READ)
		return false;
	if (difference->field == NR_FIELDS)
		return !register_unnamed_bits(group, difference->reg);
	return !(value.value & field_mask(field_info(difference->field)));
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
			error = add(changes, CAUSE_PROCESSOR,
				    strdup(identity_name(part)), a.word[part],
				    b.word[part]);
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
		error = add(changes, cause_of_register(pair, at->reg),
			    name_of(at),
			    difference_word(a, both->groups[0], at),
			    difference_word(b, both->groups[1], at));
	}
	differences_free(&differences);
	return error;
}

static int registers(struct changes *changes, struct pair *pair)
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

/* The registers have said it before the facts. */
static bool is_said(const struct changes *changes, const char *key)
{
	enum identity_part part;
	size_t i;

	for (part = 0; part < NR_IDENTITY_PARTS; part++)
		if (identity_is_fact(part, key))
			break;
	for (i = 0; part < NR_IDENTITY_PARTS && i < changes->count; i++)
		if (!strcmp(changes->list[i].name, identity_name(part)))
			return true;
	return false;
}

/* KVM lists leaves that are all 0 as well, or leaves them out. */
static const char *unless_zero(const char *key, const char *value)
{
	return value && strstr(key, "cpuid ") &&
			       value[strspn(value, "0x ")] == '\0' ?
		       NULL :
		       value;
}

static int add_fact(struct changes *changes, const char *key, const char *a,
		    const char *b)
{
	enum change_cause cause = cause_of_fact(key);

	if (cause == NR_CHANGE_CAUSES || (a && b && !strcmp(a, b)) ||
	    (!unless_zero(key, a) && !unless_zero(key, b)) ||
	    is_said(changes, key))
		return 0;
	return add(changes, cause, strdup(key), a, b);
}

/*
 * What an input does not tell is no difference. Where it has others of a list,
 * a fact that it has not is one that is not there.
 */
static bool tells_absence(const struct facts *facts, const char *key)
{
	const char *prefix = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(listed) && !prefix; i++)
		if (!strncmp(key, listed[i], strlen(listed[i])))
			prefix = listed[i];
	for (i = 0; prefix && i < facts_count(facts); i++)
		if (!strncmp(facts_at(facts, i).key, prefix, strlen(prefix)))
			return true;
	return false;
}

/* Facts of one that the other has with another value or, of a list, has not. */
static int facts_beside(struct changes *changes, const struct facts *these,
			const struct facts *others, bool swapped)
{
	size_t i;

	for (i = 0; i < facts_count(these); i++) {
		struct fact fact = facts_at(these, i);
		const char *other = facts_get(others, fact.key);

		if (fact.first || (!other && !tells_absence(others, fact.key)))
			continue;
		if (!swapped ? add_fact(changes, fact.key, fact.value, other) :
			       !other && add_fact(changes, fact.key, NULL,
						  fact.value))
			return -1;
	}
	return 0;
}

/* The order within a cause stays. */
static int order(struct changes *changes)
{
	struct change *ordered = calloc(changes->count + 1, sizeof(*ordered));
	enum change_cause cause;
	size_t i, at = 0;

	if (!ordered)
		return -1;
	for (cause = 0; cause < NR_CHANGE_CAUSES; cause++)
		for (i = 0; i < changes->count; i++)
			if (changes->list[i].cause == cause)
				ordered[at++] = changes->list[i];
	free(changes->list);
	changes->list = ordered;
	changes->capacity = changes->count + 1;
	return 0;
}

int changes_of(struct changes *changes, const struct host *a,
	       const struct host *b)
{
	struct pair pair = { .a = a, .b = b, .registers = CAUSE_UNKNOWN };

	*changes = (struct changes){ .list = NULL };
	if (registers(changes, &pair) ||
	    facts_beside(changes, a->facts, b->facts, false) ||
	    facts_beside(changes, b->facts, a->facts, true))
		return -1;
	return order(changes);
}

void changes_free(struct changes *changes)
{
	size_t i;

	for (i = 0; i < changes->count; i++) {
		free(changes->list[i].name);
		free(changes->list[i].a);
		free(changes->list[i].b);
	}
	free(changes->list);
	*changes = (struct changes){ .list = NULL };
}
