/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * In what the groups of one machine differ: fields, bits that are no field's,
 * registers that the table does not take apart, and leaves of CPUID that it does
 * not have. What is of one thread
 * (APIC ids and the like) is no difference, nor what an input has of some
 * groups only.
 */
#ifndef VIRTINFO_MODEL_DIFFERENCES_H
#define VIRTINFO_MODEL_DIFFERENCES_H

#include "model/register_name.h"

struct difference {
	enum field_id field;  /* NR_FIELDS where it is in no field */
	enum register_id reg; /* NR_REGISTERS where the table has no such */
	/* Of a CPUID register that the table does not have. */
	u32 leaf;
	u32 subleaf;
	enum vi_cpuid_register output;
	u32 varying; /* bits of it in which CPUs that are alike differ */
};

struct differences {
	struct difference *list;
	size_t count;
	size_t capacity;
};

/*
 * Fills *differences, which begins as { .list = NULL }, in the order of the
 * table. Returns 0, or -1 when there is no memory.
 */
int differences_of(struct differences *differences, const struct host *host);
void differences_free(struct differences *differences);

/* The register's name, also of one that the table does not have. */
const char *difference_register(char name[REGISTER_ADDRESS_SIZE],
				const struct difference *difference);

/* What a group has there, as a word: two groups differ where the words do. */
#define DIFFERENCE_WORD_SIZE FIELD_WORD_SIZE
const char *difference_word(char word[DIFFERENCE_WORD_SIZE],
			    const struct host_group *group,
			    const struct difference *difference);

#endif
