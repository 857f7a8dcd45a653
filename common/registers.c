// SPDX-License-Identifier: GPL-2.0-only
#include "registers.h"

const struct vi_leaf_info vi_leaves[VI_NR_LEAVES] = {
#define LEAF(id, number, sub, gate)                                            \
	[VI_##id].leaf = number, [VI_##id].subleaf = sub,
#define LEAF_VARIES(id, reg, bits) [VI_##id].varies[VI_##reg] = bits,
#include "registers.def"
};

#define VOLATILE  VI_VOLATILE
#define SENSITIVE VI_SENSITIVE
#define PARTIAL	  VI_PARTIAL

const struct vi_msr_info vi_msrs[VI_NR_MSRS] = {
#define CONTROL_REGISTER(id, number, bits, differs, source)                    \
	[VI_##id] = { .name = #id,                                             \
		      .address = (number),                                     \
		      .flags = (bits) | VI_CONTROL_REGISTER,                   \
		      .varies = (u64)(differs) },
#define MSR(id, number, vendor, bits, differs, gate, source)                   \
	[VI_##id] = { .name = #id,                                             \
		      .address = (number),                                     \
		      .flags = (bits),                                         \
		      .varies = (u64)(differs) },
#include "registers.def"
};
