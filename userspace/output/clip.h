/* SPDX-License-Identifier: GPL-2.0-only */
/* Lists that fit a screen: a line is a line, however long its text is. */
#ifndef VIRTINFO_OUTPUT_CLIP_H
#define VIRTINFO_OUTPUT_CLIP_H

#include "output/out.h"

/* One line behind so many columns, of which "..." is the end where it is cut. */
void out_clipped(struct out *out, enum out_style style, int indent,
		 const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
