// SPDX-License-Identifier: GPL-2.0-only
#include "output/escape.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/safe.h"

/* Of ASCII, whatever the locale. */
static bool is_lower(char character)
{
	return character >= 'a' && character <= 'z';
}

static bool is_alphanumeric(char character)
{
	return is_lower(character) || (character >= 'A' && character <= 'Z') ||
	       (character >= '0' && character <= '9');
}

int escape_prometheus(FILE *file, const char *text)
{
	char *safe = safe_string(text);
	const char *at;

	if (!safe)
		return -1;
	/* No line break is left, for which there would be \n. */
	for (at = safe; *at; at++) {
		if (*at == '\\' || *at == '"')
			putc('\\', file);
		putc(*at, file);
	}
	free(safe);
	return 0;
}

char *escape_kubernetes(char out[KUBERNETES_SIZE], const char *text)
{
	size_t length = 0;

	for (; *text && length < KUBERNETES_SIZE - 1; text++) {
		if (is_alphanumeric(*text))
			out[length++] = *text;
		else if (!length)
			continue;
		else if (*text == '_' || *text == '.')
			out[length++] = *text;
		else if (out[length - 1] != '-')
			out[length++] = '-';
	}
	while (length && !is_alphanumeric(out[length - 1]))
		length--;
	out[length] = '\0';
	return out;
}

char *escape_trait(char out[TRAIT_SIZE], const char *text)
{
	size_t length = strlen(strcpy(out, "CUSTOM_"));

	for (; *text && length < TRAIT_SIZE - 1; text++) {
		if (is_lower(*text))
			out[length++] = (char)(*text - 'a' + 'A');
		else
			out[length++] = is_alphanumeric(*text) ? *text : '_';
	}
	out[length] = '\0';
	return out;
}
