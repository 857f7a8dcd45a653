/* SPDX-License-Identifier: GPL-2.0-only */
/* The files of a fleet: those that are named, and those below folders. */
#ifndef VIRTINFO_FLEET_INPUTS_H
#define VIRTINFO_FLEET_INPUTS_H

#include <stddef.h>

struct fleet_input {
	char *path;	   /* of a file, or of a folder that is one machine's */
	const char *place; /* the end of it, below the folder that was named */
	int error;	   /* errno of a folder that cannot be read; else 0 */
};

/* Begins as { .list = NULL }. */
struct fleet_inputs {
	struct fleet_input *list;
	size_t count;
	size_t capacity;
};

/*
 * Add a file, or all files below a folder but those whose name begins with a
 * dot, in the order of their names. "-" is standard input. Returns 0, or -1
 * without memory.
 */
int inputs_add(struct fleet_inputs *inputs, const char *argument);
void inputs_free(struct fleet_inputs *inputs);

#endif
