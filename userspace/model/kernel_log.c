// SPDX-License-Identifier: GPL-2.0-only
#include "model/kernel_log.h"

#include <stdio.h>
#include <string.h>

#include "base/release.h"
#include "types.h"

#define ALWAYS 0
#define NONE   (-1)

static const struct log_message messages[] = {
#define KERNEL_LOG(name, proves, from, to, file, text)                         \
	{ .id = #name,                                                         \
	  .claim = LOG_##proves,                                               \
	  .first = (from),                                                     \
	  .last = (to),                                                        \
	  .source = (file),                                                    \
	  .pattern = (text) },
#include "tables/kernel_log.def"
};

static const char *const meanings[NR_LOG_CLAIMS] = {
#define KERNEL_LOG_CLAIM(id, text) [LOG_##id] = (text),
#include "tables/kernel_log.def"
};

/* A longer line is cut: no message is as long. */
#define KEPT	 256
#define HIDDEN	 "(address)"
#define DETECTED "Hypervisor detected: "

/* What is kept of a line: it fits or is cut. */
struct copy {
	char text[KEPT];
	size_t length;
};

static void copy_bytes(struct copy *copy, const char *bytes, size_t length)
{
	size_t space = sizeof(copy->text) - 1 - copy->length;

	if (length > space)
		length = space;
	memcpy(copy->text + copy->length, bytes, length);
	copy->length += length;
	copy->text[copy->length] = '\0';
}

static size_t span(const char *line, size_t length, const char *set)
{
	size_t i = 0;

	while (i < length && line[i] && strchr(set, line[i]))
		i++;
	return i;
}

static size_t hex_span(const char *line, size_t length)
{
	size_t prefix = length > 2 && line[0] == '0' && line[1] == 'x' ? 2 : 0;
	size_t digits =
		span(line + prefix, length - prefix, "0123456789abcdefABCDEF");

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
		return span(line, length, "0123456789");
	case 'x':
	case 'p':
		return hex_span(line, length);
	default:
		return string_span(rest, line, length);
	}
}

/*
 * Does the line fit the pattern? One pass: what a placeholder takes is never
 * given back. *copy is the line without its addresses.
 */
static bool fits(const char *pattern, const char *line, size_t length,
		 struct copy *copy)
{
	size_t taken;

	for (copy->length = 0; *pattern; line += taken, length -= taken) {
		char kind = *pattern++;

		if (kind == '%') {
			kind = *pattern++;
			if (kind == '*') {
				copy_bytes(copy, line, length);
				return true;
			}
			taken = placeholder_span(kind, pattern, line, length);
			if (kind == 'p' && taken) {
				copy_bytes(copy, HIDDEN, strlen(HIDDEN));
				continue;
			}
		} else if (kind == ' ') {
			taken = span(line, length, " \t");
		} else {
			taken = length && *line == kind;
		}
		if (!taken)
			return false;
		copy_bytes(copy, line, taken);
	}
	return !length;
}

static size_t without_end(const char *line, size_t length)
{
	while (length && strchr(" \t\r\n", line[length - 1]))
		length--;
	return length;
}

static const struct log_message *match(const char *line, size_t length,
				       struct copy *copy)
{
	size_t i;

	length = without_end(line, length);
	for (i = 0; i < ARRAY_SIZE(messages); i++)
		if (fits(messages[i].pattern, line, length, copy))
			return &messages[i];
	return NULL;
}

const struct log_message *kernel_log_match(const char *line, size_t length)
{
	struct copy copy;

	return match(line, length, &copy);
}

const struct log_message *kernel_log_at(size_t index)
{
	return index < ARRAY_SIZE(messages) ? &messages[index] : NULL;
}

const char *log_claim_meaning(enum log_claim claim)
{
	return meanings[claim];
}

int kernel_log_keep(struct facts *facts, unsigned long number, const char *line,
		    size_t length)
{
	struct copy copy;
	const struct log_message *message = match(line, length, &copy);
	const char *value = copy.text;
	char key[64] = "hypervisor detected";

	if (!message)
		return 0;
	if (message->claim == LOG_HYPERVISOR)
		value += strlen(DETECTED);
	else
		snprintf(key, sizeof(key), "log %s", message->id);
	if (facts_get(facts, key))
		return 0;
	return facts_add_line(facts, number, key, strlen(key), value,
			      strlen(value));
}

const struct log_message *kernel_log_find(const char *id, size_t length)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(messages); i++)
		if (strlen(messages[i].id) == length &&
		    !memcmp(messages[i].id, id, length))
			return &messages[i];
	return NULL;
}

static bool prints(const struct log_message *message, int release)
{
	return message->first != NONE && release >= message->first &&
	       (message->last == ALWAYS || release <= message->last);
}

const char *kernel_log_promise(enum log_claim claim, int release)
{
	size_t i;

	for (i = 0; release && i < ARRAY_SIZE(messages); i++)
		if (messages[i].claim == claim && prints(&messages[i], release))
			return messages[i].pattern;
	return NULL;
}
