/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pictures for a terminal of 80 columns, from the files of diagrams/. Each is
 * drawn once, with the box drawing characters of UTF-8; where only ASCII can be
 * shown each of them becomes one of ASCII.
 */
#ifndef VIRTINFO_EXPLAIN_DIAGRAMS_H
#define VIRTINFO_EXPLAIN_DIAGRAMS_H

#include <stdbool.h>

#include "model/host.h"

#define DIAGRAM_COLUMNS 80

/* What a picture says about this machine; "" or NULL is not known. */
struct diagram_values {
	char linear[32]; /* "48 bits" */
	char guest_physical[32];
	char host_physical[32];
	const char *second_level; /* "EPT, 4 or 5 levels" */
};

void diagram_values_of(struct diagram_values *values, const struct host *host);

/*
 * The picture as lines, in new memory. NULL without memory, or where there is
 * no such picture.
 */
char *diagram_text(const char *id, const struct diagram_values *values,
		   bool utf8);

#endif
