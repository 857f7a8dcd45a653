/* SPDX-License-Identifier: GPL-2.0-only */
/* Which host of one fleet is which of another. */
#ifndef VIRTINFO_FLEET_MATCH_H
#define VIRTINFO_FLEET_MATCH_H

#include "fleet/fleet.h"

/*
 * Fill in[], one for each host of the old fleet, with its index in the other,
 * or FLEET_NONE. The same node name counts, and where two hosts have it the
 * same place as well; then the same place (struct fleet_host), unless both have
 * a node name. Returns 0, or -1 without memory.
 */
int fleet_match(const struct fleet *old, const struct fleet *now, size_t *in);

#endif
