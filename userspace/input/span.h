/* SPDX-License-Identifier: GPL-2.0-only */
/* Words of a line. */
#ifndef VIRTINFO_INPUT_SPAN_H
#define VIRTINFO_INPUT_SPAN_H

#include "input/scan.h"

/* Part of a line; what it points to is the input's. */
struct span {
	const char *at, *end;
};

/* The next word at *at, which moves behind it. Returns false at the end. */
static inline bool next_span(const char **at, const char *end,
			     struct span *span)
{
	span->at = skip_blanks(*at, end);
	for (*at = span->at; *at < end && !is_blank(**at);)
		(*at)++;
	span->end = *at;
	return span->at < span->end;
}

static inline int span_length(struct span span)
{
	return (int)(span.end - span.at);
}

#endif
