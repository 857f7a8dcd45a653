/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The largest CPU for guests that every one of some hosts can run, and what an
 * engine has to be told to make it.
 */
#ifndef VIRTINFO_MIGRATE_BASELINE_H
#define VIRTINFO_MIGRATE_BASELINE_H

#include "migrate/migration.h"
#include "output/json.h"
#include "output/out.h"

/*
 * Fill *baseline with what all of them offer. migration_judge() of it to each
 * of them breaks no rule of registers. Returns 0, or -1 when there is no
 * memory or no side; side_free() it either way.
 */
int baseline_of(struct side *baseline, const struct side *const *sides,
		size_t count);

/*
 * Something in which the hosts differ and that no CPU model can level
 * (VMX_BASIC's VMCS size, VMX_MISC's timer rate, ...): a migration rule.
 */
struct baseline_obstacle {
	struct migration_finding finding;
	size_t from; /* which of the sides */
	size_t to;
};

enum baseline_engine {
#define ENGINE(id, name, title, versions) BASELINE_##id,
#include "tables/baseline_engines.def"
	NR_BASELINE_ENGINES
};

/* What --baseline=qemu:7.2 asks for; version 0: the newest that is known. */
struct baseline_target {
	enum baseline_engine engine;
	int version; /* KERNEL_RELEASE() of it */
};

/* Returns false where the word names no engine, or no version. */
bool baseline_target_parse(struct baseline_target *target, const char *word);

/*
 * Print the engine's configuration to out, with what no model can level first
 * as comments of that engine's syntax. Returns 0, or -1 without memory.
 */
int baseline_print(struct out *out, const struct side *baseline,
		   const struct side *const *sides, size_t count,
		   const struct baseline_target *target);

#endif
