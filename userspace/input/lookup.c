// SPDX-License-Identifier: GPL-2.0-only
/* Switches: the compiler makes the search tree, and refuses equal rows. */
#include "input/lookup.h"

enum vi_msr lookup_msr(u32 address)
{
	switch (address) {
#define MSR(id, number, vendor, flags, varies, gate, source)                   \
	case number:                                                           \
		return VI_##id;
#include "registers.def"
	default:
		return VI_NR_MSRS;
	}
}

enum vi_msr lookup_control(u32 number)
{
	switch (number) {
#define CONTROL_REGISTER(id, cr, flags, varies, source)                        \
	case cr:                                                               \
		return VI_##id;
#include "registers.def"
	default:
		return VI_NR_MSRS;
	}
}

enum vi_leaf lookup_leaf(u32 leaf, u32 subleaf)
{
	switch ((u64)leaf << 32 | subleaf) {
#define LEAF(id, number, sub, gate)                                            \
	case (u64)(number) << 32 | (sub):                                      \
		return VI_##id;
#include "registers.def"
	default:
		return VI_NR_LEAVES;
	}
}
