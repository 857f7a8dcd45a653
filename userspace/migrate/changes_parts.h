/* SPDX-License-Identifier: GPL-2.0-only */
/* Between changes.c, which has the facts, and changes_registers.c. */
#ifndef VIRTINFO_MIGRATE_CHANGES_PARTS_H
#define VIRTINFO_MIGRATE_CHANGES_PARTS_H

#include "migrate/changes.h"

/* What the two hosts are, as far as it decides about causes. */
struct pair {
	const struct host *a;
	const struct host *b;
	enum change_cause registers; /* of a register that nothing else sets */
	/* What KVM offers was compared field by field: its facts say it again. */
	bool cpuid;
	bool msrs;
};

/* Takes name; the values are copied. Returns 0, or -1 without memory. */
int changes_add(struct changes *changes, enum change_cause cause, char *name,
		const char *a, const char *b);

/*
 * What differs of the processors, then of what KVM offers of them. Fills the rest of *pair.
 * Returns 0, or -1 without memory.
 */
int changes_registers(struct changes *changes, struct pair *pair);

#endif
