/* SPDX-License-Identifier: GPL-2.0-only */
/* As many threads as there are processors. */
#ifndef VIRTINFO_FLEET_THREADS_H
#define VIRTINFO_FLEET_THREADS_H

#include <stddef.h>

#define MAX_THREADS 64

/* How many are worth it where most could work at once: 1 to MAX_THREADS. */
unsigned int threads_count(size_t most);

/* Call work(data) in each of them, most at most; returns when all have. */
void threads_run(void *(*work)(void *data), void *data, size_t most);

#endif
