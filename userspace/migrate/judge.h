/* SPDX-License-Identifier: GPL-2.0-only */
/* Between migration.c and the rules that are no comparison of one register. */
#ifndef VIRTINFO_MIGRATE_JUDGE_H
#define VIRTINFO_MIGRATE_JUDGE_H

#include "migrate/compare.h"

/* One way from a host to another, while it is judged. */
struct judging {
	const struct side *from;
	const struct side *to;
	enum migration_rule rule; /* the one that is asked now */
	enum migration_answer answer[NR_GUEST_CLASSES];
	struct migration *findings; /* NULL: only the answers are wanted */
	bool no_memory;
};

/* Does the side offer the field? What is not known is unknown. */
enum answer side_offers(const struct side *side, enum field_id field);

/* Is the rule asked between the two: may guests have what it is about? */
bool migration_rule_applies(enum migration_rule rule, const struct side *from,
			    const struct side *to);

/* How a value stands in the way; what is not given is of no register. */
struct objection {
	enum migration_answer answer;
	enum register_id reg;
	enum field_id field;
	u32 leaf;
	u32 subleaf;
	enum vi_cpuid_register output;
	u64 bits;
	u64 missing; /* those of bits that the guest has not */
	bool number; /* the bits are one number */
};

#define OF_NO_REGISTER .reg = NR_REGISTERS, .field = NR_FIELDS

/*
 * The rule does not hold, is not known to, or (MIGRATION_SAFE) there is
 * something that a person should know. Values are in words.
 */
void judging_object(struct judging *judging, const struct objection *objection,
		    const char *from, const char *to);

/* The command that tells what is not known of a host. */
#define TELLS_ALL "virtinfo capture"

#define ASK(rule, function) void judge_##function(struct judging *judging);
#include "tables/migration.def"

#endif
