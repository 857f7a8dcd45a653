/* SPDX-License-Identifier: GPL-2.0-only */
/* What of rdmsr's output is found without its command. */
#ifndef VIRTINFO_INPUT_RDMSR_H
#define VIRTINFO_INPUT_RDMSR_H

#include "input/scan.h"

/* Is the line one value in hexadecimal, as rdmsr prints it, and no more? */
bool rdmsr_is_value(const struct line *line);

#endif
