// SPDX-License-Identifier: GPL-2.0-only
#include "base/facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/safe.h"

/* More than any key of a fact that somebody asks for. */
#define KEY_SIZE 160

struct facts {
	struct fact **facts;
	size_t count;
	size_t capacity;
	struct fact **by_key; /* the first of each key, sorted */
	size_t nr_keys;
	size_t key_capacity;
};

struct facts *facts_new(void)
{
	return calloc(1, sizeof(struct facts));
}

void facts_free(struct facts *facts)
{
	if (!facts)
		return;
	ARRAY_EACH(fact, facts->facts, facts->count)
		free(*fact);
	free(facts->facts);
	free(facts->by_key);
	free(facts);
}

/* With its strings behind it. */
static struct fact *new_fact(const char *key, size_t key_length,
			     const char *value, size_t value_length)
{
	struct fact *fact = malloc(sizeof(*fact) + SAFE_SIZE(key_length) +
				   SAFE_SIZE(value_length));
	char *strings;

	if (!fact)
		return NULL;
	strings = (char *)(fact + 1);
	*fact = (struct fact){ .key = strings };
	safe_bytes(strings, SAFE_SIZE(key_length), key, key_length);
	strings += strlen(strings) + 1;
	fact->value = safe_bytes(strings, SAFE_SIZE(value_length), value,
				 value_length);
	return fact;
}

/* Where the key is in by_key, or where it would have to be. */
static size_t find_key(const struct facts *facts, const char *key, bool *found)
{
	size_t begin = 0, end = facts->nr_keys;

	*found = false;
	while (begin < end && !*found) {
		size_t middle = begin + (end - begin) / 2;
		int order = strcmp(key, facts->by_key[middle]->key);

		if (order < 0)
			end = middle;
		else
			begin = order ? middle + 1 : middle;
		*found = !order;
	}
	return begin;
}

static void insert_key(struct facts *facts, struct fact *fact)
{
	bool found;
	size_t at = find_key(facts, fact->key, &found);

	if (found) {
		fact->first = facts->by_key[at];
		return;
	}
	memmove(&facts->by_key[at + 1], &facts->by_key[at],
		(facts->nr_keys - at) * sizeof(*facts->by_key));
	facts->by_key[at] = fact;
	facts->nr_keys++;
}

int facts_add_line(struct facts *facts, unsigned long line, const char *key,
		   size_t key_length, const char *value, size_t value_length)
{
	struct fact *fact;

	if (ARRAY_GROW(facts->facts, facts->count, facts->capacity) ||
	    ARRAY_GROW(facts->by_key, facts->nr_keys, facts->key_capacity))
		return -1;
	fact = new_fact(key, key_length, value, value_length);
	if (!fact)
		return -1;
	fact->line = line;
	insert_key(facts, fact);
	facts->facts[facts->count++] = fact;
	return 0;
}

int facts_set_line(struct facts *facts, unsigned long line, const char *key,
		   const char *value, size_t value_length)
{
	struct fact *fact, *old;
	bool found;
	size_t i, at = find_key(facts, key, &found);

	if (!found)
		return facts_add_line(facts, line, key, strlen(key), value,
				      value_length);
	fact = new_fact(key, strlen(key), value, value_length);
	if (!fact)
		return -1;
	fact->line = line;
	old = facts->by_key[at];
	facts->by_key[at] = fact;
	for (i = 0; facts->facts[i] != old; i++)
		;
	facts->facts[i] = fact;
	free(old);
	return 0;
}

int facts_add(struct facts *facts, const char *key, const char *value)
{
	return facts_add_line(facts, 0, key, strlen(key), value, strlen(value));
}

int facts_vformat(struct facts *facts, unsigned long line, const char *key,
		  const char *format, va_list arguments)
{
	char *value;
	int error, length = vasprintf(&value, format, arguments);

	if (length < 0)
		return -1;
	error = facts_add_line(facts, line, key, strlen(key), value,
			       (size_t)length);
	free(value);
	return error;
}

int facts_format(struct facts *facts, const char *key, const char *format, ...)
{
	va_list arguments;
	int error;

	va_start(arguments, format);
	error = facts_vformat(facts, 0, key, format, arguments);
	va_end(arguments);
	return error;
}

const struct fact *facts_find(const struct facts *facts, const char *key)
{
	bool found;
	size_t at = find_key(facts, key, &found);

	return found ? facts->by_key[at] : NULL;
}

const char *facts_get(const struct facts *facts, const char *key)
{
	const struct fact *fact = facts_find(facts, key);

	return fact ? fact->value : NULL;
}

const char *facts_getf(const struct facts *facts, const char *format, ...)
{
	char key[KEY_SIZE];
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(key, sizeof(key), format, arguments);
	va_end(arguments);
	if (length < 0 || (size_t)length >= sizeof(key))
		return NULL;
	return facts_get(facts, key);
}

const char *facts_module(const struct facts *facts, const char *module)
{
	return facts_getf(facts, "module %s", module);
}

bool facts_module_present(const struct facts *facts, const char *module)
{
	const char *state = facts_module(facts, module);

	return state && (!strcmp(state, "loaded") || !strcmp(state, "builtin"));
}

size_t facts_count(const struct facts *facts)
{
	return facts->count;
}

struct fact facts_at(const struct facts *facts, size_t index)
{
	return *facts->facts[index];
}
