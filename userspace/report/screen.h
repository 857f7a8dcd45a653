/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A report that fits one screen, however much there is to say: lists show so
 * many rows, and where that is still too much a row is one line, cut at its
 * end.
 */
#ifndef VIRTINFO_REPORT_SCREEN_H
#define VIRTINFO_REPORT_SCREEN_H

#include <stddef.h>

#include "output/out.h"

/* Lines that a screen has at most. */
#define SCREEN_LINES 48
#define SCREEN_ALL   ((size_t)-1)

struct screen {
	struct out *out;
	size_t rows;  /* of each list; SCREEN_ALL */
	size_t names; /* of hosts in a row; SCREEN_ALL */
	bool clip;    /* a row is one line */
};

/*
 * Call print(), which returns 0 or -1, until what it prints fits, and print
 * that. all: whole lists, paged. Returns 0, or -1 without memory or where print()
 * did.
 */
int screen_print(struct out *out, bool all,
		 int (*print)(const struct screen *screen, const void *data),
		 const void *data);

/* A row, or what is said of it further in. */
void screen_row(const struct screen *screen, enum out_style style, int indent,
		const char *text);

/* "and 12 more (--all)", where a list of so many is cut. */
void screen_more(const struct screen *screen, size_t count);

#endif
