/* SPDX-License-Identifier: GPL-2.0-only */
/* How hosts are called. */
#ifndef VIRTINFO_FLEET_NAMES_H
#define VIRTINFO_FLEET_NAMES_H

#include "fleet/fleet.h"

/*
 * Give each host the shortest end of its path that no other has; where all of
 * them end alike (ansible's HOST/path/of/the/file) that end is left out.
 * Returns 0, or -1 without memory.
 */
int names_of_paths(struct fleet *fleet);

/*
 * The node name of those that have one, which is no other's name; then sort
 * all by name. Returns 0, or -1 without memory.
 */
int names_of_nodes(struct fleet *fleet);

#endif
