/* SPDX-License-Identifier: GPL-2.0-only */
/* The machines in files that are given, for the programs of laws. */
#ifndef VIRTINFO_TESTS_LAWS_MACHINES_H
#define VIRTINFO_TESTS_LAWS_MACHINES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/input.h"
#include "migrate/migration.h"
#include "migrate/side.h"

struct machine {
	const char *path;
	struct host *host;
	struct side side;
};

struct machines {
	struct machine *list;
	size_t count;
	unsigned char *safe; /* count x count, a bit for each class */
};

static inline int failed(const char *law, const struct machine *a,
			 const struct machine *b)
{
	printf("not ok %s: %s, %s\n", law, a->host->name, b->host->name);
	return 1;
}

static inline void load(struct machines *machines, char *const *paths,
			int count)
{
	struct input_error error;
	int i, skipped = 0;

	machines->list = calloc((size_t)count, sizeof(*machines->list));
	if (!machines->list)
		exit(1);
	for (i = 0; i < count; i++) {
		struct machine *machine = &machines->list[machines->count];

		machine->path = paths[i];
		machine->host = input_file(paths[i], &error);
		if (!machine->host) {
			skipped++;
			continue;
		}
		if (side_of(&machine->side, machine->host))
			exit(1);
		machines->count++;
	}
	printf("# %zu machines, %d files are in no form that is read\n",
	       machines->count, skipped);
}

static inline void unload(struct machines *machines)
{
	size_t i;

	for (i = 0; i < machines->count; i++) {
		side_free(&machines->list[i].side);
		host_free(machines->list[i].host);
	}
	free(machines->list);
	free(machines->safe);
}

#endif
