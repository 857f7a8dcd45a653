// SPDX-License-Identifier: GPL-2.0-only
#include "output/out.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define PAIR_COLUMN 18

static const char *escape(enum out_style style)
{
	static const char *const escapes[] = {
		[OUT_PLAIN] = "",	 [OUT_BOLD] = "\033[1m",
		[OUT_DIM] = "\033[2m",	 [OUT_GOOD] = "\033[32m",
		[OUT_WARN] = "\033[33m", [OUT_BAD] = "\033[31m",
	};

	return escapes[style];
}

static void begin_style(struct out *out, enum out_style style)
{
	if (out->colour && style != OUT_PLAIN)
		fputs(escape(style), out->file);
}

static void end_style(struct out *out, enum out_style style)
{
	if (out->colour && style != OUT_PLAIN)
		fputs("\033[0m", out->file);
}

static void print_styled(struct out *out, enum out_style style,
			 const char *format, va_list arguments)
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

/* Columns that the bytes of a word take: continuation bytes take none. */
static int columns(const char *text, size_t bytes)
{
	int count = 0;
	size_t i;

	for (i = 0; i < bytes; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

static void fold_line(struct out *out, int indent, const char *line,
		      size_t length)
{
	int column = 0;

	while (length) {
		size_t blanks = strspn(line, " ");
		size_t word = strcspn(line + blanks, " \n");
		int wide = columns(line + blanks, word);

		if (column && column + 1 + wide > out->width) {
			putc('\n', out->file);
			column = 0;
		}
		if (!column) {
			fprintf(out->file, "%*s", indent, "");
			column = indent;
		} else {
			putc(' ', out->file);
			column++;
		}
		fprintf(out->file, "%.*s", (int)word, line + blanks);
		column += wide;
		if (blanks + word >= length)
			break;
		line += blanks + word;
		length -= blanks + word;
	}
	putc('\n', out->file);
}

void out_paragraph(struct out *out, int indent, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		fold_line(out, indent, text, length);
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

/* Programs that read the output find a heading in one line. */
void out_heading(struct out *out, const char *format, ...)
{
	va_list arguments, again;
	char *text = NULL;
	int length;

	va_start(arguments, format);
	va_copy(again, arguments);
	length = vasprintf(&text, format, again);
	va_end(again);
	if (out->terminal && length > out->width) {
		out_styled_paragraph(out, OUT_BOLD, 0, text);
	} else {
		print_styled(out, OUT_BOLD, format, arguments);
		putc('\n', out->file);
	}
	if (length >= 0)
		free(text);
	va_end(arguments);
}
