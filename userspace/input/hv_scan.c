// SPDX-License-Identifier: GPL-2.0-only
/*
 * A hypervisor's leaves may begin at 256 places, and in its guest each CPUID
 * is an exit to it: asking at all of them takes as long as everything else
 * that a verdict needs. The answers are the virtual machine's, not a CPU's, so
 * two threads share the places where there is a CPU for the second.
 */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "input/live.h"

#define PLACES ((VI_HV_END - VI_HV_FIRST) / VI_HV_STEP)
/*
 * Places that are taken at once. At the end one thread waits for the other's
 * block, so it is short; taking one costs nothing beside an exit.
 */
#define BLOCK  4
#define BLOCKS (PLACES / BLOCK)

struct scan {
	struct vi_reader reader;
	atomic_uint next;   /* the block that nobody has taken yet */
	atomic_uint owners; /* the last of them frees it */
	sem_t helped;	    /* the helper has taken blocks and read them */
	u32 answers[PLACES][4];
};

static void scan_put(struct scan *scan)
{
	if (atomic_fetch_sub(&scan->owners, 1) != 1)
		return;
	sem_destroy(&scan->helped);
	free(scan);
}

/* Returns how many blocks it took. */
static unsigned int read_blocks(struct scan *scan)
{
	unsigned int block, place, taken = 0;

	while ((block = atomic_fetch_add(&scan->next, 1)) < BLOCKS) {
		for (place = block * BLOCK; place < (block + 1) * BLOCK;
		     place++)
			scan->reader.cpuid(scan->reader.context,
					   VI_HV_FIRST + place * VI_HV_STEP, 0,
					   scan->answers[place]);
		taken++;
	}
	return taken;
}

static void *help(void *context)
{
	struct scan *scan = context;

	if (read_blocks(scan))
		sem_post(&scan->helped);
	scan_put(scan);
	return NULL;
}

static bool has_second_cpu(void)
{
	cpu_set_t allowed;

	/* It fails where there are more CPUs than the set has room for. */
	return sched_getaffinity(0, sizeof(allowed), &allowed) ||
	       CPU_COUNT(&allowed) > 1;
}

/*
 * Detached: where all CPUs are busy it may begin when the work is done, and
 * nobody waits for that. Signals are not for it.
 */
static void start_helper(struct scan *scan)
{
	sigset_t all, before;
	pthread_t helper;

	sigfillset(&all);
	if (pthread_sigmask(SIG_BLOCK, &all, &before))
		return;
	atomic_fetch_add(&scan->owners, 1);
	if (pthread_create(&helper, NULL, help, scan))
		atomic_fetch_sub(&scan->owners, 1);
	else
		pthread_detach(helper);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void read_places(struct scan *scan)
{
	if (has_second_cpu())
		start_helper(scan);
	if (read_blocks(scan) == BLOCKS)
		return;
	while (sem_wait(&scan->helped) && errno == EINTR)
		;
}

static void answer(void *context, u32 leaf, u32 subleaf, u32 reg[4])
{
	const struct scan *scan = context;
	u32 offset = leaf - VI_HV_FIRST;

	if (leaf < VI_HV_FIRST || leaf >= VI_HV_END || offset % VI_HV_STEP ||
	    subleaf)
		scan->reader.cpuid(scan->reader.context, leaf, subleaf, reg);
	else
		memcpy(reg, scan->answers[offset / VI_HV_STEP],
		       sizeof(scan->answers[0]));
}

void live_hv_read(struct vi_hv *hv, const struct vi_reader *reader)
{
	struct vi_reader answers = { .cpuid = answer };
	struct scan *scan;

	if (!vi_hv_present(reader)) {
		memset(hv, 0, sizeof(*hv));
		return;
	}
	scan = malloc(sizeof(*scan));
	if (!scan || sem_init(&scan->helped, 0, 0)) {
		free(scan);
		vi_hv_read(hv, reader);
		return;
	}
	scan->reader = *reader;
	atomic_init(&scan->next, 0);
	atomic_init(&scan->owners, 1);
	read_places(scan);
	answers.context = scan;
	vi_hv_read(hv, &answers);
	scan_put(scan);
}
