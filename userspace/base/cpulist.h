/* SPDX-License-Identifier: GPL-2.0-only */
/* A set of CPU numbers, written as the kernel writes it: 0-3,8,10-11. */
#ifndef VIRTINFO_BASE_CPULIST_H
#define VIRTINFO_BASE_CPULIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* CPU numbers are below this; Linux's own limit is 8192. */
#define CPULIST_MAX 65536

/* Sorted, neither overlapping nor touching. Zeroed is the empty set. */
struct cpurange {
	unsigned int first;
	unsigned int last;
};

struct cpulist {
	struct cpurange *ranges;
	size_t count;
	size_t capacity;
};

void cpulist_free(struct cpulist *list);

/* Returns 0, or -1 when there is no memory. */
int cpulist_add(struct cpulist *list, unsigned int first, unsigned int last);
int cpulist_add_all(struct cpulist *list, const struct cpulist *more);

/* Each CPU of the list in turn. Two loops: break ends the inner one. */
#define CPULIST_EACH(list, cpu)                                                \
	for (size_t range_ = 0; range_ < (list)->count; range_++)              \
		for (unsigned int cpu = (list)->ranges[range_].first;          \
		     cpu <= (list)->ranges[range_].last; cpu++)

bool cpulist_has(const struct cpulist *list, unsigned int cpu);
/* How many CPUs are in it. */
unsigned int cpulist_weight(const struct cpulist *list);

/*
 * Read the length bytes at text; "none" and nothing at all are the empty set.
 * Returns 0; -1 without memory; -2 when it is not a list; -3 when a number is
 * CPULIST_MAX or more. list must be empty before.
 */
int cpulist_parse(struct cpulist *list, const char *text, size_t length);

/* Writes it, "none" when empty. */
void cpulist_print(FILE *file, const struct cpulist *list);
/* The same as a person says it: "CPU 0", "CPUs 0-3", "no CPU". */
void cpulist_print_words(FILE *file, const struct cpulist *list);

/* Both in new memory; NULL without memory. */
char *cpulist_string(const struct cpulist *list);
char *cpulist_words(const struct cpulist *list);

#endif
