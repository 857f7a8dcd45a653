/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The judge: can this machine run virtual machines in hardware, and if not,
 * which single thing stands in the way. Pure: everything comes from the host
 * and its facts, so a capture is judged as the machine itself was.
 */
#ifndef VIRTINFO_MODEL_LADDER_H
#define VIRTINFO_MODEL_LADDER_H

#include "model/host.h"
#include "model/profile.h"
#include "model/reasons.h"

enum rung_status {
	RUNG_PASS,
	RUNG_FAIL,
	RUNG_WARN,    /* holds, or is overridden, but look at it */
	RUNG_SKIPPED, /* not judged: the input tells nothing, or no need */
	RUNG_UNKNOWN, /* should be known and is not */
};

/* All strings are safe to print. */
struct rung {
	enum rung_id id;
	enum rung_status status;
	enum reason reason; /* REASON_NONE where nothing is broken */
	char **evidence;
	size_t nr_evidence;
	char *summary; /* one sentence, NULL: the reason's meaning */
	char *remedy;  /* NULL where there is nothing to do */
};

struct verdict {
	enum reason reason;
	enum answer usable;
	char *summary;
	char *remedy; /* NULL where there is nothing to do */
	size_t nr_rungs;
	struct rung rungs[NR_RUNGS];
};

/*
 * Judge the host, for a profile if profile is not NULL.
 * Returns NULL when there is no memory. verdict_free() is owed.
 */
struct verdict *ladder_judge(const struct host *host,
			     const struct profile *profile);
void verdict_free(struct verdict *verdict);

int verdict_exit_status(const struct verdict *verdict);

/* "pass", "fail", ... */
const char *rung_status_name(enum rung_status status);

#endif
