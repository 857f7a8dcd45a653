/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What each reason of the verdict means, for "explain REASON": what a lesson
 * adds to reason_info().
 */
#ifndef VIRTINFO_EXPLAIN_REASONS_H
#define VIRTINFO_EXPLAIN_REASONS_H

#include "verdict/reasons.h"

struct reason_lesson {
	const char *text;   /* what it means */
	const char *how;    /* to do the remedy of reason_info(); or NULL */
	const char *topics; /* topics that explain it, separated by blanks */
};

/* Every reason has one. */
const struct reason_lesson *reason_lesson(enum reason reason);

/* What to do: the remedy that fits every case, and how. Returns @text. */
#define REASON_REMEDY_SIZE 640
const char *reason_remedy(char text[REASON_REMEDY_SIZE], enum reason reason);

/* The reason of that name, as lesson_same_name() compares, or NR_REASONS. */
enum reason reason_lesson_find(const char *name);

#endif
