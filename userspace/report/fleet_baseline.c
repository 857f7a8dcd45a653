// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo fleet --baseline: of the ready hosts that are not left out. */
#include <stdlib.h>

#include "fleet/select.h"
#include "fleet/sides.h"
#include "report/baseline.h"
#include "report/fleet.h"

/* A baseline's notes name hosts as the fleet does: the first of the kind. */
static int name_sides(const struct fleet *fleet,
		      const struct fleet_baseline *of,
		      struct fleet_sides *sides)
{
	size_t i, j;

	for (i = 0; i < sides->count; i++) {
		struct fleet_side *side = &sides->list[i];

		for (j = 0; side->host && j < of->hosts.count; j++) {
			const struct fleet_host *host =
				&fleet->hosts[of->hosts.hosts[j]];

			if (host->kind != side->kind)
				continue;
			if (host_rename(side->host, host->name))
				return -1;
			break;
		}
	}
	return 0;
}

static int print(struct out *out, const struct fleet *fleet,
		 const struct fleet_baseline *of, struct fleet_sides *sides,
		 const struct options *options)
{
	const struct side **pointers = calloc(sides->count, sizeof(*pointers));
	int error = !pointers || name_sides(fleet, of, sides) ? -1 : 0;
	size_t i;

	for (i = 0; !error && i < sides->count; i++) {
		/* Without it the baseline would claim too much. */
		if (!sides->list[i].host)
			error = -3;
		pointers[i] = &sides->list[i].side;
	}
	if (!error)
		error = report_baseline(out, pointers, sides->count,
					of->hosts.count, options);
	free(pointers);
	return error;
}

int fleet_baseline(struct out *out, const struct fleet *fleet,
		   const struct options *options, char **why)
{
	struct fleet_sides sides;
	int error;

	if (!fleet->nr_baselines) {
		fputs("virtinfo: no host is ready: there is no baseline\n",
		      stderr);
		return 0;
	}
	if (fleet->nr_baselines > 1)
		return fleet_refuse(
			why,
			"ready hosts are of %zu vendors: choose one by --filter vendor=%s",
			fleet->nr_baselines,
			fleet->baselines[0].vendor ?
				fleet->baselines[0].vendor :
				"");
	error = fleet_sides_open(&sides, fleet, NULL);
	if (!error)
		error = print(out, fleet, &fleet->baselines[0], &sides,
			      options);
	fleet_sides_close(&sides);
	return error;
}
