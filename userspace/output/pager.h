/* SPDX-License-Identifier: GPL-2.0-only */
/* Long texts on a terminal go through the person's pager. */
#ifndef VIRTINFO_OUTPUT_PAGER_H
#define VIRTINFO_OUTPUT_PAGER_H

#include <stddef.h>

#include "output/out.h"

/*
 * Print length bytes of text. Where out is a terminal and the text has more
 * lines than it, through $PAGER, or "less -R"; an empty PAGER is none. A pager
 * that cannot be run is none as well; one that is left early is no error.
 * Returns 0, or -1 where out took an error.
 */
int pager_print(struct out *out, const char *text, size_t length);

#endif
