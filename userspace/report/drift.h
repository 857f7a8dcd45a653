/* SPDX-License-Identifier: GPL-2.0-only */
/* virtinfo fleet --since. Each returns 0, or -1 without memory. */
#ifndef VIRTINFO_REPORT_DRIFT_H
#define VIRTINFO_REPORT_DRIFT_H

#include "fleet/drift.h"
#include "options.h"
#include "output/out.h"

/* One screen; all: every host and difference. */
int drift_text(struct out *out, const struct fleet_drift *drift, bool all);
int drift_json(struct out *out, const struct fleet_drift *drift, int status);

/* The fleet that its entry's hosts are of. */
static inline const struct fleet *
drift_fleet(const struct fleet_drift *drift,
	    const struct fleet_drift_entry *entry)
{
	return entry->how == DRIFT_VANISHED ? drift->old : drift->now;
}

/* Read the other folders and print what has become of these. */
int report_drift(struct out *out, const struct options *options);

#endif
