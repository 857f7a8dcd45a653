// SPDX-License-Identifier: GPL-2.0-only
#include "output/cell.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/safe.h"
#include "output/width.h"

#define FOLDED_LEAST 16

char *cell_text(const char *format, va_list arguments)
{
	char *text, *safe, *shown;

	if (vasprintf(&text, format, arguments) < 0)
		return NULL;
	safe = safe_string(text);
	free(text);
	if (!safe)
		return NULL;
	shown = text_in_locale(safe);
	free(safe);
	return shown;
}

size_t cell_fold_width(size_t terminal, size_t taken, size_t folding)
{
	if (!folding || terminal < taken + folding * (FOLDED_LEAST + 1))
		return SIZE_MAX;
	return (terminal - taken) / folding - 1;
}

size_t cell_columns(const char *text, size_t width)
{
	size_t columns = (size_t)text_columns(text, strlen(text));

	return columns < width ? columns : width;
}

char *cell_line_end(char *text, size_t width)
{
	char *blank = strchr(text, ' '), *end = blank;

	if ((size_t)text_columns(text, strlen(text)) <= width || !end)
		return NULL;
	for (; blank; blank = strchr(blank + 1, ' ')) {
		if ((size_t)text_columns(text, (size_t)(blank - text)) > width)
			break;
		end = blank;
	}
	*end = '\0';
	return end + 1;
}
