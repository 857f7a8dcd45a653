/* SPDX-License-Identifier: GPL-2.0-only */
/* Groups of CPUs made up by tests: registers with values, no file. */
#ifndef VIRTINFO_TESTS_UNIT_GROUP_H
#define VIRTINFO_TESTS_UNIT_GROUP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/decode.h"

static inline void set_msr(struct host_group *group, enum vi_msr msr, u64 value)
{
	group->sample.msr[msr] = value;
	group->sample.msr_status[msr] = VI_READ;
}

static inline void set_leaf(struct host_group *group, enum vi_leaf leaf,
			    u32 eax, u32 ebx, u32 ecx, u32 edx)
{
	u32 *reg = group->sample.leaf[leaf];

	reg[VI_EAX] = eax;
	reg[VI_EBX] = ebx;
	reg[VI_ECX] = ecx;
	reg[VI_EDX] = edx;
	group->sample.leaf_status[leaf] = VI_READ;
}

/* A leaf of the hypervisor: signature is its EBX, ECX and EDX. */
static inline void add_hv_range(struct host_group *group, u32 leaf, u32 max,
				const char signature[12])
{
	struct vi_hv_leaf *hv = &group->hv.leaves[group->hv.count++];

	hv->leaf = leaf;
	hv->reg[VI_EAX] = max;
	memcpy(&hv->reg[VI_EBX], signature, 12);
}

static inline void add_hv_leaf(struct host_group *group, u32 leaf, u32 subleaf,
			       u32 eax)
{
	struct vi_hv_leaf *hv = &group->hv.leaves[group->hv.count++];

	hv->leaf = leaf;
	hv->subleaf = subleaf;
	hv->reg[VI_EAX] = eax;
}

/* A control word: what must be 1, what may be. */
#define CONTROL_WORD(must, may) ((u64)(may) << 32 | (must))

#endif
