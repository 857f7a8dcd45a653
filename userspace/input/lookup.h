/* SPDX-License-Identifier: GPL-2.0-only */
/* From numbers of the hardware to the rows of common/registers.def. */
#ifndef VIRTINFO_INPUT_LOOKUP_H
#define VIRTINFO_INPUT_LOOKUP_H

#include "registers.h"

/* VI_NR_MSRS where the table has no such register. */
enum vi_msr lookup_msr(u32 address);
enum vi_msr lookup_control(u32 number);

/* VI_NR_LEAVES where the table has no such leaf. */
enum vi_leaf lookup_leaf(u32 leaf, u32 subleaf);

/* May it be a leaf of the hypervisor's range? */
static inline bool is_hv_leaf(u32 leaf)
{
	return leaf >> 16 == 0x4000;
}

#endif
