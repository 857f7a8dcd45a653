// SPDX-License-Identifier: GPL-2.0-only
#include "report/screen.h"

#include <stdlib.h>
#include <string.h>

#include "output/clip.h"
#include "output/pager.h"
#include "output/width.h"
#include "types.h"

#define SHOWN_NAMES 3

/* The most first; the last fits whatever there is to say. */
static const struct {
	size_t rows;
	bool clip;
} tries[] = {
	{ 10, false }, { 5, false }, { 5, true },
	{ 3, true },   { 2, true },  { 1, true },
};

void screen_row(const struct screen *screen, enum out_style style, int indent,
		const char *text)
{
	if (screen->clip)
		out_clipped(screen->out, style, indent, "%s", text);
	else
		out_styled_paragraph(screen->out, style, indent, text);
}

void screen_more(const struct screen *screen, size_t count)
{
	if (count > screen->rows)
		out_printf(screen->out, "  and %zu more (--all)\n",
			   count - screen->rows);
}

/* Bytes of the line without those of styles, which take no column. */
static int line_columns(const char *line, size_t length)
{
	const char *end = line + length, *escape;
	int columns = 0;

	while ((escape = memchr(line, '\033', (size_t)(end - line)))) {
		columns += text_columns(line, (size_t)(escape - line));
		line = memchr(escape, 'm', (size_t)(end - escape));
		if (!line)
			return columns;
		line++;
	}
	return columns + text_columns(line, (size_t)(end - line));
}

static bool fits(const char *text, int width)
{
	int lines = 0;

	while (*text) {
		size_t length = strcspn(text, "\n");

		if (++lines > SCREEN_LINES ||
		    line_columns(text, length) > width)
			return false;
		text += length + (text[length] == '\n');
	}
	return true;
}

static int print_all(struct out *out,
		     int (*print)(const struct screen *screen,
				  const void *data),
		     const void *data)
{
	struct paged paged;
	const struct screen screen = { .out = &paged.out,
				       .rows = SCREEN_ALL,
				       .names = SCREEN_ALL };
	int error;

	if (paged_begin(&paged, out))
		return -1;
	error = print(&screen, data);
	return paged_end(&paged, error) || error ? -1 : 0;
}

int screen_print(struct out *out, bool all,
		 int (*print)(const struct screen *screen, const void *data),
		 const void *data)
{
	bool done = false;
	int error = 0;
	size_t i;

	if (all)
		return print_all(out, print, data);
	for (i = 0; i < ARRAY_SIZE(tries) && !done && !error; i++) {
		struct out memory = *out;
		const struct screen screen = { .out = &memory,
					       .rows = tries[i].rows,
					       .names = SHOWN_NAMES,
					       .clip = tries[i].clip };
		char *text = NULL;
		size_t size;

		memory.file = open_memstream(&text, &size);
		if (!memory.file)
			return -1;
		error = print(&screen, data);
		if (fclose(memory.file))
			error = -1;
		done = !error &&
		       (i + 1 == ARRAY_SIZE(tries) || fits(text, out->width));
		if (done)
			fputs(text, out->file);
		free(text);
	}
	return error;
}
