// SPDX-License-Identifier: GPL-2.0-only
/* The reasons of the verdicts, and the hosts of each. */
#include <stdlib.h>

#include "fleet/judge.h"

static int compare_reasons(const void *one, const void *other)
{
	const struct fleet_reason *a = one, *b = other;

	if (a->hosts.count != b->hosts.count)
		return a->hosts.count > b->hosts.count ? -1 : 1;
	return (a->reason > b->reason) - (a->reason < b->reason);
}

int judge_reasons(struct fleet *fleet)
{
	size_t i, kept = 0;

	fleet->reasons = calloc(NR_REASONS, sizeof(*fleet->reasons));
	if (!fleet->reasons)
		return -1;
	fleet->nr_reasons = NR_REASONS;
	for (i = 0; i < NR_REASONS; i++)
		fleet->reasons[i].reason = (enum reason)i;
	for (i = 0; i < fleet->nr_hosts; i++) {
		const struct fleet_host *host = &fleet->hosts[i];

		if (!host->left_out && host->kind != FLEET_NONE &&
		    host_list_add(
			    &fleet->reasons[fleet->kinds[host->kind]->reason]
				     .hosts,
			    i))
			return -1;
	}
	for (i = 0; i < NR_REASONS; i++)
		if (fleet->reasons[i].hosts.count)
			fleet->reasons[kept++] = fleet->reasons[i];
	fleet->nr_reasons = kept;
	qsort(fleet->reasons, kept, sizeof(*fleet->reasons), compare_reasons);
	return 0;
}

void free_reasons(struct fleet *fleet)
{
	size_t i;

	for (i = 0; i < fleet->nr_reasons; i++)
		free(fleet->reasons[i].hosts.hosts);
	free(fleet->reasons);
}
