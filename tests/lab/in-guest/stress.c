// SPDX-License-Identifier: GPL-2.0-only
/*
 * stress SECONDS: reads /proc/virtinfo and the files in sysfs on every CPU at
 * once while CPUs go off and on at random. Every text must be whole: it begins
 * and ends as it should, and its stanzas cover each covered CPU once. Prints
 * "reads N, files N, switches N"; exit status 1 and one line when something
 * does not hold. All CPUs are on again in the end.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TEXT	 "/proc/virtinfo"
#define MAX_TEXT (1 << 20)
#define MAX_CPUS 512

struct counts {
	unsigned long reads;
	unsigned long files;
	unsigned long switches;
};

static struct counts *counts;
static time_t end;

static time_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec;
}

/* Adds a list like "0-3,5" to @cpus. A CPU that is there already is an error. */
static void add_list(const char *list, bool *cpus)
{
	char *at;

	while (*list >= '0' && *list <= '9') {
		long first = strtol(list, &at, 10), last = first;

		if (*at == '-')
			last = strtol(at + 1, &at, 10);
		for (; first <= last && first < MAX_CPUS; first++) {
			if (cpus[first])
				errx(1, "CPU %ld is in two groups", first);
			cpus[first] = true;
		}
		list = at + (*at == ',');
	}
}

static void check_text(char *text, size_t length)
{
	static bool covered[MAX_CPUS], grouped[MAX_CPUS];
	char *line, *rest = text;

	if (length < 500 || strncmp(text, "virtinfo\t: 1\n", 13) ||
	    text[length - 1] != '\n' || strlen(text) != length)
		errx(1, "not a whole text: %zu bytes", length);
	memset(covered, 0, sizeof(covered));
	memset(grouped, 0, sizeof(grouped));
	while ((line = strsep(&rest, "\n"))) {
		if (!strncmp(line, "cpus covered\t: ", 15))
			add_list(line + 15, covered);
		else if (!strncmp(line, "cpus\t\t: ", 8))
			add_list(line + 8, grouped);
	}
	if (memcmp(covered, grouped, sizeof(covered)) || !covered[0])
		errx(1, "the groups do not make up the CPUs covered");
}

static void read_text(void)
{
	static const size_t sizes[] = { 100, 1000, 4096, 65536 };
	static char text[MAX_TEXT];
	size_t size = sizes[rand() % 4], length = 0;
	ssize_t got;
	int fd = open(TEXT, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		err(1, TEXT);
	while ((got = read(fd, text + length, size)) > 0)
		if ((length += got) + size >= MAX_TEXT)
			errx(1, "a text without an end");
	if (got < 0)
		err(1, TEXT);
	close(fd);
	text[length] = '\0';
	check_text(text, length);
	__atomic_add_fetch(&counts->reads, 1, __ATOMIC_RELAXED);
}

/* The files of a CPU may go while they are read, never lie. */
static void read_files(int cpu)
{
	char path[512], value[64];
	struct dirent *entry;
	ssize_t got;
	DIR *dir;
	int fd;

	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%d/virtinfo",
		 cpu);
	dir = opendir(path);
	if (!dir && errno != ENOENT)
		err(1, "%s", path);
	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.' || rand() % 4)
			continue;
		snprintf(path, sizeof(path),
			 "/sys/devices/system/cpu/cpu%d/virtinfo/%s", cpu,
			 entry->d_name);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0) {
			if (errno != ENOENT && errno != ENODEV)
				err(1, "%s", path);
			continue;
		}
		got = read(fd, value, sizeof(value));
		if (got < 0 && errno != ENODEV)
			err(1, "%s", path);
		if (got >= 0 && (got < 2 || value[got - 1] != '\n'))
			errx(1, "%s: %zd bytes", path, got);
		close(fd);
		__atomic_add_fetch(&counts->files, 1, __ATOMIC_RELAXED);
	}
	if (dir)
		closedir(dir);
}

static void run_on(int cpu)
{
	cpu_set_t set;

	/* While the CPU is off, anywhere will do. */
	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

static void reader(int cpu, int cpus)
{
	while (now() < end) {
		run_on(cpu);
		read_text();
		read_files(rand() % cpus);
	}
}

static void switch_cpu(int cpu, bool on)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%d/online",
		 cpu);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, on ? "1" : "0", 1) != 1)
		err(1, "%s", path);
	close(fd);
	counts->switches++;
}

static void switcher(int cpus)
{
	bool off[MAX_CPUS] = { false };
	int cpu;

	while (now() < end) {
		cpu = 1 + rand() % (cpus - 1);
		off[cpu] = !off[cpu];
		switch_cpu(cpu, !off[cpu]);
		usleep(rand() % 100000);
	}
	for (cpu = 1; cpu < cpus; cpu++)
		if (off[cpu])
			switch_cpu(cpu, true);
}

int main(int argc, char **argv)
{
	int cpus = sysconf(_SC_NPROCESSORS_ONLN), child, status, failed = 0;

	if (argc != 2 || atoi(argv[1]) <= 0)
		errx(2, "usage: stress SECONDS");
	if (cpus < 2)
		errx(2, "one CPU alone cannot be switched off");
	counts = mmap(NULL, sizeof(*counts), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (counts == MAP_FAILED)
		err(1, "mmap");
	end = now() + atoi(argv[1]);
	for (child = 0; child <= cpus; child++) {
		pid_t pid = fork();

		if (pid < 0)
			err(1, "fork");
		if (pid)
			continue;
		srand(child + 1);
		if (child < cpus)
			reader(child, cpus);
		else
			switcher(cpus);
		exit(0);
	}
	while (wait(&status) > 0)
		failed |= status;
	printf("reads %lu, files %lu, switches %lu\n", counts->reads,
	       counts->files, counts->switches);
	if (!counts->reads || !counts->files || !counts->switches)
		errx(1, "nothing was done");
	return failed ? 1 : 0;
}
