// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/sides.h"

#include <stdlib.h>

#include "fleet/judge.h"

static int compare(const void *one, const void *other)
{
	const struct fleet_side *a = one, *b = other;

	if (a->nr_hosts != b->nr_hosts)
		return a->nr_hosts > b->nr_hosts ? -1 : 1;
	return (a->kind > b->kind) - (a->kind < b->kind);
}

static size_t ready_hosts(const struct fleet *fleet, size_t kind)
{
	const struct host_list *hosts = &fleet->kinds[kind]->hosts;
	size_t i, count = 0;

	for (i = 0; i < hosts->count; i++)
		count += host_takes_guests(fleet, hosts->hosts[i]);
	return count;
}

static int find(struct fleet_sides *sides, const struct fleet *fleet,
		const struct fleet_baseline *of)
{
	size_t i;

	sides->list = calloc(fleet->nr_kinds + 1, sizeof(*sides->list));
	if (!sides->list)
		return -1;
	for (i = 0; i < fleet->nr_kinds; i++) {
		struct fleet_side *side = &sides->list[sides->count];

		if (of && fleet->kinds[i]->cells[COLUMN_VENDOR] != of->vendor)
			continue;
		*side = (struct fleet_side){ .kind = i };
		side->nr_hosts = ready_hosts(fleet, i);
		sides->count += side->nr_hosts != 0;
	}
	qsort(sides->list, sides->count, sizeof(*sides->list), compare);
	return 0;
}

int fleet_sides_open(struct fleet_sides *sides, const struct fleet *fleet,
		     const struct fleet_baseline *of)
{
	size_t i;

	*sides = (struct fleet_sides){ .fleet = fleet };
	if (find(sides, fleet, of))
		return -1;
	for (i = 0; i < sides->count; i++) {
		struct fleet_side *side = &sides->list[i];

		side->host = fleet_kind_host(fleet, side->kind);
		if (side->host && side_of(&side->side, side->host))
			return -1;
	}
	return 0;
}

void fleet_sides_close(struct fleet_sides *sides)
{
	size_t i;

	for (i = 0; i < sides->count; i++) {
		side_free(&sides->list[i].side);
		fleet_kind_close(sides->fleet, sides->list[i].host);
	}
	free(sides->list);
	*sides = (struct fleet_sides){ .list = NULL };
}
