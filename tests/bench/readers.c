// SPDX-License-Identifier: GPL-2.0-only
/*
 * readers proc|devices SECONDS: how long one read of the machine takes, in
 * nanoseconds: of /proc/virtinfo, or of the same registers of every CPU
 * through /dev/cpu/N/msr and /dev/cpu/N/cpuid, opened once and read with one
 * pread() a register, as fast as a program can without the module.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "registers.h"

#define MAX_CPUS 64

struct devices {
	int cpus;
	int msr[MAX_CPUS];
	int cpuid[MAX_CPUS];
	bool readable[VI_NR_MSRS];
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int open_device(int cpu, const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "/dev/cpu/%d/%s", cpu, name);
	return open(path, O_RDONLY | O_CLOEXEC);
}

static void open_devices(struct devices *devices)
{
	uint64_t value;
	size_t i;

	memset(devices, 0, sizeof(*devices));
	for (devices->cpus = 0; devices->cpus < MAX_CPUS; devices->cpus++) {
		int msr = open_device(devices->cpus, "msr");

		if (msr < 0)
			break;
		devices->msr[devices->cpus] = msr;
		devices->cpuid[devices->cpus] =
			open_device(devices->cpus, "cpuid");
		if (devices->cpuid[devices->cpus] < 0)
			fail("/dev/cpu/N/cpuid");
	}
	if (!devices->cpus)
		fail("/dev/cpu/0/msr");
	/* A fault costs more than a read: only what can be read is timed. */
	for (i = 0; i < VI_NR_MSRS; i++)
		devices->readable[i] =
			!(vi_msrs[i].flags & VI_CONTROL_REGISTER) &&
			pread(devices->msr[0], &value, sizeof(value),
			      vi_msrs[i].address) == sizeof(value);
}

static void read_devices(const struct devices *devices)
{
	uint32_t registers[4];
	uint64_t value;
	size_t i;
	int cpu;

	for (cpu = 0; cpu < devices->cpus; cpu++) {
		for (i = 0; i < VI_NR_LEAVES; i++)
			if (pread(devices->cpuid[cpu], registers,
				  sizeof(registers),
				  (off_t)vi_leaves[i].subleaf << 32 |
					  vi_leaves[i].leaf) < 0)
				fail("cpuid");
		for (i = 0; i < VI_NR_MSRS; i++)
			if (devices->readable[i] &&
			    pread(devices->msr[cpu], &value, sizeof(value),
				  vi_msrs[i].address) < 0)
				fail("msr");
	}
}

static void read_proc(void)
{
	char buffer[65536];
	ssize_t got;
	int fd = open("/proc/virtinfo", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		fail("/proc/virtinfo");
	while ((got = read(fd, buffer, sizeof(buffer))) > 0)
		;
	if (got < 0)
		fail("/proc/virtinfo");
	close(fd);
}

int main(int argc, char **argv)
{
	struct devices devices;
	unsigned long rounds = 0;
	double start, seconds;
	bool proc;

	if (argc != 3) {
		fputs("usage: readers proc|devices SECONDS\n", stderr);
		return 2;
	}
	proc = !strcmp(argv[1], "proc");
	seconds = atof(argv[2]);
	if (!proc)
		open_devices(&devices);
	start = now();
	do {
		if (proc)
			read_proc();
		else
			read_devices(&devices);
		rounds++;
	} while (now() - start < seconds);
	printf("%.0f\n", (now() - start) * 1e9 / (double)rounds);
	return 0;
}
