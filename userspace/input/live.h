/* SPDX-License-Identifier: GPL-2.0-only */
/* The sources of this system, each where tests may put another. */
#ifndef VIRTINFO_INPUT_LIVE_H
#define VIRTINFO_INPUT_LIVE_H

#include "input/input.h"

struct live_paths {
	const char *proc;    /* the module's text */
	const char *devices; /* the folder that has N/msr */
	const char *online;  /* a list of the CPUs that are online */
	bool hv_near;	     /* as input_live() says */
};

/*
 * A struct vi_reader's cpuid whose context is another, const, reader: that one
 * is asked, but for a hypervisor's leaves from here up to VI_HV_END, which are 0.
 */
#define LIVE_HV_NEAR_END (VI_HV_FIRST + 16 * VI_HV_STEP)
void live_cpuid_near(void *context, u32 leaf, u32 subleaf, u32 reg[4]);

/* As input_live(), from these paths. */
struct host *input_live_from(const struct live_paths *paths,
			     struct input_error *error);

#define LIVE_REASON_SIZE 160

/*
 * The module's text. NULL where there is none or it is not to be understood:
 * why is then in @reason.
 */
struct host *live_proc(const char *path, char reason[LIVE_REASON_SIZE]);

/* CPUs of this system that this program could not run on or read. */
struct live_lost {
	struct cpulist not_allowed; /* to run on: only their names are known */
	struct cpulist no_msr;	    /* CPUID was read, no MSR could be */
};

void live_lost_free(struct live_lost *lost);

/*
 * CPUID, and the MSRs where they can be read, of every CPU that this program
 * may run on. Returns 0; 1 with @reason when there is no access to the MSRs;
 * -1 without memory.
 */
int live_cpus(struct host *host, const struct live_paths *paths,
	      struct live_lost *lost, char reason[LIVE_REASON_SIZE]);

/*
 * Run @visit on each CPU in turn. CPUs that this program may not run on go
 * into *not_allowed. Where it may not choose at all, @visit runs once, where
 * it happens to be. Returns what @visit did where that is not 0; -1 without
 * memory.
 */
int live_each_cpu(const char *online,
		  int (*visit)(void *context, unsigned int cpu), void *context,
		  struct cpulist *not_allowed);

#endif
