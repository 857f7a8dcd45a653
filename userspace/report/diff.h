/* SPDX-License-Identifier: GPL-2.0-only */
/* What virtinfo diff knows of two hosts, for its writers. */
#ifndef VIRTINFO_REPORT_DIFF_H
#define VIRTINFO_REPORT_DIFF_H

#include "migrate/changes.h"
#include "migrate/migration.h"
#include "output/out.h"

struct diff {
	const struct host *a;
	const struct host *b;
	struct side side_a;
	struct side side_b;
	bool same; /* the inputs hold the same */
	struct changes changes;
	struct migration to_b;
	struct migration to_a;
	enum guest_class guest; /* that decides about the exit status */
	int status;
};

/* Print it. Return 0, or -1 when there is no memory. */
int diff_text(struct out *out, const struct diff *diff);
/* Or the file took a write error. */
int diff_json(struct out *out, const struct diff *diff);

#endif
