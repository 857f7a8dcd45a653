/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The verdict: can this machine run virtual machines in hardware, and if not,
 * what prevents it. Pure: everything comes from the host and its facts, so a
 * capture is judged as the machine itself was.
 */
#ifndef VIRTINFO_VERDICT_VERDICT_H
#define VIRTINFO_VERDICT_VERDICT_H

#include "model/hypervisor.h"
#include "verdict/profile.h"
#include "verdict/reasons.h"

enum stage_status {
	STAGE_PASS,
	STAGE_FAIL,
	STAGE_WARN,    /* holds, or is overridden, but look at it */
	STAGE_SKIPPED, /* not judged: nothing is known, or no need */
	STAGE_UNKNOWN, /* should be known and is not */
};

/* All strings are safe to print. */
struct stage {
	struct verdict_context *v; /* while it is judged; NULL afterwards */
	enum stage_id id;
	enum stage_status status;
	enum reason reason; /* REASON_NONE where nothing is broken */
	char **evidence;
	size_t nr_evidence;
	size_t evidence_capacity;
	char *summary; /* one sentence, NULL: the reason's meaning */
	char *remedy;  /* NULL where there is nothing to do */
};

struct verdict {
	enum reason reason;
	enum answer usable;
	char *summary;
	char *remedy;		      /* NULL where there is nothing to do */
	struct hypervisor hypervisor; /* that the system runs under */
	size_t nr_stages;
	struct stage stages[NR_STAGES];
};

/*
 * Judge the host, for a profile if profile is not NULL.
 * Returns NULL when there is no memory. verdict_free() is owed.
 */
struct verdict *verdict_of(const struct host *host,
			   const struct profile *profile);
/*
 * The same for whoever asks many hosts for the reason, the summary and the
 * remedy: no stage has evidence, whose words take most of the time.
 */
struct verdict *verdict_bare(const struct host *host);
void verdict_free(struct verdict *verdict);

int verdict_exit_status(const struct verdict *verdict);

/* "pass", "fail", ... */
const char *stage_status_name(enum stage_status status);

#endif
