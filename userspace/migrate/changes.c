// SPDX-License-Identifier: GPL-2.0-only
#include "migrate/changes_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "input/fact_keys.h"
#include "migrate/identity.h"

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

int changes_add(struct changes *changes, enum change_cause cause, char *name,
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
static bool is_zero_leaf(const char *key, const char *value)
{
	static const char *const lists[] = { "kvm cpuid ",
					     "kvm emulated cpuid ",
					     "kvm hyper-v cpuid " };
	bool is_leaf = false;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(lists); i++)
		is_leaf |= !strncmp(key, lists[i], strlen(lists[i]));
	if (!is_leaf)
		return false;
	while (*value && strchr("0x ", *value))
		value++;
	return !*value;
}

/* "kvm msr 0x480", of a register of the table. */
static bool is_known_msr(const char *key)
{
	char known[32];
	size_t i;

	for (i = 0; i < VI_NR_MSRS; i++) {
		if (vi_msrs[i].flags & VI_CONTROL_REGISTER)
			continue;
		snprintf(known, sizeof(known), "kvm msr 0x%x",
			 vi_msrs[i].address);
		if (!strcmp(key, known))
			return true;
	}
	return false;
}

/* What KVM offers was compared field by field. */
static bool is_offer(const struct pair *pair, const char *key)
{
	if (!strncmp(key, "kvm cpuid ", strlen("kvm cpuid ")))
		return pair->cpuid;
	return pair->msrs && (!strcmp(key, "kvm msrs") || is_known_msr(key));
}

static int add_fact(struct changes *changes, const struct pair *pair,
		    const char *key, const char *a, const char *b)
{
	enum change_cause cause = cause_of_fact(key);

	if (cause == NR_CHANGE_CAUSES || (a && b && !strcmp(a, b)) ||
	    ((!a || is_zero_leaf(key, a)) && (!b || is_zero_leaf(key, b))) ||
	    is_said(changes, key) || is_offer(pair, key))
		return 0;
	return changes_add(changes, cause, strdup(key), a, b);
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
static int facts_beside(struct changes *changes, const struct pair *pair,
			bool swapped)
{
	const struct facts *these = (swapped ? pair->b : pair->a)->facts;
	const struct facts *others = (swapped ? pair->a : pair->b)->facts;
	size_t i;

	for (i = 0; i < facts_count(these); i++) {
		struct fact fact = facts_at(these, i);
		const char *other = facts_get(others, fact.key);

		if (fact.first || (!other && !tells_absence(others, fact.key)))
			continue;
		if (!swapped ? add_fact(changes, pair, fact.key, fact.value,
					other) :
			       !other && add_fact(changes, pair, fact.key, NULL,
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
	if (changes_registers(changes, &pair) ||
	    facts_beside(changes, &pair, false) ||
	    facts_beside(changes, &pair, true))
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
