// SPDX-License-Identifier: GPL-2.0-only
#include "input/paste.h"

#include <stdlib.h>

#include "base/array.h"
#include "input/rdmsr.h"
#include "input/wrap.h"

#define NO_FORM NR_FORMS

/*
 * Lines of no form that one form may have, one directly after the other: where
 * the next is certainly of that form, they are the beginning of its piece.
 */
struct run {
	const char *begin;
	unsigned long first; /* line number */
	unsigned long lines;
};

struct split {
	struct paste *paste;
	bool values; /* lines that are a number are of rdmsr */
	struct lines lines;
	struct line line;
	const char *begin;    /* of the line as it is in the input */
	unsigned long first;  /* number of the input's first line */
	enum form_id current; /* the form whose piece has begun; or NO_FORM */
	struct run runs[NR_FORMS];
	bool any_run; /* has one of them a line? */
	unsigned long possible[NR_FORMS];
	enum form_id only; /* only look for lines that this one may have */
	bool gap;	   /* a blank line or fence is after the last piece */
	bool ignored_directly; /* a line without such a gap before it */
	bool no_memory;
};

/* The line ends here, its end included. */
static const char *after_line(const struct split *s)
{
	return s->lines.next;
}

static void begin_piece(struct split *s, enum form_id form)
{
	struct paste_lines *of = &s->paste->of[form];
	const struct run *run = &s->runs[form];
	bool from_run = run->lines > 0;

	if (ARRAY_GROW(of->ranges, of->count, of->capacity)) {
		s->no_memory = true;
		return;
	}
	if (!of->count) {
		of->first = from_run ? run->first : s->lines.number;
		s->paste->order[s->paste->nr_forms++] = form;
	}
	of->ranges[of->count++] = (struct line_range){
		.begin = from_run ? run->begin : s->begin,
		.before = (from_run ? run->first : s->lines.number) - 1,
	};
	s->paste->ignored -= run->lines;
	s->current = form;
}

static void clear_runs(struct split *s)
{
	if (s->any_run)
		memset(s->runs, 0, sizeof(s->runs));
	s->any_run = false;
}

/* The line is of that form. */
static void own(struct split *s, enum form_id form)
{
	struct paste_lines *of = &s->paste->of[form];

	if (s->current != form)
		begin_piece(s, form);
	if (s->no_memory)
		return;
	of->ranges[of->count - 1].end = after_line(s);
	of->last = s->lines.number;
	/* Lines of no form are before this one. */
	s->paste->torn |= s->paste->ignored > 0;
	s->gap = false;
	clear_runs(s);
}

static void extend_run(struct split *s, enum form_id form)
{
	struct run *run = &s->runs[form];

	if (!run->lines++) {
		run->begin = s->begin;
		run->first = s->lines.number;
	}
	s->any_run = true;
	s->possible[form]++;
}

/* The line is none of a form's that is not in maybe: its run ends. */
static void extend_runs(struct split *s, const bool maybe[NR_FORMS])
{
	enum form_id id;

	for (id = 0; id < NR_FORMS; id++)
		if (maybe[id])
			extend_run(s, id);
		else
			s->runs[id].lines = 0;
}

/*
 * The form that is certain of the line, or NO_FORM: then it counts for those
 * that may have it.
 */
static enum form_id certain_form(struct split *s)
{
	bool first = s->lines.number == s->first, any = false;
	bool maybe[NR_FORMS] = { 0 };
	enum form_id id;

	if (s->values && rdmsr_is_value(&s->line)) {
		s->paste->values = true;
		return FORM_RDMSR;
	}
	for (id = 0; id < NR_FORMS; id++)
		switch (input_forms[id].recognise(&s->line, first)) {
		case FORM_CERTAIN:
			return id;
		case FORM_POSSIBLE:
			any = maybe[id] = true;
			break;
		case FORM_NO:
			break;
		}
	if (any)
		extend_runs(s, maybe);
	else
		clear_runs(s);
	return NO_FORM;
}

static void ignore(struct split *s)
{
	s->current = NO_FORM;
	if (line_command(&s->line) || line_is_prompt(&s->line)) {
		clear_runs(s);
		return;
	}
	if (!s->paste->ignored++)
		s->paste->first_ignored = s->lines.number;
	s->ignored_directly |= !s->gap;
}

static void one_line(struct split *s)
{
	enum form_match taken = FORM_NO;
	enum form_id form;

	if (s->line.text == s->line.end) {
		s->gap = true;
		return;
	}
	if (line_is_fence(&s->line)) {
		s->current = NO_FORM;
		s->gap = true;
		clear_runs(s);
		return;
	}
	if (s->current != NO_FORM)
		taken = input_forms[s->current].takes(&s->line);
	if (taken == FORM_CERTAIN) {
		own(s, s->current);
		return;
	}
	form = certain_form(s);
	if (form != NO_FORM)
		own(s, form);
	else if (taken == FORM_POSSIBLE)
		own(s, s->current);
	else
		ignore(s);
}

/* Nothing is certain: the lines that one form may have are all its own. */
static void one_possible_line(struct split *s)
{
	bool first = s->lines.number == s->first;

	if (s->line.text == s->line.end || line_is_fence(&s->line))
		return;
	if (input_forms[s->only].recognise(&s->line, first) == FORM_NO)
		ignore(s);
	else
		own(s, s->only);
}

static int all_lines(struct split *s, const struct input_piece *whole,
		     void (*judge)(struct split *s))
{
	s->lines = piece_lines(whole);
	s->lines.wrapped = true;
	s->first = whole->line + 1;
	s->current = NO_FORM;
	for (;;) {
		s->begin = s->lines.next;
		if (!line_next(&s->lines, &s->line))
			return 0;
		judge(s);
		if (s->no_memory)
			return -1;
	}
}

static enum form_id most_possible(const struct split *s)
{
	enum form_id id, best = 0;

	for (id = 0; id < NR_FORMS; id++)
		if (s->possible[id] > s->possible[best])
			best = id;
	return s->possible[best] ? best : NO_FORM;
}

int paste_split(struct paste *paste, const struct input_piece *whole)
{
	struct split split = { .paste = paste, .values = whole->values_of };

	*paste = (struct paste){ 0 };
	if (all_lines(&split, whole, one_line))
		return -1;
	paste->lines = split.lines.number;
	split.only = most_possible(&split);
	if (!paste->nr_forms && split.only != NO_FORM) {
		paste->ignored = 0;
		clear_runs(&split);
		if (all_lines(&split, whole, one_possible_line))
			return -1;
	}
	paste->torn |= paste->ignored && split.ignored_directly;
	return 0;
}

void paste_free(struct paste *paste)
{
	enum form_id id;

	for (id = 0; id < NR_FORMS; id++)
		free(paste->of[id].ranges);
}

struct input_piece paste_piece(const struct paste *paste, enum form_id form,
			       const struct input_piece *whole)
{
	const struct line_range *ranges = paste->of[form].ranges;

	return (struct input_piece){
		.name = whole->name,
		.data = ranges->begin,
		.length = (size_t)(ranges->end - ranges->begin),
		.line = ranges->before,
		.partial = whole->partial || paste->nr_forms > 1,
		.values_of = whole->values_of,
		.wrapped = true,
		.more = ranges + 1,
		.nr_more = paste->of[form].count - 1,
	};
}
