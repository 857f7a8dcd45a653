/* SPDX-License-Identifier: GPL-2.0-only */
/* What standard output can show. */
#ifndef VIRTINFO_OUTPUT_TERMINAL_H
#define VIRTINFO_OUTPUT_TERMINAL_H

#include "output/out.h"

/*
 * colour is "auto", "always", "never" or NULL for "auto": colours on a
 * terminal that has them, unless NO_COLOR is set (no-color.org).
 */
struct out terminal_out(FILE *file, const char *colour);

#endif
