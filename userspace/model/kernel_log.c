// SPDX-License-Identifier: GPL-2.0-only
#include "model/kernel_log.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
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

static bool is_whole(const char *pattern, const char *line, size_t length)
{
	return pattern_match(pattern, line, length, NULL) == line + length;
}

/* How long is the module's or file's name before the message? 0: it has none. */
static size_t name_length(const char *text, size_t length)
{
	static const char *const names[] = {
		"kvm: ", "kvm_intel: ", "kvm_amd: ", "x86/cpu: ", "SVM: "
	};

	ARRAY_EACH(name, names, ARRAY_SIZE(names))
		if (length >= strlen(*name) &&
		    !memcmp(text, *name, strlen(*name)))
			return strlen(*name);
	return 0;
}

/* Vendors' kernels print the same words behind another of these names. */
static const struct log_message *match_words(const char *line, size_t length)
{
	size_t name = name_length(line, length);

	if (!name)
		return NULL;
	ARRAY_EACH(message, messages, ARRAY_SIZE(messages)) {
		const char *pattern = message->pattern;

		/* What detects a hypervisor is no part of KVM. */
		if (message->claim == LOG_HYPERVISOR)
			continue;
		pattern += name_length(pattern, strlen(pattern));
		if (is_whole(pattern, line + name, length - name))
			return message;
	}
	return NULL;
}

const struct log_message *kernel_log_match(const char *line, size_t length)
{
	size_t i;

	length = without_end(line, length);
	if (length < sizeof(*beginnings))
		return NULL;
	for (i = 0; i < ARRAY_SIZE(messages); i++)
		if (may_be(i, line) &&
		    is_whole(messages[i].pattern, line, length))
			return &messages[i];
	return match_words(line, length);
}

#define NAME_MAX_LENGTH 16

/* The line, which is the message, without its addresses. */
static void copy_line(char text[NAME_MAX_LENGTH + PATTERN_KEPT],
		      const struct log_message *message, const char *line,
		      size_t length)
{
	const char *pattern = message->pattern;
	struct pattern_copy copy;
	size_t name = 0;

	if (!is_whole(pattern, line, length)) {
		name = name_length(line, length);
		pattern += name_length(pattern, strlen(pattern));
	}
	pattern_match(pattern, line + name, length - name, &copy);
	snprintf(text, NAME_MAX_LENGTH + PATTERN_KEPT, "%.*s%s", (int)name,
		 line, copy.text);
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
	char text[NAME_MAX_LENGTH + PATTERN_KEPT];
	const char *value = text;

	if (!message)
		return 0;
	copy_line(text, message, line, without_end(line, length));
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
