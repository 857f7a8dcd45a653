// SPDX-License-Identifier: GPL-2.0-only
#include "base/safe.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Characters that a terminal obeys instead of showing, though well formed: among
 * them all that turn text around (Unicode's Bidi_Control).
 */
static bool is_control(uint32_t character)
{
	return character < 0x20 || (character >= 0x7f && character < 0xa0) ||
	       character == 0x061c ||
	       (character >= 0x200b && character <= 0x200f) ||
	       (character >= 0x2028 && character <= 0x202e) ||
	       (character >= 0x2060 && character <= 0x206f) ||
	       character == 0xfeff;
}

/*
 * The length of the UTF-8 sequence at text (RFC 3629: shortest form, no
 * surrogates, none above 10FFFF), or 0 when it is not one or not to be shown.
 */
static size_t printable_sequence(const unsigned char *text, size_t length)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint32_t character;
	size_t bytes;

	if (text[0] < 0x80)
		return !is_control(text[0]);
	if (text[0] >= 0xc2 && text[0] < 0xe0)
		bytes = 2;
	else if (text[0] >= 0xe0 && text[0] < 0xf0)
		bytes = 3;
	else if (text[0] >= 0xf0 && text[0] < 0xf5)
		bytes = 4;
	else
		return 0;
	if (bytes > length)
		return 0;
	character = text[0] & (0xffU >> (bytes + 1));
	for (size_t i = 1; i < bytes; i++) {
		if ((text[i] & 0xc0) != 0x80)
			return 0;
		character = character << 6 | (text[i] & 0x3f);
	}
	if (character < least[bytes] || character > 0x10ffff ||
	    (character >= 0xd800 && character < 0xe000))
		return 0;
	return is_control(character) ? 0 : bytes;
}

char *safe_bytes(char *out, size_t size, const void *text, size_t length)
{
	const unsigned char *at = text, *end = at + length;
	char *to = out, *last = out + size - 1;

	while (at < end) {
		size_t bytes = printable_sequence(at, (size_t)(end - at));

		if ((size_t)(last - to) < (bytes ? bytes : 4))
			break;
		if (bytes) {
			memcpy(to, at, bytes);
			to += bytes;
			at += bytes;
		} else {
			/* The four characters and the end fit: see above. */
			to += snprintf(to, 5, "\\x%02x", *at++);
		}
	}
	*to = '\0';
	return out;
}

char *safe_string(const char *text)
{
	size_t length = strlen(text);
	char *out = malloc(SAFE_SIZE(length));

	return out ? safe_bytes(out, SAFE_SIZE(length), text, length) : NULL;
}
