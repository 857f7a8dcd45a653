/* SPDX-License-Identifier: GPL-2.0-only */
/* The registers that are sampled, as numbers and as facts for reading them. */
#ifndef VIRTINFO_REGISTERS_H
#define VIRTINFO_REGISTERS_H

#include "types.h"

enum vi_leaf {
#define LEAF(id, leaf, subleaf, gate) VI_##id,
#include "registers.def"
	VI_NR_LEAVES
};

/* MSRs and control registers, in the order in which they are read. */
enum vi_msr {
#define CONTROL_REGISTER(id, number, flags, varies, source)   VI_##id,
#define MSR(id, address, vendor, flags, varies, gate, source) VI_##id,
#include "registers.def"
	VI_NR_MSRS
};

enum vi_cpuid_register { VI_EAX, VI_EBX, VI_ECX, VI_EDX };

#define VI_VOLATILE	    0x1 /* may change while the system runs */
#define VI_SENSITIVE	    0x2 /* is a physical address or a secret */
#define VI_CONTROL_REGISTER 0x4 /* CRn, not an MSR; address is n */
#define VI_PARTIAL	    0x8 /* not every defined bit has a field */

struct vi_leaf_info {
	u32 leaf;
	u32 subleaf;
	u32 varies[4]; /* bits in which like CPUs differ */
};

struct vi_msr_info {
	const char *name;
	u32 address;
	u32 flags;
	u64 varies;
};

extern const struct vi_leaf_info vi_leaves[VI_NR_LEAVES];
extern const struct vi_msr_info vi_msrs[VI_NR_MSRS];

#endif
