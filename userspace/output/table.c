// SPDX-License-Identifier: GPL-2.0-only
#include "output/table.h"

#include <libsmartcols/libsmartcols.h>
#include <stdarg.h>
#include <stdlib.h>

#include "output/safe.h"

struct table {
	struct libscols_table *table;
	struct libscols_line *line;
	bool failed;
};

static const char *colour_name(enum out_style style)
{
	static const char *const names[] = {
		[OUT_PLAIN] = NULL,    [OUT_BOLD] = "bold",
		[OUT_DIM] = "halfbright",[OUT_GOOD] = "green",
		[OUT_WARN] = "brown",  [OUT_BAD] = "red",
	};

	return names[style];
}

static int add_column(struct table *table, const struct column *column)
{
	struct libscols_column *new;
	int flags = 0;

	if (column->right)
		flags |= SCOLS_FL_RIGHT;
	if (column->wrap)
		flags |= SCOLS_FL_WRAP;
	new = scols_table_new_column(table->table, column->title, 0, flags);
	return new ? 0 : -1;
}

struct table *table_new(struct out *out, const struct column *columns,
			int count, bool titles)
{
	struct table *table = calloc(1, sizeof(*table));
	int i;

	if (!table)
		return NULL;
	table->table = scols_new_table();
	if (!table->table) {
		free(table);
		return NULL;
	}
	scols_table_set_stream(table->table, out->file);
	scols_table_enable_noheadings(table->table, !titles);
	scols_table_enable_colors(table->table, out->colour);
	scols_table_enable_ascii(table->table, !out->utf8);
	scols_table_set_termforce(table->table, out->terminal ?
							SCOLS_TERMFORCE_ALWAYS :
							SCOLS_TERMFORCE_NEVER);
	scols_table_set_termwidth(table->table, (size_t)out->width);
	for (i = 0; i < count; i++)
		if (add_column(table, &columns[i]))
			table->failed = true;
	return table;
}

void table_row(struct table *table)
{
	if (!table)
		return;
	table->line = scols_table_new_line(table->table, NULL);
	if (!table->line)
		table->failed = true;
}

void table_cell(struct table *table, int column, enum out_style style,
		const char *format, ...)
{
	struct libscols_cell *cell;
	char *text = NULL, *safe = NULL;
	va_list arguments;

	if (!table || table->failed)
		return;
	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		text = NULL;
	va_end(arguments);
	if (text)
		safe = safe_string(text);
	free(text);
	cell = scols_line_get_cell(table->line, (size_t)column);
	if (!safe || !cell || scols_cell_refer_data(cell, safe)) {
		free(safe);
		table->failed = true;
		return;
	}
	if (style != OUT_PLAIN && scols_cell_set_color(cell, colour_name(style)))
		table->failed = true;
}

int table_finish(struct table *table)
{
	int error;

	if (!table)
		return -1;
	error = table->failed || scols_print_table(table->table);
	scols_unref_table(table->table);
	free(table);
	return error ? -1 : 0;
}
