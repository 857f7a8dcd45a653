/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The largest CPU for guests that every one of some hosts can run, and what an
 * engine needs in its configuration to make it.
 */
#ifndef VIRTINFO_MIGRATE_BASELINE_H
#define VIRTINFO_MIGRATE_BASELINE_H

#include "migrate/migration.h"
#include "output/json.h"
#include "output/out.h"

/*
 * Fill *baseline with what all of them offer. migration_judge() of it to each
 * of them breaks no rule of registers: where VMX or SVM of the hosts differ in
 * what no CPU model can level, the baseline has neither. Returns 0, or -1 when
 * there is no memory or no side; side_free() it either way.
 */
int baseline_of(struct side *baseline, const struct side *const *sides,
		size_t count);

enum baseline_engine {
#define ENGINE(id, name, title, versions) BASELINE_##id,
#include "tables/baseline_engines.def"
	NR_BASELINE_ENGINES
};

/* Of which program --baseline=ENGINE:VERSION gives the version. */
enum engine_versions { OF_QEMU, OF_LIBVIRT, OF_FIRECRACKER };

struct engine_info {
	const char *name;    /* "libvirt" */
	const char *title;   /* what is printed */
	const char *program; /* whose version may be given: "QEMU" */
	int oldest;	     /* that is known: KERNEL_RELEASE() of it */
};

const struct engine_info *baseline_engine_info(enum baseline_engine engine);

/* What --baseline=qemu:7.2 asks for; version 0: the newest that is known. */
struct baseline_target {
	enum baseline_engine engine;
	int version; /* KERNEL_RELEASE() of it */
};

/*
 * Returns false where the word names no engine, or a version that is none or
 * older than any that is known.
 */
bool baseline_target_parse(struct baseline_target *target, const char *word);

/*
 * Print the engine's configuration to out, with what no model can level first
 * as comments of that engine's syntax. Returns 0, or -1 without memory.
 */
int baseline_print(struct out *out, const struct side *baseline,
		   const struct side *const *sides, size_t count,
		   const struct baseline_target *target);

/*
 * Members of the object that is open: the engine, the model and its switches,
 * the notes, and the lines that baseline_print() prints. Returns 0, or -1
 * without memory.
 */
int baseline_json(struct json *json, const struct side *baseline,
		  const struct side *const *sides, size_t count,
		  const struct baseline_target *target);

/*
 * The same comments for an engine whose syntax has none (Firecracker's JSON),
 * for standard error; nothing for the others. Returns 0, or -1 without memory.
 */
int baseline_print_apart(struct out *out, const struct side *baseline,
			 const struct side *const *sides, size_t count,
			 const struct baseline_target *target);

#endif
