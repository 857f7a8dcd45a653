// SPDX-License-Identifier: GPL-2.0-only
/*
 * crowd PROCESSES SECONDS FILE: that many processes open and read FILE as fast
 * as they can for so long. FILE may go away meanwhile. Prints "opens N"; exit
 * status 1 and one line on another error.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static time_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec;
}

static void one(const char *path, time_t end, unsigned long *opens)
{
	static char text[65536];
	ssize_t got;

	while (now() < end) {
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
		__atomic_add_fetch(opens, 1, __ATOMIC_RELAXED);
	}
}

int main(int argc, char **argv)
{
	unsigned long *opens;
	int count, i, status, failed = 0;
	time_t end;

	if (argc != 4 || (count = atoi(argv[1])) <= 0 || atoi(argv[2]) <= 0)
		errx(2, "usage: crowd PROCESSES SECONDS FILE");
	opens = mmap(NULL, sizeof(*opens), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (opens == MAP_FAILED)
		err(1, "mmap");
	end = now() + atoi(argv[2]);
	for (i = 0; i < count; i++) {
		pid_t pid = fork();

		if (pid < 0)
			err(1, "fork");
		if (!pid) {
			one(argv[3], end, opens);
			exit(0);
		}
	}
	while (wait(&status) > 0)
		failed |= status;
	printf("opens %lu\n", *opens);
	return failed ? 1 : 0;
}
