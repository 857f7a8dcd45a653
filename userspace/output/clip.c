// SPDX-License-Identifier: GPL-2.0-only
#include "output/clip.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "output/width.h"

#define MARK "..."

/* Bytes of the text that fit so many columns; no character is cut in two. */
static size_t fitting(const char *text, int columns)
{
	size_t length = strlen(text), end = 0, i;

	if (text_columns(text, length) <= columns)
		return length;
	for (i = 1; i <= length; i++) {
		if (((unsigned char)text[i] & 0xc0) == 0x80)
			continue;
		if (text_columns(text, i) > columns - (int)strlen(MARK))
			break;
		end = i;
	}
	return end;
}

void out_clipped(struct out *out, enum out_style style, int indent,
		 const char *format, ...)
{
	va_list arguments;
	char *text = NULL;
	size_t end;
	int length;

	va_start(arguments, format);
	length = vasprintf(&text, format, arguments);
	va_end(arguments);
	if (length < 0)
		return;
	end = fitting(text, out->width - indent);
	out_printf(out, "%*s", indent, "");
	out_styled(out, style, "%.*s%s", (int)end, text, text[end] ? MARK : "");
	out_printf(out, "\n");
	free(text);
}
