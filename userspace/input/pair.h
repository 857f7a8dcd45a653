/* SPDX-License-Identifier: GPL-2.0-only */
/* A line "key : value". Inline: every line of a capture goes here. */
#ifndef VIRTINFO_INPUT_PAIR_H
#define VIRTINFO_INPUT_PAIR_H

#include "input/scan.h"

/* Without the blanks around them; the value may be empty, the key is not. */
struct pair {
	const char *key, *key_end;
	const char *value, *value_end;
};

/*
 * "key<tabs>: value". A key holds no colon, and blanks before the colon mean
 * nothing. Returns false where the line is none.
 */
static inline bool pair_split(const struct line *line, struct pair *pair)
{
	const char *colon, *end;

	colon = memchr(line->text, ':', (size_t)(line->end - line->text));
	if (!colon)
		return false;
	pair->key = line->text;
	for (end = colon; end > line->text && is_blank(end[-1]); end--)
		;
	pair->key_end = end;
	pair->value = skip_blanks(colon + 1, line->end);
	for (end = line->end; end > pair->value && is_blank(end[-1]); end--)
		;
	pair->value_end = end;
	return end >= pair->value && pair->key_end > pair->key;
}

#define KEY_IS(pair, literal) IS((pair)->key, (pair)->key_end, literal)

/* The same of a string that is no literal. */
static inline bool pair_key_is(const struct pair *pair, const char *key)
{
	return is_text(pair->key, pair->key_end, key);
}

#endif
