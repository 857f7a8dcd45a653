/* SPDX-License-Identifier: GPL-2.0-only */
/* The one reader of modules: in the kernel, and on the disk. */
#ifndef VIRTINFO_INPUT_MODULE_INDEX_H
#define VIRTINFO_INPUT_MODULE_INDEX_H

#include "input/gather.h"

struct kmod_module;

void module_index_begin(struct gather *gather);
void module_index_end(struct gather *gather);

/* "loaded" or "builtin", from sysfs; NULL where it shows no such module. */
const char *module_in_kernel(const struct gather *gather, const char *name);

/*
 * Of a module that is not in the kernel: "loadable", "builtin", "absent", or
 * "unknown" where there is no folder to look in.
 */
const char *module_on_disk(struct gather *gather, const char *name);

/*
 * libkmod's module, NULL where there is none or no index. Owned by the
 * caller: kmod_module_unref().
 */
struct kmod_module *module_look_up(struct gather *gather, const char *name);

/* Does the module's file carry a signature? 1 it does, 0 not, -1 not known. */
int module_is_signed(struct gather *gather, const char *name);

/* A line of what modinfo shows; "" where there is none. */
void module_information(struct gather *gather, const char *name,
			const char *key, char value[GATHER_LINE]);

#endif
