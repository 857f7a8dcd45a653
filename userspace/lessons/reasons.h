/* SPDX-License-Identifier: GPL-2.0-only */
/* What each reason of the ladder means, for "explain REASON". */
#ifndef VIRTINFO_LESSONS_REASONS_H
#define VIRTINFO_LESSONS_REASONS_H

#include "model/reasons.h"

struct reason_lesson {
	const char *text;   /* what it means */
	const char *remedy; /* what to do */
	const char *topics; /* topics that explain it, separated by blanks */
};

/* Every reason has one. */
const struct reason_lesson *reason_lesson(enum reason reason);

/* The reason of that name, as lesson_same_name() compares, or NR_REASONS. */
enum reason reason_lesson_find(const char *name);

#endif
