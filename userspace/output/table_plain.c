// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tables without libsmartcols, for a static program (make static): Debian has
 * that library as a shared one only. To the byte what table.c has it draw:
 * tests/check-static compares.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "output/cell.h"
#include "output/table.h"
#include "output/width.h"

struct cell {
	char *text; /* NULL where it is empty */
	enum out_style style;
};

struct table_column {
	struct column column;
	size_t width;
};

struct row {
	struct cell *cells; /* one a column */
};

struct table {
	struct out *out;
	struct table_column *columns;
	size_t nr_columns;
	struct row *rows;
	size_t nr_rows, capacity;
	bool titles, failed;
};

static void table_free(struct table *table)
{
	size_t i, j;

	for (i = 0; i < table->nr_rows; i++) {
		for (j = 0; j < table->nr_columns; j++)
			free(table->rows[i].cells[j].text);
		free(table->rows[i].cells);
	}
	free(table->rows);
	free(table->columns);
	free(table);
}

struct table *table_new(struct out *out, const struct column *columns,
			int count, bool titles)
{
	struct table *table = calloc(1, sizeof(*table));
	int i;

	if (!table)
		return NULL;
	table->columns = calloc((size_t)count, sizeof(*table->columns));
	if (!table->columns) {
		free(table);
		return NULL;
	}
	table->out = out;
	table->nr_columns = (size_t)count;
	table->titles = titles;
	for (i = 0; i < count; i++)
		table->columns[i].column = columns[i];
	return table;
}

void table_row(struct table *table)
{
	struct cell *cells;

	if (!table || table->failed)
		return;
	cells = calloc(table->nr_columns, sizeof(*cells));
	if (!cells ||
	    ARRAY_GROW(table->rows, table->nr_rows, table->capacity)) {
		free(cells);
		table->failed = true;
		return;
	}
	table->rows[table->nr_rows++].cells = cells;
}

void table_cell(struct table *table, int column, enum out_style style,
		const char *format, ...)
{
	char *safe;
	struct cell *cell;
	va_list arguments;

	if (!table || table->failed)
		return;
	va_start(arguments, format);
	safe = cell_text(format, arguments);
	va_end(arguments);
	if (!safe) {
		table->failed = true;
		return;
	}
	cell = &table->rows[table->nr_rows - 1].cells[column];
	free(cell->text);
	*cell = (struct cell){ .text = safe, .style = style };
}

/* Of the title and of all cells, of which none is wider than limit. */
static size_t column_width(const struct table *table, size_t number,
			   size_t limit)
{
	size_t i, width = strlen(table->columns[number].column.title);

	for (i = 0; i < table->nr_rows; i++) {
		const char *text = table->rows[i].cells[number].text;
		size_t columns = text ? cell_columns(text, limit) : 0;

		if (columns > width)
			width = columns;
	}
	return width;
}

/* What all of them leave of the terminal is the last one's. */
static void widen_last(struct table *table)
{
	struct table_column *last = &table->columns[table->nr_columns - 1];
	size_t i, taken = table->nr_columns - 1;
	size_t terminal = (size_t)table->out->width;

	for (i = 0; i < table->nr_columns; i++)
		taken += table->columns[i].width;
	if (!last->column.right && taken < terminal)
		last->width += terminal - taken;
}

/* Returns what each column that folds gets. */
static size_t set_widths(struct table *table)
{
	size_t i, limit, folding = 0, taken = 0;

	for (i = 0; i < table->nr_columns; i++) {
		if (table->columns[i].column.wrap) {
			folding++;
			continue;
		}
		table->columns[i].width = column_width(table, i, SIZE_MAX);
		taken += table->columns[i].width + 1;
	}
	limit = cell_fold_width((size_t)table->out->width, taken, folding);
	for (i = 0; i < table->nr_columns; i++)
		if (table->columns[i].column.wrap)
			table->columns[i].width = column_width(table, i, limit);
	widen_last(table);
	return limit;
}

