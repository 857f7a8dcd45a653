/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Colours of a terminal in a line, which stay in it where a tool always writes
 * them, or where a session was recorded. In a paste they may have lost their
 * escape character.
 */
#ifndef VIRTINFO_INPUT_COLOUR_H
#define VIRTINFO_INPUT_COLOUR_H

#include "input/scan.h"

/* Behind one "\033[32m" or "[32m" that may be at at. */
static inline const char *skip_colour(const char *at, const char *end)
{
	const char *from = at;

	if (at < end && *at == '\033')
		at++;
	if (at == end || *at++ != '[')
		return from;
	while (at < end && ((*at >= '0' && *at <= '9') || *at == ';'))
		at++;
	return at < end && *at == 'm' ? at + 1 : from;
}

/* Behind all blanks and colours at at. */
static inline const char *skip_colours(const char *at, const char *end)
{
	const char *from;

	do {
		from = at;
		at = skip_colour(skip_blanks(at, end), end);
	} while (at != from);
	return at;
}

#endif
