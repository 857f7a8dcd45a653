/* SPDX-License-Identifier: GPL-2.0-only */
/* In which line of its input a register has its value; 0: not known. */
#ifndef VIRTINFO_MODEL_REGISTER_LINES_H
#define VIRTINFO_MODEL_REGISTER_LINES_H

#include "registers.h"

struct register_lines {
	u32 msr[VI_NR_MSRS];
	u32 leaf[VI_NR_LEAVES];
};

#endif
