/* SPDX-License-Identifier: GPL-2.0-only */
/* What is in a table's cell, and how it folds, whoever draws the table. */
#ifndef VIRTINFO_OUTPUT_CELL_H
#define VIRTINFO_OUTPUT_CELL_H

#include <stdarg.h>
#include <stddef.h>

/*
 * The text of a cell, made safe for a terminal and for this locale. NULL
 * without memory. free() it.
 */
char *cell_text(const char *format, va_list arguments)
	__attribute__((format(printf, 1, 0)));

/*
 * Columns that each folding cell gets: what the cells that do not fold leave of
 * the terminal; SIZE_MAX, which folds nothing, where that is too little to
 * read. taken: those that do not fold and the blanks behind them.
 */
size_t cell_fold_width(size_t terminal, size_t taken, size_t folding);

/* Columns of a cell that folds to so many. */
size_t cell_columns(const char *text, size_t width);

/*
 * End the first line of the cell at a blank: a word alone may be too wide.
 * Returns the next line, NULL where all fits.
 */
char *cell_line_end(char *text, size_t width);

#endif
