/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a processor is, in words: who makes it, its family, model and stepping,
 * and its name; and what hypervisor it is under. CPUID has that in a dozen
 * registers, of which nobody reads a word in hexadecimal.
 */
#ifndef VIRTINFO_MIGRATE_IDENTITY_H
#define VIRTINFO_MIGRATE_IDENTITY_H

#include "model/differences.h"

enum identity_part {
	IDENTITY_VENDOR,
	IDENTITY_FAMILY,
	IDENTITY_MODEL,
	IDENTITY_STEPPING,
	IDENTITY_MODEL_NAME,
	IDENTITY_HYPERVISOR,
	NR_IDENTITY_PARTS
};

struct identity {
	char *word[NR_IDENTITY_PARTS]; /* NULL: not read, or none */
};

/* Of one group. Returns 0, or -1 without memory; identity_free() it either way. */
int identity_of(struct identity *identity, const struct host_group *group);
void identity_free(struct identity *identity);

/* "model name" */
const char *identity_name(enum identity_part part);

/* Is the key that of a fact which says the part? */
bool identity_is_fact(enum identity_part part, const char *key);

/*
 * Do the words of both groups say it: is it a register, or a field, that they
 * were made of, or one that repeats it?
 */
bool identity_says(const struct host_group *a, const struct host_group *b,
		   const struct difference *difference);

#endif
