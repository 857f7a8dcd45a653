// SPDX-License-Identifier: GPL-2.0-only
#include "input/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/safe.h"

/* Of a longer name the end is shown: that is where files differ. */
#define NAME_SHOWN 60

static void safe_name(char out[SAFE_SIZE(NAME_SHOWN + 3)], const char *name)
{
	size_t length = strlen(name);
	char shown[NAME_SHOWN + 4];

	if (length > NAME_SHOWN)
		snprintf(shown, sizeof(shown), "...%s",
			 name + length - NAME_SHOWN);
	else
		snprintf(shown, sizeof(shown), "%s", name);
	safe_bytes(out, SAFE_SIZE(NAME_SHOWN + 3), shown, strlen(shown));
}

int input_error(struct input_error *error, enum exit_status status,
		const char *name, unsigned long line, const char *format, ...)
{
	char shown[SAFE_SIZE(NAME_SHOWN + 3)];
	va_list arguments;
	size_t length;

	safe_name(shown, name);
	error->status = status;
	if (line)
		snprintf(error->text, sizeof(error->text), "%s:%lu: ", shown,
			 line);
	else
		snprintf(error->text, sizeof(error->text), "%s: ", shown);
	length = strlen(error->text);
	va_start(arguments, format);
	vsnprintf(error->text + length, sizeof(error->text) - length, format,
		  arguments);
	va_end(arguments);
	return -1;
}

int input_no_memory(struct input_error *error, const char *name)
{
	return input_error(error, STATUS_FAILED, name, 0, "out of memory");
}

const char *input_quote(char out[INPUT_QUOTE_SIZE], const char *text,
			size_t length)
{
	size_t shown = length < INPUT_QUOTED ? length : INPUT_QUOTED;

	safe_bytes(out, INPUT_QUOTE_SIZE - 3, text, shown);
	if (shown < length)
		strcat(out, "...");
	return out;
}
