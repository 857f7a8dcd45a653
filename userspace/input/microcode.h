/* SPDX-License-Identifier: GPL-2.0-only */
/* The microcode of each CPU, as /proc/cpuinfo has it. */
#ifndef VIRTINFO_INPUT_MICROCODE_H
#define VIRTINFO_INPUT_MICROCODE_H

#include "base/cpulist.h"
#include "base/facts.h"
#include "input/scan.h"

struct microcode_revision {
	u64 revision;
	struct cpulist cpus;
};

/* Zeroed is nothing read. */
struct microcode {
	u32 cpu; /* whose lines are being read */
	struct microcode_revision *list;
	size_t count;
	size_t capacity;
};

/*
 * Take a line of /proc/cpuinfo; one with neither the CPU's number nor its
 * microcode is skipped. Returns 0, or -1 when there is no memory.
 */
int microcode_line(struct microcode *microcode, const struct line *line);

/*
 * Add the fact "cpuinfo microcode", if any is known. Returns 0, or -1 when
 * there is no memory.
 */
int microcode_fact(const struct microcode *microcode, struct facts *facts);

void microcode_free(struct microcode *microcode);

#endif
