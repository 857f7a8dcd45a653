// SPDX-License-Identifier: GPL-2.0-only
/*
 * crowd PROCESSES SECONDS FILE: that many processes open and read FILE as fast
 * as they can for so long, or until SIGTERM. FILE may go away meanwhile. Prints
 * "opens N"; exit status 1 and one line on another error.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct shared {
	unsigned long opens;
	volatile sig_atomic_t stop;
};

static struct shared *shared;

static void stop(int signal)
{
	(void)signal;
	shared->stop = 1;
}

static time_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec;
}

static void one(const char *path, time_t end)
{
	static char text[65536];
	ssize_t got;

	while (!shared->stop && now() < end) {
		int fd = open(path, O_RDONLY | O_CLOEXEC);

		if (fd < 0) {
			if (errno != ENOENT && errno != ENODEV)
				err(1, "%s", path);
			continue;
		}
		while ((got = read(fd, text, sizeof(text))) > 0)
			;
		if (got < 0 && errno != EIO && errno != ENODEV)
			err(1, "%s", path);
		close(fd);
		__atomic_add_fetch(&shared->opens, 1, __ATOMIC_RELAXED);
	}
}

int main(int argc, char **argv)
{
	int count, i, status, failed = 0;
	time_t end;

	if (argc != 4 || (count = atoi(argv[1])) <= 0 || atoi(argv[2]) <= 0)
		errx(2, "usage: crowd PROCESSES SECONDS FILE");
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		err(1, "mmap");
	signal(SIGTERM, stop);
	end = now() + atoi(argv[2]);
	for (i = 0; i < count; i++) {
		pid_t pid = fork();

		if (pid < 0)
			err(1, "fork");
		if (!pid) {
			one(argv[3], end);
			exit(0);
		}
	}
	for (;;) {
		pid_t pid = wait(&status);

		if (pid > 0)
			failed |= status;
		else if (errno != EINTR)
			break;
	}
	printf("opens %lu\n", shared->opens);
	return failed ? 1 : 0;
}
