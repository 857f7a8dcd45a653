/* SPDX-License-Identifier: GPL-2.0-only */
/* What somebody may have meant who wrote a name that does not exist. */
#ifndef VIRTINFO_EXPLAIN_SUGGEST_H
#define VIRTINFO_EXPLAIN_SUGGEST_H

#include <stddef.h>

/* Longer names are compared by their beginning. */
#define SUGGEST_LENGTH 64

/*
 * How many characters must be inserted, removed, replaced or exchanged with
 * their neighbour to make b of a; case does not count.
 */
size_t suggest_distance(const char *a, const char *b);

/* The nearest of the names that were offered. Zeroed but for wanted. */
struct suggestion {
	const char *wanted;
	char name[SUGGEST_LENGTH];
	size_t distance;
	int found;
};

/*
 * Offer a name; it is kept where it is nearer than those before. One that
 * begins with what is wanted is as near as one with a wrong letter.
 */
void suggest_offer(struct suggestion *suggestion, const char *name);

/* The nearest name, or NULL where none is near enough to be meant. */
const char *suggest_best(const struct suggestion *suggestion);

#endif
