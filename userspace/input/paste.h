/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A paste: pieces of several forms in one file, one after the other, with
 * quote marks, indentation, fences, prompts and prose around them.
 */
#ifndef VIRTINFO_INPUT_PASTE_H
#define VIRTINFO_INPUT_PASTE_H

#include "input/forms.h"

/* The lines that one form has of a paste. */
struct paste_lines {
	struct line_range *ranges;
	size_t count;
	size_t capacity;
	unsigned long first; /* number of its first line, and of its last */
	unsigned long last;
};

struct paste {
	struct paste_lines of[NR_FORMS]; /* count 0: none of that form */
	enum form_id order[NR_FORMS];	 /* those that it has, by first line */
	size_t nr_forms;
	unsigned long lines; /* of the whole */
	/* Lines of no form: blank ones, fences and prompts do not count. */
	unsigned long ignored;
	unsigned long first_ignored; /* their first one's number */
	/*
	 * There is a line of no form that is neither behind all pieces nor
	 * parted from them by a blank line or a fence.
	 */
	bool torn;
	bool values; /* there are values of the register that was given */
};

/*
 * Find out of which form each line is. Returns 0, or -1 without memory;
 * paste_free() is owed either way.
 */
int paste_split(struct paste *paste, const struct input_piece *whole);
void paste_free(struct paste *paste);

/* What a form has of the paste, as its parser takes it. */
struct input_piece paste_piece(const struct paste *paste, enum form_id form,
			       const struct input_piece *whole);

#endif
