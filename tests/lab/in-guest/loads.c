// SPDX-License-Identifier: GPL-2.0-only
/*
 * loads COUNT MODULE    loads and unloads MODULE COUNT times while two others
 *                       open and read /proc/virtinfo and a file in sysfs
 * loads held MODULE     unloads it while files of it are held open, half read
 * loads once MODULE     loads it, trying once only (insmod may try twice)
 *
 * Exit status 1 and one line when something does not hold.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TEXT	     "/proc/virtinfo"
#define FILE_OF_CPU0 "/sys/devices/system/cpu/cpu0/virtinfo/state"

static void load(int fd)
{
	if (syscall(SYS_finit_module, fd, "", 0))
		err(1, "loading");
}

/* Without waiting: nothing that a reader does keeps the module in use. */
static void unload(void)
{
	if (syscall(SYS_delete_module, "virtinfo", O_NONBLOCK))
		err(1, "unloading");
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Counts the reads that came to their end. The module may go at any moment. */
static void read_for_ever(unsigned long *whole)
{
	static char text[1 << 20];
	ssize_t got;
	int fd;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;) {
		fd = open(*whole % 2 ? FILE_OF_CPU0 : TEXT,
			  O_RDONLY | O_CLOEXEC);
		if (fd < 0) {
			if (errno != ENOENT && errno != ENODEV)
				err(1, "open");
			continue;
		}
		while ((got = read(fd, text, 1000)) > 0)
			;
		if (got < 0 && errno != EIO && errno != ENODEV)
			err(1, "read");
		close(fd);
		if (!got)
			++*whole;
	}
}

static void many(int fd, int count)
{
	unsigned long *whole = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
				    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t readers[2];
	int i;

	if (whole == MAP_FAILED)
		err(1, "mmap");
	for (i = 0; i < 2; i++) {
		readers[i] = fork();
		if (readers[i] < 0)
			err(1, "fork");
		if (!readers[i])
			read_for_ever(&whole[i]);
	}
	for (i = 0; i < count; i++) {
		load(fd);
		if (access(TEXT, R_OK))
			err(1, "load %d: " TEXT, i);
		if (i % 10 == 0)
			usleep(20000);
		unload();
		if (!access(TEXT, F_OK) || !access(FILE_OF_CPU0, F_OK))
			errx(1, "load %d: a file is left after unloading", i);
	}
	for (i = 0; i < 2; i++) {
		if (waitpid(readers[i], NULL, WNOHANG))
			errx(1, "reader %d ended", i);
		kill(readers[i], SIGKILL);
		waitpid(readers[i], NULL, 0);
	}
	printf("loads %d, whole reads meanwhile %lu\n", count,
	       whole[0] + whole[1]);
}

static void held(int module)
{
	char text[64];
	int proc, file, i;
	double start;

	for (i = 0; i < 10; i++) {
		load(module);
		proc = open(TEXT, O_RDONLY | O_CLOEXEC);
		file = open(FILE_OF_CPU0, O_RDONLY | O_CLOEXEC);
		if (proc < 0 || file < 0)
			err(1, "open");
		if (read(proc, text, 10) != 10)
			err(1, "read");
		start = now();
		unload();
		if (now() - start > 5)
			errx(1, "unloading took %.1f seconds", now() - start);
		if (read(proc, text, sizeof(text)) >= 0 || errno != EIO)
			errx(1, TEXT " is no error after unloading");
		if (read(file, text, sizeof(text)) >= 0 || errno != ENODEV)
			errx(1, FILE_OF_CPU0 " is no error after unloading");
		/* Another module of the same name is none of its business. */
		load(module);
		if (read(proc, text, sizeof(text)) >= 0)
			errx(1, "an old file reads the new module");
		lseek(proc, 0, SEEK_SET);
		close(proc);
		close(file);
		unload();
	}
}

int main(int argc, char **argv)
{
	int fd;

	if (argc != 3)
		errx(2, "usage: loads COUNT|held|once MODULE");
	fd = open(argv[2], O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		err(1, "%s", argv[2]);
	if (!strcmp(argv[1], "held"))
		held(fd);
	else if (!strcmp(argv[1], "once"))
		load(fd);
	else if (atoi(argv[1]) > 0)
		many(fd, atoi(argv[1]));
	else
		errx(2, "how many?");
	close(fd);
	return 0;
}
