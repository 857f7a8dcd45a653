/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tables for people. Cells are copied and made safe. libsmartcols draws them
 * (table.c); in a static program table_plain.c draws the same.
 */
#ifndef VIRTINFO_OUTPUT_TABLE_H
#define VIRTINFO_OUTPUT_TABLE_H

#include "output/out.h"

struct table;

struct column {
	const char *title;
	bool right; /* align to the right */
	bool wrap;  /* fold the cell where the terminal is too narrow */
};

/*
 * A table of count columns. titles: print the header line.
 * Returns NULL when there is no memory; every call below takes that NULL and
 * table_finish() reports it.
 */
struct table *table_new(struct out *out, const struct column *columns,
			int count, bool titles);
/* Begin the next row; cells are then set in any order, unset ones are empty. */
void table_row(struct table *table);
void table_cell(struct table *table, int column, enum out_style style,
		const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Print it and free it. Returns 0, or -1 when memory ran out. */
int table_finish(struct table *table);

#endif
