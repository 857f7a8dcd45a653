/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * In what two hosts differ, or one host at two times, and why: registers field
 * by field, and facts.
 */
#ifndef VIRTINFO_MIGRATE_CHANGES_H
#define VIRTINFO_MIGRATE_CHANGES_H

#include "model/host.h"

enum change_cause {
#define CAUSE(id, name, title) CAUSE_##id,
#include "tables/causes.def"
	NR_CHANGE_CAUSES
};

struct change {
	enum change_cause cause;
	char *name; /* "REGISTER.field", a register, or the key of a fact */
	/* NULL: one has it not, or does not tell. */
	char *a;
	char *b;
};

/* Begins as { .list = NULL }; ordered by cause, then as the table has them. */
struct changes {
	struct change *list;
	size_t count;
	size_t capacity;
};

/*
 * Fill *changes. What only one of two inputs has of the registers is no change,
 * nor what like CPUs differ in. Returns 0, or -1 when there is no memory;
 * changes_free() it either way.
 */
int changes_of(struct changes *changes, const struct host *a,
	       const struct host *b);
void changes_free(struct changes *changes);

/* "microcode", as JSON has it; and as a heading. */
const char *change_cause_name(enum change_cause cause);
const char *change_cause_title(enum change_cause cause);

#endif
