// SPDX-License-Identifier: GPL-2.0-only
#include "output/width.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/safe.h"

static int byte_columns(unsigned char byte)
{
	return (byte & 0xc0) != 0x80;
}

int text_columns(const char *text, size_t bytes)
{
	mbstate_t state = { 0 };
	int count = 0;

	while (bytes) {
		wchar_t character;
		size_t used = mbrtowc(&character, text, bytes, &state);
		int wide;

		if (!used)
			break;
		if (used > bytes) {
			/* Not a character here: also where the locale is C. */
			state = (mbstate_t){ 0 };
			used = 1;
			wide = byte_columns((unsigned char)*text);
		} else {
			wide = wcwidth(character);
		}
		count += wide > 0 ? wide : 0;
		text += used;
		bytes -= used;
	}
	return count;
}

char *text_in_locale(const char *text)
{
	size_t left = strlen(text);
	char *copy = malloc(SAFE_SIZE(left)), *to = copy;
	mbstate_t state = { 0 };

	if (!copy)
		return NULL;
	while (left) {
		wchar_t character;
		size_t used = mbrtowc(&character, text, left, &state);

		if (used > left || wcwidth(character) < 0) {
			/* The four characters and the end fit: SAFE_SIZE(). */
			to += snprintf(to, 5, "\\x%02x", (unsigned char)*text);
			state = (mbstate_t){ 0 };
			used = 1;
		} else {
			memcpy(to, text, used);
			to += used;
		}
		text += used;
		left -= used;
	}
	*to = '\0';
	return copy;
}
