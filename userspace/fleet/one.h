/* SPDX-License-Identifier: GPL-2.0-only */
/* A fleet of one host, for reports that show either. */
#ifndef VIRTINFO_FLEET_ONE_H
#define VIRTINFO_FLEET_ONE_H

#include "fleet/fleet.h"

/*
 * Put the host, which the fleet borrows, into a new one under that name, and judge
 * it. Returns NULL without memory; fleet_free() it.
 */
struct fleet *fleet_of_host(const struct host *host, const char *name);

#endif
