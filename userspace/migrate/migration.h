/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * May a guest move from one host to another? Each rule of
 * userspace/tables/migration.def is asked, with what KVM offers on the two.
 */
#ifndef VIRTINFO_MIGRATE_MIGRATION_H
#define VIRTINFO_MIGRATE_MIGRATION_H

#include "migrate/side.h"

enum guest_class {
	GUEST_PLAIN,	/* its CPU has neither VMX nor SVM */
	GUEST_NESTABLE, /* it may run guests */
	GUEST_NESTING,	/* it runs guests now */
	NR_GUEST_CLASSES
};

/* In this order: the worse answer is the larger. */
enum migration_answer {
	MIGRATION_SAFE,
	MIGRATION_UNKNOWN, /* never safe */
	MIGRATION_UNSAFE,
};

enum migration_rule {
#define RULE(id, name, needs, classes, title, enforced, sees, mends) RULE_##id,
#include "tables/migration.def"
	NR_MIGRATION_RULES
};

/* What a guest has to have on both hosts for a rule to be asked. */
enum rule_need { NEEDS_NOTHING, NEEDS_VMX, NEEDS_SVM, NEEDS_EITHER };

struct rule_info {
	const char *name; /* "cpuid-feature", as JSON has it */
	enum rule_need needs;
	unsigned int classes; /* a bit 1 << GUEST_... each */
	const char *title;    /* what must hold, in words */
	const char *enforced; /* KVM's function, or who else refuses */
	const char *sees;     /* what a guest would see */
	const char *mends;    /* what to do; NULL: nothing */
};

const struct rule_info *migration_rule_info(enum migration_rule rule);

/* "plain", "nestable", "nesting"; "safe", "unsafe", "not known". */
const char *guest_class_name(enum guest_class guest);
/* The class of that name, or NR_GUEST_CLASSES. */
enum guest_class guest_class_find(const char *name);
const char *migration_answer_name(enum migration_answer answer);

#define MIGRATION_VALUE 48

/* A rule that does not hold, or of which it is not known whether it does. */
struct migration_finding {
	enum migration_rule rule;
	unsigned int classes; /* those that it concerns */
	enum migration_answer answer;
	enum register_id reg; /* NR_REGISTERS: not of a register of the table */
	enum field_id field;  /* NR_FIELDS: of no field */
	u32 leaf;	      /* of a CPUID leaf that the table does not have */
	u32 subleaf;
	enum vi_cpuid_register output;
	u64 bits;    /* of the register, in place, that are in the way; or 0 */
	u64 missing; /* those of them that the guest has not, and would find */
	bool number; /* the bits are one number */
	/* Values in words, of the host the guest leaves and the other. */
	char from[MIGRATION_VALUE];
	char to[MIGRATION_VALUE];
	const char *command; /* of an unknown one: what would tell; or NULL */
};

/* Begins as { .list = NULL }. */
struct migration {
	enum migration_answer answer[NR_GUEST_CLASSES];
	struct migration_finding *list; /* in the order of the rules */
	size_t count;
	size_t capacity;
};

/*
 * Judge the way from one side to the other for each class of guest. Returns 0,
 * or -1 when there is no memory; migration_free() it either way.
 */
int migration_judge(struct migration *migration, const struct side *from,
		    const struct side *to);
void migration_free(struct migration *migration);

/*
 * The answers only, without findings: for comparing many hosts. Needs no
 * memory.
 */
void migration_answers(enum migration_answer answers[NR_GUEST_CLASSES],
		       const struct side *from, const struct side *to);

#endif
