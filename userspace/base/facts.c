// SPDX-License-Identifier: GPL-2.0-only
#include "base/facts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/safe.h"

struct owned_fact {
	char *key;
	char *value;
};

struct facts {
	struct owned_fact *facts;
	size_t count;
	size_t capacity;
};

struct facts *facts_new(void)
{
	return calloc(1, sizeof(struct facts));
}

void facts_free(struct facts *facts)
{
	size_t i;

	if (!facts)
		return;
	for (i = 0; i < facts->count; i++) {
		free(facts->facts[i].key);
		free(facts->facts[i].value);
	}
	free(facts->facts);
	free(facts);
}

int facts_add(struct facts *facts, const char *key, const char *value)
{
	struct owned_fact *fact;

	if (ARRAY_GROW(facts->facts, facts->count, facts->capacity))
		return -1;
	fact = &facts->facts[facts->count];
	fact->key = safe_string(key);
	fact->value = safe_string(value);
	if (!fact->key || !fact->value) {
		free(fact->key);
		free(fact->value);
		return -1;
	}
	facts->count++;
	return 0;
}

int facts_format(struct facts *facts, const char *key, const char *format, ...)
{
	va_list arguments;
	char *value;
	int length, error;

	va_start(arguments, format);
	length = vasprintf(&value, format, arguments);
	va_end(arguments);
	if (length < 0)
		return -1;
	error = facts_add(facts, key, value);
	free(value);
	return error;
}

const char *facts_get(const struct facts *facts, const char *key)
{
	size_t i;

	for (i = 0; i < facts->count; i++)
		if (!strcmp(facts->facts[i].key, key))
			return facts->facts[i].value;
	return NULL;
}

const char *facts_module(const struct facts *facts, const char *module)
{
	char key[128];

	snprintf(key, sizeof(key), "module %s", module);
	return facts_get(facts, key);
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
	return (struct fact){ .key = facts->facts[index].key,
			      .value = facts->facts[index].value };
}