static void blanks(struct out *out, size_t count)
{
	fprintf(out->file, "%*s", (int)count, "");
}

/*
 * A cell that is too wide for its column, a long word, ends the line; the next
 * one stands at its place in the line below.
 */
static void print_gap(const struct table *table, size_t number, size_t columns)
{
	size_t i;

	if (columns <= table->columns[number].width) {
		putc(' ', table->out->file);
		return;
	}
	putc('\n', table->out->file);
	for (i = 0; i <= number; i++)
		blanks(table->out, table->columns[i].width + 1);
}

static void print_cell(const struct table *table, size_t number,
		       const struct cell *cell)
{
	const struct table_column *column = &table->columns[number];
	const char *text = cell->text ? cell->text : "";
	size_t columns = (size_t)text_columns(text, strlen(text));
	size_t pad = columns < column->width ? column->width - columns : 0;
	bool last = number == table->nr_columns - 1;

	if (!*text)
		blanks(table->out, last ? 0 : pad);
	else if (column->column.right)
		out_styled(table->out, cell->style, "%*s%s", (int)pad, "",
			   text);
	else
		out_styled(table->out, cell->style, "%s%*s", text,
			   last ? 0 : (int)pad, "");
	if (!last)
		print_gap(table, number, columns);
}

/* The bytes of the longest beginning that fits; one character at least. */
static size_t bytes_that_fit(const char *text, size_t width)
{
	size_t bytes = 0, next;

	do {
		for (next = bytes + 1; (text[next] & 0xc0) == 0x80; next++)
			;
		if (bytes && (size_t)text_columns(text, next) > width)
			break;
		bytes = next;
	} while (text[bytes]);
	return bytes;
}

/*
 * Print the cell's first line. Returns the rest, NULL where there is none. As
 * libsmartcols does, the last word of a cell is broken if it is too wide, but
 * where it is the first.
 */
static char *print_first_line(const struct table *table, size_t number,
			      struct cell *cell, size_t limit, bool first)
{
	const struct table_column *column = &table->columns[number];
	char *text = cell->text, *next = NULL;
	char end;

	if (text && column->column.wrap)
		next = cell_line_end(text, limit);
	if (!text || next || first || !column->column.wrap) {
		print_cell(table, number, cell);
		return next;
	}
	next = text + bytes_that_fit(text, column->width);
	end = *next;
	*next = '\0';
	print_cell(table, number, cell);
	*next = end;
	return end ? next : NULL;
}

/* The cells begin where their next line does; at the end none has text. */
static bool print_line(const struct table *table, struct cell *cells,
		       size_t limit, bool first)
{
	bool more = false;
	size_t i;

	for (i = 0; i < table->nr_columns; i++) {
		cells[i].text =
			print_first_line(table, i, &cells[i], limit, first);
		more |= cells[i].text != NULL;
	}
	putc('\n', table->out->file);
	return more;
}

static int print_row(const struct table *table, const struct row *row,
		     size_t limit)
{
	size_t size = table->nr_columns * sizeof(*row->cells);
	struct cell *rest = malloc(size);
	bool first = true;

	if (!rest)
		return -1;
	memcpy(rest, row->cells, size);
	while (print_line(table, rest, limit, first))
		first = false;
	free(rest);
	return 0;
}

static void print_titles(const struct table *table)
{
	size_t i;

	for (i = 0; i < table->nr_columns; i++) {
		char *title = (char *)table->columns[i].column.title;

		print_cell(table, i, &(struct cell){ .text = title });
	}
	putc('\n', table->out->file);
}

int table_finish(struct table *table)
{
	int error = 0;
	size_t i, limit;

	if (!table)
		return -1;
	if (table->failed)
		error = -1;
	limit = set_widths(table);
	if (!error && table->titles && table->nr_rows)
		print_titles(table);
	for (i = 0; !error && i < table->nr_rows; i++)
		error = print_row(table, &table->rows[i], limit);
	table_free(table);
	return error;
}
