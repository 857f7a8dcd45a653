/* SPDX-License-Identifier: GPL-2.0-only */
/* The parts of virtinfo fleet. Each returns 0, or -1 without memory. */
#ifndef VIRTINFO_REPORT_FLEET_H
#define VIRTINFO_REPORT_FLEET_H

#include "fleet/fleet.h"
#include "options.h"
#include "output/out.h"

/* One screen, for however many hosts; all: whole lists. */
int fleet_text(struct out *out, const struct fleet *fleet, bool all);
int fleet_json(struct out *out, const struct fleet *fleet);
/* Columns by -o, or all; -2 with a message in *why, to be freed. */
int fleet_table(struct out *out, const struct fleet *fleet,
		const struct options *options, char **why);
/*
 * What --baseline asks for; -2 as above where there is more than one, -3 where a
 * file has changed since it was read.
 */
int fleet_baseline(struct out *out, const struct fleet *fleet,
		   const struct options *options, char **why);
int fleet_columns(struct out *out);
/* One host as a line of JSON. */
int fleet_line(struct out *out, const struct fleet *fleet, size_t host);

/* "a, b, c and 7 more" in new memory; NULL without memory. */
char *fleet_names(const struct fleet *fleet, const struct host_list *list,
		  size_t most);

#endif
