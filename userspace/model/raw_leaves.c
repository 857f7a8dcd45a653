// SPDX-License-Identifier: GPL-2.0-only
#include "model/raw_leaves.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/*
 * The ids of the CPU itself. x2APIC id: SDM CPUID leaves 0BH and 1FH, APM
 * Fn8000_0026; extended APIC, core and node id: APM Fn8000_001E.
 */
static u32 own_bits(u32 leaf, enum vi_cpuid_register reg)
{
	switch (leaf) {
	case 0x0000000b:
	case 0x0000001f:
	case 0x80000026:
		return reg == VI_EDX ? ~0U : 0;
	case 0x8000001e:
		return reg == VI_EDX ? 0 : ~0U;
	default:
		return 0;
	}
}

void raw_leaves_free(struct raw_leaves *leaves)
{
	free(leaves->list);
	*leaves = (struct raw_leaves){ .list = NULL };
}

/* The first that is not before the leaf. */
static size_t place(const struct raw_leaves *leaves, u32 leaf, u32 subleaf)
{
	size_t first = 0, end = leaves->count;

	while (first < end) {
		size_t middle = first + (end - first) / 2;
		const struct raw_leaf *at = &leaves->list[middle];

		if (at->leaf < leaf ||
		    (at->leaf == leaf && at->subleaf < subleaf))
			first = middle + 1;
		else
			end = middle;
	}
	return first;
}

static bool is_at(const struct raw_leaves *leaves, size_t at, u32 leaf,
		  u32 subleaf)
{
	return at < leaves->count && leaves->list[at].leaf == leaf &&
	       leaves->list[at].subleaf == subleaf;
}

const struct raw_leaf *raw_leaves_find(const struct raw_leaves *leaves,
				       u32 leaf, u32 subleaf)
{
	size_t at = place(leaves, leaf, subleaf);

	return is_at(leaves, at, leaf, subleaf) ? &leaves->list[at] : NULL;
}

static struct raw_leaf *insert(struct raw_leaves *leaves, size_t at)
{
	if (ARRAY_GROW(leaves->list, leaves->count, leaves->capacity))
		return NULL;
	memmove(&leaves->list[at + 1], &leaves->list[at],
		(leaves->count++ - at) * sizeof(*leaves->list));
	return &leaves->list[at];
}

int raw_leaves_set(struct raw_leaves *leaves, u32 leaf, u32 subleaf,
		   const u32 reg[4])
{
	size_t at = place(leaves, leaf, subleaf);
	enum vi_cpuid_register i;
	struct raw_leaf *raw;

	raw = is_at(leaves, at, leaf, subleaf) ? &leaves->list[at] :
						 insert(leaves, at);
	if (!raw)
		return -1;
	*raw = (struct raw_leaf){ .leaf = leaf, .subleaf = subleaf };
	memcpy(raw->reg, reg, sizeof(raw->reg));
	for (i = VI_EAX; i <= VI_EDX; i++)
		raw->varies[i] = own_bits(leaf, i);
	return 0;
}

void raw_leaves_remove(struct raw_leaves *leaves, size_t at)
{
	memmove(&leaves->list[at], &leaves->list[at + 1],
		(--leaves->count - at) * sizeof(*leaves->list));
}

int raw_leaves_merge(struct raw_leaves *into, const struct raw_leaves *from)
{
	enum vi_cpuid_register reg;
	size_t i, at;

	for (i = 0; i < from->count; i++) {
		const struct raw_leaf *raw = &from->list[i];

		at = place(into, raw->leaf, raw->subleaf);
		if (!is_at(into, at, raw->leaf, raw->subleaf)) {
			if (!insert(into, at))
				return -1;
			into->list[at] = *raw;
			continue;
		}
		for (reg = VI_EAX; reg <= VI_EDX; reg++)
			into->list[at].varies[reg] |=
				into->list[at].reg[reg] ^ raw->reg[reg];
	}
	return 0;
}
