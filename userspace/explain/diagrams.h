/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pictures for a terminal of 80 columns. Each is drawn once, with the box
 * drawing characters of UTF-8; where only ASCII can be shown it is
 * transliterated character by character, so both always agree.
 */
#ifndef VIRTINFO_EXPLAIN_DIAGRAMS_H
#define VIRTINFO_EXPLAIN_DIAGRAMS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/host.h"

#define DIAGRAM_COLUMNS 80

/* What of a picture is about this machine; filled by diagram_values_of(). */
struct diagram_values {
	char linear[32]; /* "48 bits" or "width unknown" */
	char guest_physical[32];
	char host_physical[32];
	char second_level[48]; /* "EPT, 4 or 5 levels" */
};

/* Without a host (NULL) every value says that it depends on the processor. */
void diagram_values_of(struct diagram_values *values, const struct host *host);

/* The ids, for those who step over all of them; NULL after the last. */
const char *diagram_id(size_t index);

/*
 * The picture as lines, in new memory. NULL without memory, or where there is
 * no such picture.
 */
char *diagram_text(const char *id, const struct diagram_values *values,
		   bool utf8);

#endif
