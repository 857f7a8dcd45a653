// SPDX-License-Identifier: GPL-2.0-only
#include "base/pattern.h"

#include <stdbool.h>
#include <string.h>

#define HIDDEN "(address)"

static void copy_bytes(struct pattern_copy *copy, const char *bytes,
		       size_t length)
{
	size_t space;

	if (!copy)
		return;
	space = sizeof(copy->text) - 1 - copy->length;
	if (length > space)
		length = space;
	memcpy(copy->text + copy->length, bytes, length);
	copy->length += length;
	copy->text[copy->length] = '\0';
}

static bool is_decimal(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hexadecimal(char c)
{
	return is_decimal(c) || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline size_t span(const char *line, size_t length, bool (*is)(char c))
{
	size_t i = 0;

	while (i < length && is(line[i]))
		i++;
	return i;
}

static size_t hex_span(const char *line, size_t length)
{
	size_t prefix = length > 2 && line[0] == '0' && line[1] == 'x' ? 2 : 0;
	size_t digits = span(line + prefix, length - prefix, is_hexadecimal);

	return digits ? prefix + digits : 0;
}

/* Up to what the pattern goes on with, of which two bytes decide. */
static size_t string_span(const char *rest, const char *line, size_t length)
{
	size_t next = strnlen(rest, 2);
	const char *end;

	if (!next)
		return length;
	end = memmem(line, length, rest, next);
	return end ? (size_t)(end - line) : 0;
}

/* How many bytes at line the placeholder kind takes; 0: it does not fit. */
static size_t placeholder_span(char kind, const char *rest, const char *line,
			       size_t length)
{
	switch (kind) {
	case 'd':
		return span(line, length, is_decimal);
	case 'x':
	case 'p':
		return hex_span(line, length);
	default:
		return string_span(rest, line, length);
	}
}

const char *pattern_match(const char *pattern, const char *line, size_t length,
			  struct pattern_copy *copy)
{
	size_t taken;

	if (copy)
		copy->text[copy->length = 0] = '\0';
	for (; *pattern; line += taken, length -= taken) {
		char kind = *pattern++;

		if (kind == '%') {
			kind = *pattern++;
			if (kind == '*') {
				copy_bytes(copy, line, length);
				return line + length;
			}
			taken = placeholder_span(kind, pattern, line, length);
			if (kind == 'p' && taken) {
				copy_bytes(copy, HIDDEN, strlen(HIDDEN));
				continue;
			}
		} else if (kind == ' ') {
			taken = span(line, length, is_blank);
		} else {
			/* All that is literal at once: most of a pattern is. */
			taken = length && *line == kind;
			while (taken && taken < length && *pattern &&
			       *pattern != '%' && *pattern != ' ' &&
			       *pattern == line[taken]) {
				pattern++;
				taken++;
			}
		}
		if (!taken)
			return NULL;
		copy_bytes(copy, line, taken);
	}
	return line;
}
