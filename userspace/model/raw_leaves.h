/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * CPUID leaves that registers.def has no row for, as an input has them: kept
 * in captures, shown and compared as they are.
 */
#ifndef VIRTINFO_MODEL_RAW_LEAVES_H
#define VIRTINFO_MODEL_RAW_LEAVES_H

#include "registers.h"

struct raw_leaf {
	u32 leaf;
	u32 subleaf;
	u32 reg[4];
	u32 varies[4]; /* bits in which CPUs that are alike differ */
};

/* Ascending. Begins as { .list = NULL }. */
struct raw_leaves {
	struct raw_leaf *list;
	size_t count;
	size_t capacity;
};

void raw_leaves_free(struct raw_leaves *leaves);

/* NULL where there is no such leaf. */
const struct raw_leaf *raw_leaves_find(const struct raw_leaves *leaves,
				       u32 leaf, u32 subleaf);

/* Adds the leaf, or gives it new values. Returns 0, or -1 without memory. */
int raw_leaves_set(struct raw_leaves *leaves, u32 leaf, u32 subleaf,
		   const u32 reg[4]);

/* Takes number @at of the list out. */
void raw_leaves_remove(struct raw_leaves *leaves, size_t at);

/*
 * Adds the leaves of another CPU that is alike. Of a leaf that is there the
 * values stay, and the bits that differ vary from then on. Returns 0, or -1
 * without memory.
 */
int raw_leaves_merge(struct raw_leaves *into, const struct raw_leaves *from);

#endif
