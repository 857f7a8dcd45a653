/* SPDX-License-Identifier: GPL-2.0-only */
/* What the gatherers of facts share. For input/system.c and those it calls. */
#ifndef VIRTINFO_INPUT_GATHER_H
#define VIRTINFO_INPUT_GATHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "input/system.h"

#define GATHER_LINE 256
#define GATHER_PATH 4096

struct gather {
	const char *root; /* "" or a folder laid out as / */
	struct facts *facts;
	const char *vendor_module;
	bool try_load;
	bool everything; /* also what no verdict needs */
	bool profiles;	 /* also what only profiles need */
	bool no_memory;
};

/* One fact, unless its key is there already. */
void gather_fact(struct gather *gather, const char *key, const char *format,
		 ...) __attribute__((format(printf, 3, 4)));

/* path below the root, in out; false where it is too long. */
bool gather_path(const struct gather *gather, char out[GATHER_PATH],
		 const char *format, ...) __attribute__((format(printf, 3, 4)));

bool gather_exists(const struct gather *gather, const char *path);

/* Open for reading; NULL where that fails. fclose() it. */
FILE *gather_open(const struct gather *gather, const char *path);

/*
 * The first line of a file, blanks at its end removed. False where it cannot
 * be read; an empty file has an empty line.
 */
bool gather_line(const struct gather *gather, const char *path,
		 char line[GATHER_LINE]);

/* A fact of the first line of a file, if it can be read. */
void gather_file(struct gather *gather, const char *key, const char *path);

/* The kernel's release; "" where it is not known. */
const char *gather_release(struct gather *gather);

static inline bool gather_beside_kvm(const struct gather *gather)
{
	return gather->everything || gather->profiles;
}

/* The gatherers. */
void gather_cpuinfo(struct gather *gather);
void gather_modules(struct gather *gather);
void gather_config(struct gather *gather);
void gather_security(struct gather *gather);
void gather_machine(struct gather *gather);
void gather_container(struct gather *gather);
void gather_devices(struct gather *gather);
void gather_memory(struct gather *gather);

/* How a module is kept from loading, in input/modprobe_files.c. */
bool gather_blacklist_line(const struct gather *gather, const char *module,
			   const char *command, char where[GATHER_LINE]);
bool gather_module_argument(const struct gather *gather, const char *parameter,
			    const char *module);
/* Are two names of modules the same? '-' and '_' are. */
bool gather_same_module(const char *a, size_t length, const char *b);

#endif
