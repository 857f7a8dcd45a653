// SPDX-License-Identifier: GPL-2.0-only
#include "base/cpulist.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/memory_text.h"

void cpulist_free(struct cpulist *list)
{
	free(list->ranges);
	*list = (struct cpulist){ 0 };
}

int cpulist_add(struct cpulist *list, unsigned int first, unsigned int last)
{
	size_t at, after;

	/* The first range that the new one touches, and the first behind it. */
	for (at = 0; at < list->count; at++)
		if (list->ranges[at].last + 1 >= first)
			break;
	for (after = at; after < list->count; after++) {
		if (list->ranges[after].first > last + 1)
			break;
		if (list->ranges[after].first < first)
			first = list->ranges[after].first;
		if (list->ranges[after].last > last)
			last = list->ranges[after].last;
	}
	if (at == after &&
	    ARRAY_GROW(list->ranges, list->count, list->capacity))
		return -1;
	memmove(&list->ranges[at + 1], &list->ranges[after],
		(list->count - after) * sizeof(*list->ranges));
	list->ranges[at] = (struct cpurange){ .first = first, .last = last };
	list->count = list->count - (after - at) + 1;
	return 0;
}

int cpulist_add_all(struct cpulist *list, const struct cpulist *more)
{
	ARRAY_EACH(range, more->ranges, more->count)
		if (cpulist_add(list, range->first, range->last))
			return -1;
	return 0;
}

bool cpulist_has(const struct cpulist *list, unsigned int cpu)
{
	ARRAY_EACH(range, list->ranges, list->count)
		if (cpu >= range->first && cpu <= range->last)
			return true;
	return false;
}

unsigned int cpulist_weight(const struct cpulist *list)
{
	unsigned int weight = 0;

	ARRAY_EACH(range, list->ranges, list->count)
		weight += range->last - range->first + 1;
	return weight;
}

/* Returns the character behind the number, or NULL when there is none. */
static const char *parse_number(const char *at, const char *end,
				unsigned int *number)
{
	const char *start = at;

	*number = 0;
	for (; at < end && *at >= '0' && *at <= '9'; at++)
		if (*number < CPULIST_MAX)
			*number = 10 * *number + (unsigned int)(*at - '0');
	return at == start ? NULL : at;
}

int cpulist_parse(struct cpulist *list, const char *text, size_t length)
{
	const char *at = text, *end = text + length;
	unsigned int first, last;

	if (!length || (length == 4 && !memcmp(text, "none", 4)))
		return 0;
	for (;;) {
		at = parse_number(at, end, &first);
		if (!at)
			return -2;
		last = first;
		if (at < end && *at == '-') {
			at = parse_number(at + 1, end, &last);
			if (!at || last < first)
				return -2;
		}
		if (first >= CPULIST_MAX || last >= CPULIST_MAX)
			return -3;
		if (cpulist_add(list, first, last))
			return -1;
		if (at == end)
			return 0;
		if (*at++ != ',')
			return -2;
	}
}

void cpulist_print(FILE *file, const struct cpulist *list)
{
	if (!list->count)
		fputs("none", file);
	ARRAY_EACH(range, list->ranges, list->count) {
		fprintf(file, "%s%u", range == list->ranges ? "" : ",",
			range->first);
		if (range->last > range->first)
			fprintf(file, "-%u", range->last);
	}
}

void cpulist_print_words(FILE *file, const struct cpulist *list)
{
	if (!list->count) {
		fputs("no CPU", file);
		return;
	}
	fputs(cpulist_weight(list) == 1 ? "CPU " : "CPUs ", file);
	cpulist_print(file, list);
}

static char *printed(const struct cpulist *list,
		     void (*print)(FILE *file, const struct cpulist *list))
{
	char *string = NULL;
	size_t size;
	FILE *file = open_memstream(&string, &size);

	if (!file)
		return NULL;
	print(file, list);
	return memory_text(file, &string);
}

char *cpulist_string(const struct cpulist *list)
{
	return printed(list, cpulist_print);
}

char *cpulist_words(const struct cpulist *list)
{
	return printed(list, cpulist_print_words);
}
