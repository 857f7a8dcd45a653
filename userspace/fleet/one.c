// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/one.h"

#include <stdlib.h>

#include "base/array.h"
#include "fleet/kind.h"

static int add_kind(struct fleet *fleet, const struct host *host)
{
	struct fleet_kind *kind = NULL;
	struct summary summary;

	if (!summary_of(&summary, host))
		kind = kind_new(fleet->pool, host, &summary);
	summary_free(&summary);
	if (!kind)
		return -1;
	fleet->kinds = calloc(1, sizeof(*fleet->kinds));
	if (!fleet->kinds) {
		kind_free(kind);
		return -1;
	}
	fleet->kinds[fleet->nr_kinds++] = kind;
	fleet->offers = calloc(1, sizeof(*fleet->offers));
	if (!fleet->offers)
		return -1;
	fleet->offers[0] = kind->offered;
	fleet->nr_offers = 1;
	return digest_of(&kind->digest, &fleet->key, host) ||
			       host_list_add(&kind->hosts, 0) ?
		       -1 :
		       0;
}

static int add_host(struct fleet *fleet, const struct host *host,
		    const char *name)
{
	struct fleet_host *new;

	if (ARRAY_GROW(fleet->hosts, fleet->nr_hosts, fleet->capacity))
		return -1;
	new = &fleet->hosts[fleet->nr_hosts++];
	*new = (struct fleet_host){
		.name = pool_string(fleet->pool, name),
		.path = pool_string(fleet->pool, host->name),
		.group = FLEET_NONE,
		.odd = FLEET_NONE,
		.domain = FLEET_NONE,
	};
	new->place = new->path;
	return new->name &&new->path ? 0 : -1;
}

struct fleet *fleet_of_host(const struct host *host, const char *name)
{
	const struct fleet_asked nothing = { .guest = GUEST_PLAIN };
	struct fleet *fleet = fleet_new();
	char *why = NULL;

	if (!fleet)
		return NULL;
	fleet->only = host;
	if (add_host(fleet, host, name) || add_kind(fleet, host) ||
	    fleet_judge(fleet, &nothing, &why)) {
		fleet_free(fleet);
		return NULL;
	}
	return fleet;
}
