/* SPDX-License-Identifier: GPL-2.0-only */
/* What the findings of a migration say, in words and as an exit status. */
#ifndef VIRTINFO_MIGRATE_WORDS_H
#define VIRTINFO_MIGRATE_WORDS_H

#include "migrate/migration.h"
#include "model/register_name.h"

/* "plain, nestable, nesting". */
#define GUEST_CLASSES_SIZE 40
const char *guest_classes_words(char words[GUEST_CLASSES_SIZE],
				unsigned int classes);

/* The register of a finding, NULL where it is of none. */
const char *finding_register(char name[REGISTER_ADDRESS_SIZE],
			     const struct migration_finding *finding);

/*
 * Call each for every field that is in the way, or "bit 7" and NR_FIELDS where
 * the bit has no field. Of a VMX control word a control is named once.
 */
void finding_fields(const struct migration_finding *finding,
		    void (*each)(void *context, enum field_id field,
				 const char *name),
		    void *context);

/* The same as "avx512f, avx512dq"; free() it. NULL without memory. */
char *finding_fields_words(const struct migration_finding *finding);

/*
 * What mends it, with what is in the way named as QEMU names it; free() it. *mends is NULL where
 * nothing does. Returns 0, or -1 without memory.
 */
int finding_mends(const struct migration_finding *finding, char **mends);

/* The exit status of diff: 0, 70 to 73, from the two directions. */
int migration_status(enum migration_answer to_b, enum migration_answer to_a);

#endif
