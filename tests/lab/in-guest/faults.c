// SPDX-License-Identifier: GPL-2.0-only
/*
 * faults load MODULE [PID]   makes each allocation of MODULE's init fail once
 *                            in turn: those of this process, from the first
 *                            call that virtinfo_probe sees on, or those of the
 *                            kernel thread PID meanwhile
 * faults load-all MODULE     the same from the kernel's own loading on
 * faults read FILE           the same for opening FILE and reading it whole
 *
 * With fail-nth of Linux (Documentation/fault-injection). After each fault the
 * module must be gone without a trace, or be there whole, and the next try must
 * work. Prints how many faults there were; exit status 1 and one line when
 * something does not hold.
 */
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TEXT	   "/proc/virtinfo"
#define ARM	   "/sys/module/virtinfo_probe/parameters/arm"
#define MAX_FAULTS 20000

static char fail_nth[64] = "/proc/thread-self/fail-nth";

/* How far it is, for whoever looks at the console of a slow guest. */
static void progress(int n)
{
	FILE *console = n % 100 ? NULL : fopen("/dev/console", "we");

	if (!console)
		return;
	fprintf(console, "faults: %d\n", n);
	fclose(console);
}

static void set_fault(const char *path, int n)
{
	char number[16];
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int length = snprintf(number, sizeof(number), "%d", n);

	if (fd < 0 || write(fd, number, length) != length)
		err(1, "%s", path);
	close(fd);
}

/* Of fail_nth; opened before any fault, so that asking allocates nothing. */
static int fault_fd;

/* Ends the fault. Did it come? */
static bool end_fault(void)
{
	char number[16] = "";

	if (pread(fault_fd, number, sizeof(number) - 1, 0) <= 0)
		err(1, "%s", fail_nth);
	if (pwrite(fault_fd, "0", 1, 0) != 1)
		err(1, "%s", fail_nth);
	return atoi(number) == 0;
}

static int load(int fd)
{
	return syscall(SYS_finit_module, fd, "", 0) ? errno : 0;
}

static void unload(void)
{
	if (syscall(SYS_delete_module, "virtinfo", O_NONBLOCK))
		err(1, "unloading");
}

static bool exists(const char *path)
{
	struct stat status;

	return !stat(path, &status);
}

/* How many CPUs have their files. */
static int cpus_with_files(void)
{
	char path[64];
	int cpu, count = 0;

	for (cpu = 0; cpu < 512; cpu++) {
		snprintf(path, sizeof(path),
			 "/sys/devices/system/cpu/cpu%d/virtinfo/state", cpu);
		count += exists(path);
	}
	return count;
}

/* Reads FILE whole. Returns its length, or -errno. */
static ssize_t read_whole(const char *path, char *text, size_t size)
{
	ssize_t got = 0;
	size_t length = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	while (length < size - 1 &&
	       (got = read(fd, text + length, size - 1 - length)) > 0)
		length += got;
	if (got < 0)
		got = -errno;
	close(fd);
	text[length] = '\0';
	return got < 0 ? got : (ssize_t)length;
}

static void expect_whole(int n, int cpus)
{
	static char text[1 << 20];

	if (read_whole(TEXT, text, sizeof(text)) < 1000)
		errx(1, "fault %d: loaded, but the text is not there", n);
	if (cpus_with_files() != cpus)
		errx(1, "fault %d: loaded, but %d of %d CPUs have files", n,
		     cpus_with_files(), cpus);
}

static void expect_gone(int n)
{
	if (exists(TEXT) || exists("/sys/module/virtinfo") || cpus_with_files())
		errx(1, "fault %d: not loaded, but something is left", n);
}

static int fail_loading(const char *module, const char *path)
{
	int fd = open(module, O_RDONLY | O_CLOEXEC);
	int cpus = sysconf(_SC_NPROCESSORS_ONLN), n, refused = 0;

	if (fd < 0)
		err(1, "%s", module);
	for (n = 1; n < MAX_FAULTS; n++) {
		bool came;
		int error;

		progress(n);
		set_fault(path, n);
		error = load(fd);
		came = end_fault();
		if (error && error != ENOMEM)
			errx(1, "fault %d: %s, not ENOMEM", n, strerror(error));
		if (error && !came)
			errx(1, "no fault %d, but no success", n);
		if (error) {
			refused++;
			expect_gone(n);
			if (load(fd))
				err(1, "after fault %d", n);
		}
		expect_whole(n, cpus);
		unload();
		expect_gone(n);
		if (!came)
			break;
	}
	close(fd);
	printf("%d faults, %d refused\n", n - 1, refused);
	return n > 1 && refused ? 0 : 1;
}

static int fail_reading(const char *path)
{
	static char before[1 << 20], now[1 << 20];
	int n, refused = 0;

	for (n = 1; n < MAX_FAULTS; n++) {
		ssize_t length;
		bool came;

		/* A new snapshot each time, so that making it may fail. */
		usleep(1100 * 1000);
		set_fault(fail_nth, n);
		length = read_whole(path, now, sizeof(now));
		came = end_fault();
		if (length < 0 && length != -ENOMEM && length != -ENFILE)
			errx(1, "fault %d: %s", n, strerror((int)-length));
		if (length < 0 && !came)
			errx(1, "no fault %d, but no success", n);
		if (length < 0) {
			refused++;
			length = read_whole(path, now, sizeof(now));
		}
		if (length <= 0)
			errx(1, "after fault %d: no text", n);
		if (n > 1 && strlen(before) != strlen(now))
			errx(1, "after fault %d: another text", n);
		strcpy(before, now);
		if (!came)
			break;
	}
	printf("%d faults, %d refused\n", n - 1, refused);
	return n > 1 && refused ? 0 : 1;
}

int main(int argc, char **argv)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 4)
		snprintf(fail_nth, sizeof(fail_nth),
			 "/proc/%s/task/%s/fail-nth", argv[3], argv[3]);
	fault_fd = open(fail_nth, O_RDWR | O_CLOEXEC);
	if (fault_fd < 0)
		err(1, "%s", fail_nth);
	if (argc >= 3 && !strcmp(argv[1], "load"))
		return fail_loading(argv[2], argc == 4 ? fail_nth : ARM);
	if (argc == 3 && !strcmp(argv[1], "load-all"))
		return fail_loading(argv[2], fail_nth);
	if (argc == 3 && !strcmp(argv[1], "read"))
		return fail_reading(argv[2]);
	errx(2,
	     "usage: faults load MODULE [PID] | load-all MODULE | read FILE");
}
