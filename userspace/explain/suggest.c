// SPDX-License-Identifier: GPL-2.0-only
#include "explain/suggest.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "explain/topics.h"

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static int letter(const char *text, size_t index)
{
	return tolower((unsigned char)text[index]);
}

size_t suggest_distance(const char *a, const char *b)
{
	/* Row i holds the distances of a's first i characters. */
	size_t rows[3][SUGGEST_LENGTH + 1];
	size_t length_a = strnlen(a, SUGGEST_LENGTH);
	size_t length_b = strnlen(b, SUGGEST_LENGTH);
	size_t i;

	for (size_t j = 0; j <= length_b; j++)
		rows[0][j] = j;
	for (i = 1; i <= length_a; i++) {
		size_t *row = rows[i % 3];
		const size_t *above = rows[(i + 2) % 3];
		const size_t *two_above = rows[(i + 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= length_b; j++) {
			int same = letter(a, i - 1) == letter(b, j - 1);

			row[j] = least(above[j - 1] + !same,
				       least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 &&
			    letter(a, i - 1) == letter(b, j - 2) &&
			    letter(a, i - 2) == letter(b, j - 1))
				row[j] = least(row[j], two_above[j - 2] + 1);
		}
	}
	return rows[length_a % 3][length_b];
}

/* Fewer letters begin too many names. */
#define BEGINNING 3

static bool begins(const char *name, const char *wanted)
{
	size_t length = strlen(wanted);
	char start[SUGGEST_LENGTH];

	if (length < BEGINNING || length >= sizeof(start))
		return false;
	snprintf(start, length + 1, "%s", name);
	return same_name(start, wanted);
}

void suggest_offer(struct suggestion *suggestion, const char *name)
{
	size_t distance = begins(name, suggestion->wanted) ?
				  1 :
				  suggest_distance(suggestion->wanted, name);

	if (suggestion->found && distance >= suggestion->distance)
		return;
	suggestion->found = 1;
	suggestion->distance = distance;
	snprintf(suggestion->name, sizeof(suggestion->name), "%s", name);
}

const char *suggest_best(const struct suggestion *suggestion)
{
	size_t length = strnlen(suggestion->wanted, SUGGEST_LENGTH);

	/* A name with less than half of its letters right is another name. */
	if (!suggestion->found || 2 * suggestion->distance > length)
		return NULL;
	return suggestion->name;
}
