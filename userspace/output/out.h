/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text for people: where it goes and what the place can show. A report writes
 * through this, never to stdout itself, so that colour, width and the error
 * of a full disk are handled once.
 */
#ifndef VIRTINFO_OUTPUT_OUT_H
#define VIRTINFO_OUTPUT_OUT_H

#include <stdbool.h>
#include <stdio.h>

enum out_style {
	OUT_PLAIN,
	OUT_BOLD,
	OUT_DIM,
	OUT_GOOD, /* green */
	OUT_WARN, /* yellow */
	OUT_BAD,  /* red */
};

struct out {
	FILE *file;
	bool terminal; /* file is a terminal: long text is paged */
	bool colour;   /* styles are shown */
	bool utf8;     /* the locale's charset is UTF-8, else plain ASCII */
	int width;     /* columns; 80 where there is no terminal */
};

/* printf() to the report. Untrusted strings go through safe_string() first. */
void out_printf(struct out *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The same in a style. */
void out_styled(struct out *out, enum out_style style, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* One "key  value" line, the values of a report aligned at one column. */
void out_pair(struct out *out, const char *key, enum out_style style,
	      const char *format, ...) __attribute__((format(printf, 4, 5)));
/*
 * A paragraph folded to the width, every line indented by @indent columns.
 * @text is plain UTF-8; newlines in it are kept.
 */
void out_paragraph(struct out *out, int indent, const char *text);
/* The same in a style. */
void out_styled_paragraph(struct out *out, enum out_style style, int indent,
			  const char *text);
/*
 * The rest of a line, of which column columns are written: what is printed to
 * out between begin and end, in a style. It is folded to the width, and further
 * lines are indented.
 */
struct out_line {
	struct out out;
	struct out *to;
	char *text;
	size_t size;
};

void out_line_begin(struct out_line *line, struct out *out);
void out_line_end(struct out_line *line, enum out_style style, int column,
		  int indent);
/* The same of one format. */
void out_folded(struct out *out, enum out_style style, int column, int indent,
		const char *format, ...) __attribute__((format(printf, 5, 6)));
/* A heading, in one line where it fits. */
void out_heading(struct out *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
