// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/progress.h"

#include <stdio.h>
#include <unistd.h>

#define PATIENCE_MS 2000
#define STEP_MS	    200
#define MS	    1000000L

static long ms_since(const struct timespec *then)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - then->tv_sec) * 1000 +
	       (now.tv_nsec - then->tv_nsec) / MS;
}

void progress_begin(struct progress *progress, bool wanted)
{
	*progress =
		(struct progress){ .wanted = wanted && isatty(STDERR_FILENO) };
	clock_gettime(CLOCK_MONOTONIC, &progress->began);
}

struct timespec progress_next(void)
{
	struct timespec next;

	clock_gettime(CLOCK_REALTIME, &next);
	next.tv_nsec += STEP_MS * MS;
	if (next.tv_nsec >= 1000 * MS) {
		next.tv_nsec -= 1000 * MS;
		next.tv_sec++;
	}
	return next;
}

void progress_show(struct progress *progress, size_t done, size_t all)
{
	if (!progress->wanted || ms_since(&progress->began) < PATIENCE_MS ||
	    (progress->shown && ms_since(&progress->last) < STEP_MS))
		return;
	fprintf(stderr, "\r%zu of %zu files read", done, all);
	fflush(stderr);
	progress->shown = true;
	clock_gettime(CLOCK_MONOTONIC, &progress->last);
}

void progress_end(struct progress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", stderr);
	progress->shown = false;
}
