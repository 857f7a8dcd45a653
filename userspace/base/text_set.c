// SPDX-License-Identifier: GPL-2.0-only
#include "base/text_set.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

struct kept_text {
	size_t number;
	char text[];
};

struct text_set {
	void *tree; /* of struct kept_text, by text */
	struct kept_text **list;
	size_t count;
	size_t capacity;
	bool failed;
};

static int compare(const void *one, const void *other)
{
	const struct kept_text *a = one, *b = other;

	return strcmp(a->text, b->text);
}

struct text_set *text_set_new(void)
{
	return calloc(1, sizeof(struct text_set));
}

static void keep_nothing(void *entry)
{
	(void)entry;
}

void text_set_free(struct text_set *set)
{
	size_t i;

	if (!set)
		return;
	tdestroy(set->tree, keep_nothing);
	for (i = 0; i < set->count; i++)
		free(set->list[i]);
	free(set->list);
	free(set);
}

size_t text_set_add(struct text_set *set, const char *text)
{
	size_t size = strlen(text) + 1;
	struct kept_text *new = malloc(sizeof(*new) + size), **found = NULL;

	if (new) {
		new->number = set->count;
		memcpy(new->text, text, size);
		if (!ARRAY_GROW(set->list, set->count, set->capacity))
			found = tsearch(new, &set->tree, compare);
	}
	if (!found) {
		free(new);
		set->failed = true;
		return 0;
	}
	if (*found == new)
		set->list[set->count++] = new;
	else
		free(new);
	return (*found)->number;
}

size_t text_set_count(const struct text_set *set)
{
	return set->count;
}

const char *text_set_at(const struct text_set *set, size_t number)
{
	return set->list[number]->text;
}

bool text_set_failed(const struct text_set *set)
{
	return set->failed;
}
