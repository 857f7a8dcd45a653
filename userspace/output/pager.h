/* SPDX-License-Identifier: GPL-2.0-only */
/* A long report on a terminal, a page at a time. */
#ifndef VIRTINFO_OUTPUT_PAGER_H
#define VIRTINFO_OUTPUT_PAGER_H

#include <stddef.h>

#include "output/out.h"

/*
 * Print the text. On a terminal that it does not fit, through $PAGER
 * (less -R where that is not set; none where it is empty).
 * Returns 0, or -1 with errno when it cannot be written.
 */
int pager_print(struct out *out, const char *text, size_t length);

/* A report that is written to memory first, then printed so. */
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
