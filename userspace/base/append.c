// SPDX-License-Identifier: GPL-2.0-only
#include "base/append.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void append_text(char *text, size_t size, const char *separator,
		 const char *format, ...)
{
	size_t used = strlen(text);
	va_list arguments;

	if (used)
		used += (size_t)snprintf(text + used, size - used, "%s",
					 separator);
	if (used >= size)
		return;
	va_start(arguments, format);
	vsnprintf(text + used, size - used, format, arguments);
	va_end(arguments);
}

void append_word(char *text, size_t size, const char *separator,
		 const char *word)
{
	if (strlen(text) + strlen(separator) + strlen(word) < size)
		append_text(text, size, separator, "%s", word);
}
