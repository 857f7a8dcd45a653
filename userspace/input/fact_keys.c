// SPDX-License-Identifier: GPL-2.0-only
/* Every key of a capture's facts (docs/ABI/capture). */
#include "input/fact_keys.h"

#include <limits.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"
#include "model/kernel_log.h"
#include "types.h"

enum parsed parse_nothing(const struct parsing *at)
{
	(void)at;
	return PARSED;
}

static enum parsed parse_text(const struct parsing *at)
{
	*(const char **)((char *)at->item + at->row->member) = at->value;
	return PARSED;
}

static enum parsed parse_flag(const struct parsing *at)
{
	*(bool *)((char *)at->item + at->row->member) =
		!strcmp(at->value, at->row->word);
	return PARSED;
}

/* What does not begin as a number is a word, perhaps of a newer program. */
enum parsed parse_number(const struct parsing *at)
{
	uint64_t number;

	if (parse_u64(at->value, UINT64_MAX, &number))
		return PARSED;
	return looks_like_number(at->value) ? PARSED_BAD : PARSED;
}

enum parsed parse_process(const struct parsing *at)
{
	struct process *process;
	unsigned int count;

	if (!parse_uint(at->value, &count))
		return looks_like_number(at->value) ? PARSED_BAD : PARSED;
	process =
		named_make(&at->system->processes, sizeof(*process), at->name);
	if (!process)
		return PARSED_NO_MEMORY;
	process->count = count;
	return PARSED;
}

enum parsed parse_container(const struct parsing *at)
{
	at->system->container = strcmp(at->value, "none") ? at->value : NULL;
	at->system->container_known = true;
	return PARSED;
}

/* Hexadecimal without "0x", as /sys/hypervisor has it. */
enum parsed parse_xen_features(const struct parsing *at)
{
	const char *text = at->value;
	uint64_t features;

	if (take_number(&text, 16, UINT64_MAX, &features) && !*text) {
		at->system->xen_features = features;
		return PARSED;
	}
	return looks_like_number(at->value) ? PARSED_BAD : PARSED;
}

#define NUMBER	    "a number"
#define SAID	    "yes, no or a number"
#define HEXADECIMAL "a number of 64 bits in hexadecimal"
#define OUTPUTS	    "four numbers of 32 bits in hexadecimal"
#define NO_LIST	    "none or an errno"

/* The first line that proves a claim is the one that is quoted. */
enum parsed parse_log(const struct parsing *at)
{
	const struct log_message *message =
		kernel_log_find(at->name.text, at->name.length);

	if (message && !at->system->log[message->claim])
		at->system->log[message->claim] = at->value;
	return PARSED;
}

enum parsed parse_kernel_log(const struct parsing *at)
{
	at->system->log_was_read = !strcmp(at->value, "read");
	if (!strncmp(at->value, "unreadable", strlen("unreadable")))
		at->system->log_unreadable = at->value;
	return PARSED;
}

#define OF(of, type)                                                           \
	.list = offsetof(struct system, of), .size = sizeof(struct type)

static const struct fact_key keys[] = {
#define FACT(words, parser, wants)                                             \
	{ .key = (words), .parse = parse_##parser, .expected = (wants) },
#define FACT_MANY(words, parser)                                               \
	{ .key = (words), .parse = parse_##parser, .many = true },
#define FACT_OF(of, type, words, parser, wants)                                \
	{ .key = (words),                                                      \
	  .parse = parse_##parser,                                             \
	  .expected = (wants),                                                 \
	  OF(of, type) },
#define FACT_TEXT(of, type, words, to)                                         \
	{ .key = (words),                                                      \
	  .parse = parse_text,                                                 \
	  .member = offsetof(struct type, to),                                 \
	  OF(of, type) },
#define FACT_FLAG(of, type, words, to, is)                                     \
	{ .key = (words),                                                      \
	  .parse = parse_flag,                                                 \
	  .member = offsetof(struct type, to),                                 \
	  .word = (is),                                                        \
	  OF(of, type) },
#include "tables/facts.def"
};

const struct fact_key *fact_key_at(size_t index)
{
	return index < ARRAY_SIZE(keys) ? &keys[index] : NULL;
}

/* Only a name that is last in its key can have blanks. */
static bool take_name(const char *row, const char *key, struct fact_name *name)
{
	const char *behind = strchr(row, '>') + 1;
	size_t rest = strlen(behind), length = strlen(key);

	if (length <= rest || strcmp(key + length - rest, behind))
		return false;
	*name = (struct fact_name){ key, length - rest };
	return memchr(row, ' ', (size_t)(behind - row)) ||
	       !memchr(name->text, ' ', name->length);
}

static bool matches(const char *row, const char *key, struct fact_name *name)
{
	while (*row == *key && *row) {
		row++;
		key++;
	}
	if (*row == '<')
		return take_name(row, key, name);
	*name = (struct fact_name){ key, 0 };
	return !*row && !*key;
}

const struct fact_key *fact_key_find(const char *key, struct fact_name *name)
{
	ARRAY_EACH(row, keys, ARRAY_SIZE(keys))
		if (matches(row->key, key, name))
			return row;
	return NULL;
}

static bool has_first_word(const char *key, const char *at, const char *end)
{
	while (at < end && *key == *at && *key != ' ') {
		key++;
		at++;
	}
	return at < end && *key == ' ' && *at == ' ';
}

bool fact_key_begins(const char *at, const char *end)
{
	ARRAY_EACH(row, keys, ARRAY_SIZE(keys))
		if (has_first_word(row->key, at, end))
			return true;
	return false;
}

enum fact_varies fact_varies(const char *key)
{
	static const struct {
		const char *key;
		enum fact_varies how;
	} varying[] = {
#define VARIES(words, way) { .key = (words), .how = FACT_##way },
#include "tables/facts.def"
	};
	struct fact_name name;
	const struct fact_key *row = fact_key_find(key, &name);

	for (size_t i = 0; row && i < ARRAY_SIZE(varying); i++)
		if (!strcmp(row->key, varying[i].key))
			return varying[i].how;
	return FACT_ALIKE;
}
