// SPDX-License-Identifier: GPL-2.0-only
/*
 * CPUID, which every program may, and /dev/cpu/N/msr beside it. Control
 * registers are not to be had this way. One walk over the CPUs does for both:
 * moving to a CPU takes longer than reading its CPUID.
 */
#include <cpuid.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "input/live.h"

#define PATH_SIZE 256

struct visit {
	struct host *host;
	const char *devices;
	struct live_lost *lost;
	char *reason;
	struct vi_hv hv;
	bool first_done;
	bool no_access; /* to the first CPU's MSRs: none is asked for more */
};

static void read_cpuid(void *context, u32 leaf, u32 subleaf, u32 reg[4])
{
	(void)context;
	__cpuid_count(leaf, subleaf, reg[VI_EAX], reg[VI_EBX], reg[VI_ECX],
		      reg[VI_EDX]);
}

void live_cpuid_near(void *context, u32 leaf, u32 subleaf, u32 reg[4])
{
	const struct vi_reader *reader = context;

	if (leaf >= LIVE_HV_NEAR_END && leaf < VI_HV_END)
		memset(reg, 0, 4 * sizeof(reg[0]));
	else
		reader->cpuid(reader->context, leaf, subleaf, reg);
}

static enum vi_status read_msr(void *context, u32 address, u64 *value)
{
	const int *fd = context;
	ssize_t got;

	do
		got = pread(*fd, value, sizeof(*value), address);
	while (got < 0 && errno == EINTR);
	if (got == sizeof(*value))
		return VI_READ;
	/* EIO is the driver's word for #GP. */
	return got < 0 && errno == EIO ? VI_GP : VI_ABSENT;
}

static void tell_no_access(struct visit *visit, const char *path, int failed)
{
	visit->no_access = true;
	if (failed == ENOENT)
		snprintf(visit->reason, LIVE_REASON_SIZE,
			 "no %.100s (module msr not loaded)", path);
	else
		snprintf(visit->reason, LIVE_REASON_SIZE,
			 "no access to %.100s (%s)", path, strerror(failed));
}

/* *fd is -1 where MSRs cannot be read. Returns -1 without memory. */
static int open_device(struct visit *visit, unsigned int cpu, int *fd)
{
	char path[PATH_SIZE];

	*fd = -1;
	if (visit->no_access)
		return 0;
	snprintf(path, sizeof(path), "%s/%u/msr", visit->devices, cpu);
	*fd = open(path, O_RDONLY | O_CLOEXEC);
	if (*fd >= 0)
		return 0;
	if (visit->first_done)
		return cpulist_add(&visit->lost->no_msr, cpu, cpu);
	tell_no_access(visit, path, errno);
	return 0;
}

static int visit_cpu(void *context, unsigned int cpu)
{
	struct visit *visit = context;
	int fd;
	struct vi_reader reader = { .cpuid = read_cpuid, .context = &fd };
	struct vi_sample sample;

	if (open_device(visit, cpu, &fd))
		return -1;
	if (fd >= 0)
		reader.msr = read_msr;
	visit->first_done = true;
	vi_sample_read(&sample, &visit->hv, &reader);
	if (fd >= 0)
		close(fd);
	return host_add_cpu(visit->host, cpu, &sample, &visit->hv, NULL);
}

int live_cpus(struct host *host, const struct live_paths *paths,
	      struct live_lost *lost, char reason[LIVE_REASON_SIZE])
{
	struct visit visit = { .host = host,
			       .devices = paths->devices,
			       .lost = lost,
			       .reason = reason };
	struct vi_reader anywhere = { .cpuid = read_cpuid };
	const struct vi_reader near = { .cpuid = live_cpuid_near,
					.context = &anywhere };

	vi_hv_read(&visit.hv, paths->hv_near ? &near : &anywhere);
	if (live_each_cpu(paths->online, visit_cpu, &visit, &lost->not_allowed))
		return -1;
	return visit.no_access;
}
