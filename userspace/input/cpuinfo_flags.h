/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The flags that the kernel shows of each CPU, in /proc/cpuinfo or in what
 * people post of it: what it lets be seen, which is not what the processor has.
 */
#ifndef VIRTINFO_INPUT_CPUINFO_FLAGS_H
#define VIRTINFO_INPUT_CPUINFO_FLAGS_H

#include <stdbool.h>

#include "base/cpulist.h"
#include "base/facts.h"
#include "input/pair.h"

/* vmx, svm, hypervisor, sse4_1, and those of features that have no register */
#define CPUINFO_FLAGS 10

/* Zeroed is nothing read. */
struct cpuinfo_flags {
	/*
	 * The list was copied by hand: where it may have been cut off before
	 * a flag, that flag is not known to be missing. Of features that have
	 * no register there the flags that are shown are facts.
	 */
	bool may_be_cut;
	unsigned int cpu;    /* whose list is next, if no line says another */
	struct cpulist cpus; /* whose flags were read */
	struct cpulist with[CPUINFO_FLAGS];
	bool cut[CPUINFO_FLAGS];
};

/*
 * Are they words of such a list, for the most part of the processors of the
 * last 20 years?
 */
bool cpuinfo_are_flags(const char *at, const char *end);

/*
 * Take the list of flags, in the kernel's order, of the next CPU. Returns 0; 1
 * where that CPU has another list already; -1 when there is no memory.
 */
int cpuinfo_flags_take(struct cpuinfo_flags *flags, const char *list,
		       const char *end);

/*
 * Take a line of /proc/cpuinfo; one with neither the CPU's number nor its
 * flags is skipped. Returns what cpuinfo_flags_take() does.
 */
int cpuinfo_flags_line(struct cpuinfo_flags *flags, const struct line *line);

/*
 * Add a fact "cpuinfo FLAG", where there is none, for each flag that is known
 * of: "all", "none" or the CPUs; of a feature "yes". Returns 0, or -1 when there
 * is no memory.
 */
int cpuinfo_flags_facts(const struct cpuinfo_flags *flags, struct facts *facts,
			unsigned long line);

void cpuinfo_flags_free(struct cpuinfo_flags *flags);

#endif
