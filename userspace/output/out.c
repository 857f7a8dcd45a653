// SPDX-License-Identifier: GPL-2.0-only
#include "output/out.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "output/width.h"

#define PAIR_COLUMN 18

/* Columns that a hanging text has at least, and where it hangs otherwise. */
#define HANGING_LEAST  24
#define HANGING_INDENT 8

static const char *const escapes[] = {
	[OUT_PLAIN] = "",	 [OUT_BOLD] = "\033[1m",
	[OUT_DIM] = "\033[2m",	 [OUT_GOOD] = "\033[32m",
	[OUT_WARN] = "\033[33m", [OUT_BAD] = "\033[31m",
};

static void begin_style(struct out *out, enum out_style style)
{
	if (out->colour && style != OUT_PLAIN)
		fputs(escapes[style], out->file);
}

static void end_style(struct out *out, enum out_style style)
{
	if (out->colour && style != OUT_PLAIN)
		fputs("\033[0m", out->file);
}

__attribute__((format(printf, 3, 0))) static void
print_styled(struct out *out, enum out_style style, const char *format,
	     va_list arguments)
{
	begin_style(out, style);
	vfprintf(out->file, format, arguments);
	end_style(out, style);
}

void out_printf(struct out *out, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vfprintf(out->file, format, arguments);
	va_end(arguments);
}

void out_styled(struct out *out, enum out_style style, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	print_styled(out, style, format, arguments);
	va_end(arguments);
}

void out_pair(struct out *out, const char *key, enum out_style style,
	      const char *format, ...)
{
	va_list arguments;

	out_styled(out, OUT_DIM, "%-*s", PAIR_COLUMN, key);
	va_start(arguments, format);
	print_styled(out, style, format, arguments);
	va_end(arguments);
	putc('\n', out->file);
}

/*
 * At column something is written already, 0 being none. Blanks are kept but
 * where a line ends: a signature may have several.
 */
static void fold_line(struct out *out, int column, int indent, const char *line,
		      size_t length)
{
	bool first = true;

	while (length) {
		size_t blanks = strspn(line, " ");
		size_t word = strcspn(line + blanks, " \n");
		int wide = text_columns(line + blanks, word);
		int gap = first && !column ? 0 : (int)blanks;

		if (!word)
			break;
		if (column > indent && column + gap + wide > out->width) {
			putc('\n', out->file);
			column = 0;
		}
		if (!column)
			gap = indent;
		fprintf(out->file, "%*s%.*s", gap, "", (int)word,
			line + blanks);
		column += gap + wide;
		if (blanks + word >= length)
			break;
		line += blanks + word;
		length -= blanks + word;
		first = false;
	}
	putc('\n', out->file);
}

void out_paragraph(struct out *out, int indent, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		fold_line(out, 0, indent, text, length);
		text += length + (text[length] == '\n');
	}
}

void out_styled_paragraph(struct out *out, enum out_style style, int indent,
			  const char *text)
{
	begin_style(out, style);
	out_paragraph(out, indent, text);
	end_style(out, style);
}

static int widest_word(const char *text)
{
	int widest = HANGING_LEAST;

	while (*text) {
		size_t word = strcspn(text, " \n");
		int wide = text_columns(text, word);

		if (wide > widest)
			widest = wide;
		text += word + (text[word] != '\0');
	}
	return widest;
}

void out_line_begin(struct out_line *line, struct out *out)
{
	*line = (struct out_line){ .out = *out, .to = out };
	line->out.colour = false;
	/* Without memory a line is as it is for a program. */
	line->out.file = open_memstream(&line->text, &line->size);
	if (!line->out.file)
		line->out = *out;
}

void out_line_end(struct out_line *line, enum out_style style, int column,
		  int indent)
{
	struct out *out = line->to;

	if (line->out.file == out->file) {
		putc('\n', out->file);
		return;
	}
	if (fclose(line->out.file) || !line->text) {
		free(line->text);
		return;
	}
	if (indent > out->width - widest_word(line->text))
		indent = HANGING_INDENT;
	begin_style(out, style);
	fold_line(out, column, indent, line->text, line->size);
	end_style(out, style);
	free(line->text);
}

__attribute__((format(printf, 5, 0))) static void
print_folded(struct out *out, enum out_style style, int column, int indent,
	     const char *format, va_list arguments)
{
	struct out_line line;

	out_line_begin(&line, out);
	vfprintf(line.out.file, format, arguments);
	out_line_end(&line, style, column, indent);
}

void out_folded(struct out *out, enum out_style style, int column, int indent,
		const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	print_folded(out, style, column, indent, format, arguments);
	va_end(arguments);
}

void out_heading(struct out *out, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	print_folded(out, OUT_BOLD, 0, 0, format, arguments);
	va_end(arguments);
}
