/* SPDX-License-Identifier: GPL-2.0-only */
/* A long report on a terminal, a page at a time. */
#ifndef VIRTINFO_OUTPUT_PAGER_H
#define VIRTINFO_OUTPUT_PAGER_H

#include <stddef.h>

#include "output/out.h"

/*
 * A report that is written to memory first, then printed: on a terminal that it
 * does not fit, through $PAGER (less -R where that is not set; none where it is
 * empty).
 */
struct paged {
	struct out out; /* where the report goes */
	struct out *to;
	char *text;
	size_t length;
};

/* Returns 0, or -1 without memory; then there is nothing to end. */
int paged_begin(struct paged *paged, struct out *out);
/* Print it, unless the report failed, and free it. Returns 0 or -1. */
int paged_end(struct paged *paged, bool failed);

#endif
