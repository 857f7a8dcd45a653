// SPDX-License-Identifier: GPL-2.0-only
/* /dev/cpu/N/msr and CPUID. Control registers are not to be had this way. */
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
};

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

static int open_device(const struct visit *visit, unsigned int cpu,
		       char path[PATH_SIZE])
{
	snprintf(path, PATH_SIZE, "%s/%u/msr", visit->devices, cpu);
	return open(path, O_RDONLY | O_CLOEXEC);
}

static int no_access(struct visit *visit, const char *path, int failed)
{
	if (failed == ENOENT)
		snprintf(visit->reason, LIVE_REASON_SIZE,
			 "no %.100s (module msr not loaded)", path);
	else
		snprintf(visit->reason, LIVE_REASON_SIZE,
			 "no access to %.100s (%s)", path, strerror(failed));
	return 1;
}

static int visit_cpu(void *context, unsigned int cpu)
{
	struct visit *visit = context;
	char path[PATH_SIZE];
	int fd = open_device(visit, cpu, path);
	const struct vi_reader reader = {
		.cpuid = live_read_cpuid,
		.rdmsr = fd < 0 ? NULL : read_msr,
		.context = &fd,
	};
	struct vi_sample sample;

	if (fd < 0 && !visit->first_done)
		return no_access(visit, path, errno);
	if (fd < 0 && cpulist_add(&visit->lost->no_msr, cpu, cpu))
		return -1;
	/* It is the virtual machine's, not a CPU's: read once. */
	if (!visit->first_done)
		vi_hv_read(&visit->hv, &reader);
	visit->first_done = true;
	vi_sample_read(&sample, &visit->hv, &reader);
	if (fd >= 0)
		close(fd);
	return host_add_cpu(visit->host, cpu, &sample, &visit->hv);
}

int live_msr_device(struct host *host, const struct live_paths *paths,
		    struct live_lost *lost, char reason[LIVE_REASON_SIZE])
{
	struct visit visit = { .host = host,
			       .devices = paths->devices,
			       .lost = lost,
			       .reason = reason };

	return live_each_cpu(paths->online, visit_cpu, &visit,
			     &lost->not_allowed);
}
