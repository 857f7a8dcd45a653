/* SPDX-License-Identifier: GPL-2.0-only */
/* The forms of input: a recogniser and a parser each (tables/forms.def). */
#ifndef VIRTINFO_INPUT_FORMS_H
#define VIRTINFO_INPUT_FORMS_H

#include "input/input.h"
#include "input/scan.h"

/* An input, or the lines of one that have one form. */
struct input_piece {
	const char *name; /* of the file, for messages */
	const char *data;
	size_t length;
	unsigned long line; /* lines of the file before data */
	/* Of a paste: its other pieces have the rest of the machine. */
	bool partial;
	/*
	 * Values that no command of rdmsr is before are those that rdmsr -a
	 * printed of this register; NULL: they are of no form.
	 */
	const enum vi_msr *values_of;
	bool wrapped; /* its lines are read without what is around them */
	const struct line_range *more; /* nr_more ranges of lines after data */
	size_t nr_more;
};

static inline struct lines piece_lines(const struct input_piece *piece)
{
	return (struct lines){ .next = piece->data,
			       .end = piece->data + piece->length,
			       .number = piece->line,
			       .wrapped = piece->wrapped,
			       .more = piece->more,
			       .nr_more = piece->nr_more };
}

/* How well a line fits a form. */
enum form_match {
	FORM_NO,
	FORM_POSSIBLE, /* other forms may have such a line too */
	FORM_CERTAIN,  /* only this form has such a line */
};

struct input_form {
	const char *name;  /* "cpuid_r" */
	const char *title; /* "a dump of cpuid -r" */
	enum host_source source;
	/*
	 * Is the line of this form? Any line may be asked about, in any order,
	 * and in a paste without blanks at either end; first marks the first
	 * one of the input.
	 */
	enum form_match (*recognise)(const struct line *line, bool first);
	/*
	 * Does the line, which is not blank, belong to the piece of this form
	 * that has begun? FORM_NO ends the piece, FORM_POSSIBLE leaves the line
	 * to a form that is certain of it.
	 */
	enum form_match (*takes)(const struct line *line);
	/*
	 * The machine of a piece; source is the new host's. It may have no CPU
	 * and facts only, added with facts_add_line(), so that messages and
	 * captures can name the line; a value of a register may have its line
	 * too (model/register_lines.h). A register that is in the piece twice
	 * with two values of one CPU is bad input. Returns NULL with *error
	 * filled where the piece is not what the form has.
	 */
	struct host *(*parse)(const struct input_piece *piece,
			      enum host_source source,
			      struct input_error *error);
};

enum form_id {
#define FORM(id, name, title) FORM_##id,
#include "tables/forms.def"
	NR_FORMS
};

extern const struct input_form input_forms[NR_FORMS];

/* The first form that is certain of a line in the middle of a text; or NR_FORMS. */
enum form_id form_certain(const struct line *line);

/* The titles of them all fit, with ", " between. */
#define FORM_TITLES 800

#define FORM(id, name, title)                                                  \
	enum form_match input_is_##name(const struct line *line, bool first);  \
	enum form_match input_takes_##name(const struct line *line);           \
	struct host *input_##name(const struct input_piece *piece,             \
				  enum host_source source,                     \
				  struct input_error *error);
#include "tables/forms.def"

#endif
