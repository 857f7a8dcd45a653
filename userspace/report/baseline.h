/* SPDX-License-Identifier: GPL-2.0-only */
/* --baseline=ENGINE of diff and of fleet. */
#ifndef VIRTINFO_REPORT_BASELINE_H
#define VIRTINFO_REPORT_BASELINE_H

#include "migrate/baseline.h"
#include "options.h"

/*
 * Print what all of them offer, as the engine of the options has it, or as
 * JSON. hosts: how many machines they are, of which some may be alike. Returns
 * 0, or -1 without memory or where the file took a write error.
 */
int report_baseline(struct out *out, const struct side *const *sides,
		    size_t count, size_t hosts, const struct options *options);

#endif
