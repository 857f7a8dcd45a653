/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A report as one file of HTML, which needs nothing else: its style and its
 * script (report/page/) are in it, and what they show is a JSON document, which
 * is no interface. No text of a host is ever markup.
 */
#ifndef VIRTINFO_REPORT_PAGE_H
#define VIRTINFO_REPORT_PAGE_H

#include "fleet/fleet.h"
#include "options.h"
#include "output/out.h"

/*
 * Write the page of a fleet that was judged to the file that --html names, or
 * to out. Returns the exit status.
 */
int report_page(struct out *out, const struct fleet *fleet,
		const struct options *options);

/*
 * The same as a stream, for tests. Returns 0, or -1 without memory or where
 * file took a write error.
 */
int page_write(FILE *file, const struct fleet *fleet);

/* Made from report/page/: what is before the JSON document, and behind it. */
extern const char page_head[];
extern const char page_tail[];

#endif
