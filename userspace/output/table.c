// SPDX-License-Identifier: GPL-2.0-only
#include "output/table.h"

#include <libsmartcols/libsmartcols.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "output/cell.h"
#include "output/width.h"

struct table {
	struct libscols_table *table;
	struct libscols_line *line;
	size_t fold_width; /* of each column that folds */
	bool failed;
};

static const char *const colour_names[] = {
	[OUT_PLAIN] = NULL,   [OUT_BOLD] = "bold",  [OUT_DIM] = "halfbright",
	[OUT_GOOD] = "green", [OUT_WARN] = "brown", [OUT_BAD] = "red",
};

/*
 * Left to itself the library folds a cell in the middle of a word; given how
 * to fold, it no longer fits the column to the terminal. So both is done here.
 */
static size_t cell_width(const struct libscols_column *column, const char *text,
			 void *user)
{
	const struct table *table = user;

	(void)column;
	return cell_columns(text, table->fold_width);
}

static char *next_line(const struct libscols_column *column, char *text,
		       void *user)
{
	const struct table *table = user;

	(void)column;
	return cell_line_end(text, table->fold_width);
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
	if (new && column->wrap &&
	    scols_column_set_wrapfunc(new, cell_width, next_line, table))
		return -1;
	return new ? 0 : -1;
}

struct table *table_new(struct out *out, const struct column *columns,
			int count, bool titles)
{
	struct table *table = calloc(1, sizeof(*table));

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
	/* Cells are printable already: the library would escape escapes. */
	scols_table_enable_noencoding(table->table, 1);
	scols_table_set_termforce(table->table, SCOLS_TERMFORCE_ALWAYS);
	scols_table_set_termwidth(table->table, (size_t)out->width);
	ARRAY_EACH(column, columns, count)
		if (add_column(table, column))
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
	char *safe;
	va_list arguments;

	if (!table || table->failed)
		return;
	va_start(arguments, format);
	safe = cell_text(format, arguments);
	va_end(arguments);
	cell = scols_line_get_cell(table->line, (size_t)column);
	if (!safe || !cell || scols_cell_refer_data(cell, safe)) {
		free(safe);
		table->failed = true;
		return;
	}
	if (style != OUT_PLAIN &&
	    scols_cell_set_color(cell, colour_names[style]))
		table->failed = true;
}

static size_t column_width(struct libscols_table *table, size_t number)
{
	struct libscols_column *column = scols_table_get_column(table, number);
	const char *title =
		scols_cell_get_data(scols_column_get_header(column));
	size_t i, width = title ? strlen(title) : 0;

	for (i = 0; i < scols_table_get_nlines(table); i++) {
		const char *text = scols_cell_get_data(scols_line_get_cell(
			scols_table_get_line(table, i), number));

		if (text && (size_t)text_columns(text, strlen(text)) > width)
			width = (size_t)text_columns(text, strlen(text));
	}
	return width;
}

static size_t width_to_fold(struct libscols_table *table)
{
	size_t i, folding = 0, taken = 0;

	for (i = 0; i < scols_table_get_ncols(table); i++) {
		if (scols_column_is_wrap(scols_table_get_column(table, i)))
			folding++;
		else
			taken += column_width(table, i) + 1;
	}
	return cell_fold_width(scols_table_get_termwidth(table), taken,
			       folding);
}

int table_finish(struct table *table)
{
	int error;

	if (!table)
		return -1;
	table->fold_width = width_to_fold(table->table);
	error = table->failed || scols_print_table(table->table);
	scols_unref_table(table->table);
	free(table);
	return error ? -1 : 0;
}
