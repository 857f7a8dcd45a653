// SPDX-License-Identifier: GPL-2.0-only
#include "output/width.h"

#include <wchar.h>

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
