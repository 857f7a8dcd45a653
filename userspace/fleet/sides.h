/* SPDX-License-Identifier: GPL-2.0-only */
/* What the ready kinds of hosts of a fleet offer to guests. */
#ifndef VIRTINFO_FLEET_SIDES_H
#define VIRTINFO_FLEET_SIDES_H

#include "fleet/fleet.h"
#include "migrate/side.h"

struct fleet_side {
	struct host *host; /* NULL: its file has changed since, no side */
	struct side side;
	size_t kind;
	size_t nr_hosts; /* that are not left out */
};

struct fleet_sides {
	const struct fleet *fleet;
	struct fleet_side *list; /* that most hosts are of first */
	size_t count;
};

/*
 * Those of a baseline of the fleet, or all where it is NULL.
 * Returns 0, or -1 without memory; fleet_sides_close() it either way.
 */
int fleet_sides_open(struct fleet_sides *sides, const struct fleet *fleet,
		     const struct fleet_baseline *of);
void fleet_sides_close(struct fleet_sides *sides);

#endif
