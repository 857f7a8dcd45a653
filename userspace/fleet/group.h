/* SPDX-License-Identifier: GPL-2.0-only */
/* In what two kinds of hosts differ. */
#ifndef VIRTINFO_FLEET_GROUP_H
#define VIRTINFO_FLEET_GROUP_H

#include "fleet/fleet.h"

/* Begins as { .list = NULL }; free() list. */
struct fleet_differences {
	struct fleet_difference *list;
	size_t count;
	size_t capacity;
	bool unread; /* a file has changed since: nothing of it is compared */
};

/*
 * The verdict's reason, then what changes_of() finds. The two kinds may be of
 * two fleets; the texts are in the first one's pool. Returns 0, or -1 without
 * memory.
 */
int kind_differences(struct fleet_differences *differences,
		     const struct fleet *fleet, size_t usual,
		     const struct fleet *other, size_t here);

#endif
