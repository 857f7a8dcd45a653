// SPDX-License-Identifier: GPL-2.0-only
/*
 * How long it takes to group 8,192 CPUs, by module/snapshot.c itself in a
 * program: all alike, of two kinds, and all unlike. Exit status 1 when one of
 * them takes a tenth of a second, has a wrong number of groups or compares
 * more often than twice for each CPU.
 */
#include <err.h>
#include <stdio.h>
#include <time.h>

#include "../../module/virtinfo.h"

#define LIMIT 100.0 /* milliseconds */

static struct vi_cpu machine[NR_CPUS];
static unsigned long compared;

bool __real_vi_sample_alike(const struct vi_sample *a,
			    const struct vi_sample *b);
bool __wrap_vi_sample_alike(const struct vi_sample *a,
			    const struct vi_sample *b);

bool __wrap_vi_sample_alike(const struct vi_sample *a,
			    const struct vi_sample *b)
{
	compared++;
	return __real_vi_sample_alike(a, b);
}

static const struct vi_cpu *get(void *context, unsigned int cpu)
{
	(void)context;
	return &machine[cpu];
}

/* The processor's time: another program's is not ours. */
static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* A snapshot as vi_snapshot_get() makes one. */
static struct vi_snapshot *snapshot_of(const struct cpumask *cpus)
{
	static const struct vi_samples samples = { .get = get };
	unsigned int capacity;

	for (capacity = 1;; capacity *= 4) {
		struct vi_snapshot *snapshot = vi_snapshot_new(
			capacity < NR_CPUS ? capacity : NR_CPUS);

		if (!snapshot)
			errx(1, "no memory");
		if (vi_snapshot_fill(snapshot, cpus, &samples))
			return snapshot;
		vi_snapshot_put(snapshot);
	}
}

static bool group(const char *name, unsigned int kinds)
{
	struct vi_snapshot *snapshot;
	struct cpumask cpus;
	double start, took;
	unsigned int i;
	bool good;

	for (i = 0; i < NR_CPUS; i++) {
		machine[i].sample.msr_status[VI_VM_CR] = VI_READ;
		machine[i].sample.msr[VI_VM_CR] = i % kinds;
	}
	memset(&cpus, 0xff, sizeof(cpus));
	compared = 0;
	start = now();
	snapshot = snapshot_of(&cpus);
	took = now() - start;
	/* Attempts with too little capacity come to less than one more. */
	good = took < LIMIT && snapshot->nr_groups == kinds &&
	       compared <= 2 * NR_CPUS;
	printf("%-30s %5u groups %9.1f ms %6lu comparisons%s\n", name,
	       snapshot->nr_groups, took, compared, good ? "" : "  FAILED");
	vi_snapshot_put(snapshot);
	return good;
}

int main(void)
{
	bool good = group("8192 CPUs, all alike", 1);

	good &= group("8192 CPUs, of two kinds", 2);
	good &= group("8192 CPUs, all unlike", NR_CPUS);
	return good ? 0 : 1;
}
