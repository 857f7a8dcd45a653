// SPDX-License-Identifier: GPL-2.0-only
/* CPUID alone: every program may, and it tells no MSR. */
#include <cpuid.h>

#include "input/live.h"

void live_read_cpuid(void *context, u32 leaf, u32 subleaf, u32 reg[4])
{
	(void)context;
	__cpuid_count(leaf, subleaf, reg[VI_EAX], reg[VI_EBX], reg[VI_ECX],
		      reg[VI_EDX]);
}

static const struct vi_reader cpuid_only = { .cpuid = live_read_cpuid };

struct visit {
	struct host *host;
	struct vi_hv hv;
	bool hv_read;
};

static int visit_cpu(void *context, unsigned int cpu)
{
	struct visit *visit = context;
	struct vi_sample sample;

	/* It is the virtual machine's, not a CPU's: read once. */
	if (!visit->hv_read)
		vi_hv_read(&visit->hv, &cpuid_only);
	visit->hv_read = true;
	vi_sample_read(&sample, &visit->hv, &cpuid_only);
	return host_add_cpu(visit->host, cpu, &sample, &visit->hv);
}

int live_cpuid(struct host *host, const struct live_paths *paths,
	       struct live_lost *lost)
{
	struct visit visit = { .host = host };

	return live_each_cpu(paths->online, visit_cpu, &visit,
			     &lost->not_allowed);
}
