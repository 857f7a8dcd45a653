/* SPDX-License-Identifier: GPL-2.0-only */
/* The comparisons of tables/migration.def, and what each side has for them. */
#ifndef VIRTINFO_MIGRATE_COMPARE_H
#define VIRTINFO_MIGRATE_COMPARE_H

#include "migrate/migration.h"

/* Between what the guest has (of the host it leaves) and what it finds. */
enum compare_how {
	SUBSET,	      /* it finds every bit that it has */
	REVERSE,      /* it finds no bit that it has not */
	EQUAL,	      /* it finds the same number */
	EQUAL_IF_ANY, /* the same, unless it has 0 */
	AT_MOST,      /* it has no larger number than it finds */
	AT_MOST_NOTE, /* the same, but only to be told */
	AT_LEAST,     /* it has no smaller number than it finds */
	/*
	 * A VMX control word: what must be 1 there (bits 31:0) must be 1 for
	 * it, what may be 1 for it (63:32) may be 1 there.
	 */
	CONTROLS,
	NONE, /* it has no bit */
};

struct comparison {
	enum migration_rule rule;
	enum compare_how how;
	enum register_id reg; /* NR_REGISTERS: a leaf without such a row */
	enum vi_leaf leaf;    /* of the latter */
	enum vi_cpuid_register output;
	u64 bits;
	u64 offers;
	u64 adds;
};

enum {
	NR_COMPARISONS = 0
#define COMPARE(rule, register, bits, how, offers, adds)	     +1
#define COMPARE_LEAF(rule, leaf_id, output, bits, how, offers, adds) +1
#include "tables/migration.def"
};

extern const struct comparison comparisons[NR_COMPARISONS];

/* What a side has for one comparison: the register's compared bits, in place. */
struct compared {
	u64 value;
	u64 open; /* its bits of which it is not known whether they are there */
	bool known;
	bool from_kvm; /* else the processor's */
};

/* Fill values of all comparisons from what the side offers. */
void compare_values(const struct side *side, struct compared *values);

/*
 * The answer to one comparison, with the bits that are in the way, in place.
 */
enum migration_answer compare_sides(const struct comparison *comparison,
				    struct compared from, struct compared to,
				    u64 *bits);

/* What a CPU has that stands for two: the merged value of a comparison. */
u64 compare_merge(const struct comparison *comparison, u64 a, u64 b);

#endif
