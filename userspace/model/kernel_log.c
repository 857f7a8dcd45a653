// SPDX-License-Identifier: GPL-2.0-only
#include "model/kernel_log.h"

#include <stdio.h>
#include <string.h>

#include "base/pattern.h"
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

/* How each pattern begins: most lines begin as none of them does. */
static const char beginnings[][2] = {
#define KERNEL_LOG(name, proves, from, to, file, text) { (text)[0], (text)[1] },
#include "tables/kernel_log.def"
};

static const char *const meanings[NR_LOG_CLAIMS] = {
#define KERNEL_LOG_CLAIM(id, text) [LOG_##id] = (text),
#include "tables/kernel_log.def"
};

#define DETECTED "Hypervisor detected: "

static size_t without_end(const char *line, size_t length)
{
	while (length && strchr(" \t\r\n", line[length - 1]))
		length--;
	return length;
}

static bool may_be(size_t i, const char *line)
{
	const char *begin = beginnings[i];

	return !memcmp(begin, line, sizeof(*beginnings)) || *begin == '%';
}

const struct log_message *kernel_log_match(const char *line, size_t length)
{
	size_t i;

	length = without_end(line, length);
	if (length < sizeof(*beginnings))
		return NULL;
	for (i = 0; i < ARRAY_SIZE(messages); i++)
		if (may_be(i, line) &&
		    pattern_match(messages[i].pattern, line, length, NULL) ==
			    line + length)
			return &messages[i];
	return NULL;
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
	const struct log_message *message = kernel_log_match(line, length);
	char key[64] = "hypervisor detected";
	struct pattern_copy copy;
	const char *value = copy.text;

	length = without_end(line, length);
	if (!message || !pattern_match(message->pattern, line, length, &copy))
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
