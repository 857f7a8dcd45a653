/* SPDX-License-Identifier: GPL-2.0-only */
/* The engines (tables/engines.def). */
#ifndef VIRTINFO_EXPORT_ENGINE_H
#define VIRTINFO_EXPORT_ENGINE_H

#include <stdio.h>
#include <sys/types.h>

#include "export/list.h"

struct engine {
	const char *name;
	const char *title;
	const char *suffix; /* of the files that it reads; "": any */
	mode_t mode;
	size_t limit; /* bytes of which it reads no more; 0: none */
	const char *place;
	/* Writes the list to file. Returns 0, or -1 without memory. */
	int (*write)(FILE *file, const struct export_list *list);
};

/* In the table's order; NULL past the end. */
const struct engine *engine_at(size_t index);
/* The engine of that name, or NULL. */
const struct engine *engine_find(const char *name);

/* Does it read a file of that path's name? */
bool engine_reads(const struct engine *engine, const char *path);

#define ENGINE(id, name, title, suffix, mode, limit, place)                    \
	int export_##name(FILE *file, const struct export_list *list);
#include "tables/engines.def"

#endif
