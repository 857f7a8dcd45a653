// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/threads.h"

#include <pthread.h>
#include <sched.h>

unsigned int threads_count(size_t most)
{
	cpu_set_t cpus;
	size_t count = 1;

	if (!sched_getaffinity(0, sizeof(cpus), &cpus))
		count = (size_t)CPU_COUNT(&cpus);
	if (count > MAX_THREADS)
		count = MAX_THREADS;
	if (count > most)
		count = most;
	return count ? (unsigned int)count : 1;
}

void threads_run(void *(*work)(void *data), void *data, size_t most)
{
	unsigned int i, started = 0, count = threads_count(most);
	pthread_t threads[MAX_THREADS];

	/* This thread is one of them. */
	while (started < count - 1 &&
	       !pthread_create(&threads[started], NULL, work, data))
		started++;
	work(data);
	for (i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
}
