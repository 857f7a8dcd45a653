/* SPDX-License-Identifier: GPL-2.0-only */
/* How far a long reading is, on a terminal. */
#ifndef VIRTINFO_FLEET_PROGRESS_H
#define VIRTINFO_FLEET_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct progress {
	bool wanted;
	bool shown;
	struct timespec began;
	struct timespec last;
};

/* Nothing is ever shown where standard error is no terminal. */
void progress_begin(struct progress *progress, bool wanted);
/* When to look again: a fifth of a second from now, CLOCK_REALTIME. */
struct timespec progress_next(void);
/* "N of ALL files read", once two seconds are over. */
void progress_show(struct progress *progress, size_t done, size_t all);
/* Take the line away. */
void progress_end(struct progress *progress);

#endif
