/* SPDX-License-Identifier: GPL-2.0-only */
/* Folders that hold files of one machine (tables/fleet_trees.def). */
#ifndef VIRTINFO_FLEET_TREE_H
#define VIRTINFO_FLEET_TREE_H

#include "input/input.h"

/* Is the folder that of one machine? */
bool tree_is(const char *folder);

/*
 * The machine of a file ("-" being standard input), or of such a folder: its
 * files as one input. Its node name is the fact "host" where the folder has it.
 * NULL with *error filled.
 */
struct host *tree_read(const char *path, struct input_error *error);

#endif
