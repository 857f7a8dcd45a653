// SPDX-License-Identifier: GPL-2.0-only
#include "input/utf16.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define LITTLE_MARK "\xff\xfe"
#define BIG_MARK    "\xfe\xff"
#define MARK_SIZE   2

/* As many characters decide the order of a text without a mark. */
#define PROBED 32

static bool has_mark(const char *data, size_t length, const char *mark)
{
	return length >= MARK_SIZE && !memcmp(data, mark, MARK_SIZE);
}

/* ASCII: one byte of each character is 0, and the other is not. */
static bool is_wide_ascii(const char *data, size_t length, bool little)
{
	size_t i;

	for (i = 0; i + 1 < length && i < 2 * PROBED; i += 2)
		if (data[i + little] || !data[i + !little])
			return false;
	return i > 0;
}

enum utf16_order utf16_order_of(const char *data, size_t length)
{
	if (has_mark(data, length, LITTLE_MARK) ||
	    is_wide_ascii(data, length, true))
		return UTF16_LITTLE;
	if (has_mark(data, length, BIG_MARK) ||
	    is_wide_ascii(data, length, false))
		return UTF16_BIG;
	return UTF16_NOT;
}

/* One unit; half of a surrogate pair is no character that our text has. */
static unsigned int unit_at(const unsigned char *at, bool little)
{
	unsigned int unit = little ? at[0] | (unsigned int)at[1] << 8 :
				     at[1] | (unsigned int)at[0] << 8;

	return unit >= 0xd800 && unit < 0xe000 ? '?' : unit;
}

static size_t utf8_size(unsigned int unit)
{
	return unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
}

static char *utf8_put(char *to, unsigned int unit)
{
	size_t size = utf8_size(unit);

	if (size == 3)
		*to++ = (char)(0xe0 | unit >> 12);
	if (size == 2)
		*to++ = (char)(0xc0 | unit >> 6);
	if (size == 3)
		*to++ = (char)(0x80 | (unit >> 6 & 0x3f));
	*to++ = (char)(size == 1 ? unit : 0x80 | (unit & 0x3f));
	return to;
}

int utf16_decode(struct buffer *text, enum utf16_order order, const char *data,
		 size_t length)
{
	const unsigned char *bytes = (const unsigned char *)data;
	bool little = order == UTF16_LITTLE;
	size_t first = has_mark(data, length, LITTLE_MARK) ||
				       has_mark(data, length, BIG_MARK) ?
			       MARK_SIZE :
			       0;
	size_t i, size = 0;
	char *to;

	*text = (struct buffer){ 0 };
	if (length % 2)
		return EILSEQ;
	for (i = first; i < length; i += 2)
		size += utf8_size(unit_at(bytes + i, little));
	if (size > INPUT_MAX)
		return EFBIG;
	text->data = malloc(size ? size : 1);
	if (!text->data)
		return ENOMEM;
	text->length = size;
	to = text->data;
	for (i = first; i < length; i += 2)
		to = utf8_put(to, unit_at(bytes + i, little));
	return 0;
}
