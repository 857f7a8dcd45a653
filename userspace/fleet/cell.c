// SPDX-License-Identifier: GPL-2.0-only
/* What a host has in a column. */
#include <stdio.h>

#include "fleet/fleet.h"

static const char *number(char buffer[FLEET_CELL], size_t index)
{
	if (index == FLEET_NONE)
		return NULL;
	snprintf(buffer, FLEET_CELL, "%zu", index + 1);
	return buffer;
}

/* The first of the differences, and how many more there are. */
static const char *odd(const struct fleet *fleet, const struct fleet_host *host,
		       char buffer[FLEET_CELL])
{
	const struct fleet_odd *of;
	const struct fleet_difference *first;

	if (host->group == FLEET_NONE || host->odd == FLEET_NONE)
		return NULL;
	of = &fleet->groups[host->group].odd[host->odd];
	if (!of->nr_differences)
		return "no register that both have";
	first = of->differences;
	snprintf(buffer, FLEET_CELL, "%s %s", first->what,
		 first->here ? first->here : "not known");
	if (of->nr_differences > 1) {
		int length = snprintf(buffer, FLEET_CELL, "%s %s and %zu more",
				      first->what,
				      first->here ? first->here : "not known",
				      of->nr_differences - 1);

		if (length >= FLEET_CELL)
			snprintf(buffer, FLEET_CELL, "%zu differences",
				 of->nr_differences);
	}
	return buffer;
}

const char *fleet_cell(const struct fleet *fleet, size_t index,
		       enum fleet_column column, char buffer[FLEET_CELL])
{
	const struct fleet_host *host = &fleet->hosts[index];

	switch (column) {
	case COLUMN_HOST:
		return host->name;
	case COLUMN_FILE:
		return host->path;
	case COLUMN_ERROR:
		return host->error;
	case COLUMN_GROUP:
		return number(buffer, host->group);
	case COLUMN_DOMAIN:
		return number(buffer, host->domain);
	case COLUMN_ODD:
		return odd(fleet, host, buffer);
	default:
		return host->kind == FLEET_NONE ?
			       NULL :
			       fleet->kinds[host->kind]->cells[column];
	}
}
