// SPDX-License-Identifier: GPL-2.0-only
/*
 * opens COUNT FILE: opens and reads FILE COUNT times in a row and prints how
 * long that took ("seconds S") and how many function-call interrupts the CPU
 * that took the most of them took meanwhile ("broadcasts N", from the CAL line
 * of /proc/interrupts). Exit status 1 and one line on an error.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MAX_CPUS 1024

/* Fills @calls with each CPU's count and returns the number of CPUs. */
static int read_calls(unsigned long *calls)
{
	FILE *file = fopen("/proc/interrupts", "re");
	char *line = NULL, *at, *end;
	size_t size = 0;
	int cpus = 0;

	if (!file)
		err(1, "/proc/interrupts");
	while (getline(&line, &size, file) > 0) {
		at = line + strspn(line, " ");
		if (strncmp(at, "CAL:", 4))
			continue;
		for (at += 4; cpus < MAX_CPUS; at = end) {
			unsigned long count = strtoul(at, &end, 10);

			if (end == at)
				break;
			calls[cpus++] = count;
		}
	}
	free(line);
	fclose(file);
	if (!cpus)
		errx(1, "/proc/interrupts has no CAL line");
	return cpus;
}

static void read_once(const char *path)
{
	char buffer[65536];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (fd < 0)
		err(1, "%s", path);
	while ((got = read(fd, buffer, sizeof(buffer))) > 0)
		;
	if (got < 0)
		err(1, "%s", path);
	close(fd);
}

int main(int argc, char **argv)
{
	static unsigned long before[MAX_CPUS], after[MAX_CPUS];
	struct timespec start, stop;
	unsigned long most = 0;
	int count, cpus, i;

	if (argc != 3 || (count = atoi(argv[1])) <= 0)
		errx(2, "usage: opens COUNT FILE");
	cpus = read_calls(before);
	clock_gettime(CLOCK_MONOTONIC, &start);
	for (i = 0; i < count; i++)
		read_once(argv[2]);
	clock_gettime(CLOCK_MONOTONIC, &stop);
	if (read_calls(after) != cpus)
		errx(1, "the number of CPUs changed");
	for (i = 0; i < cpus; i++)
		if (after[i] - before[i] > most)
			most = after[i] - before[i];
	printf("seconds %.2f\nbroadcasts %lu\n",
	       (double)(stop.tv_sec - start.tv_sec) +
		       (double)(stop.tv_nsec - start.tv_nsec) / 1e9,
	       most);
	return 0;
}
