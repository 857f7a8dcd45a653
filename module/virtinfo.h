/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VIRTINFO_H
#define VIRTINFO_H

#include <linux/cpumask.h>
#include <linux/kref.h>
#include <linux/time64.h>

#include "../common/sample.h"

struct device;

/* CPUs that are alike, and the registers of the first of them. */
struct vi_group {
	struct cpumask cpus;
	struct cpumask vmx_on;
	struct cpumask svm_on;
	struct vi_sample sample;
};

struct vi_snapshot;

/* The text of /proc/virtinfo. It never changes. */
struct vi_report {
	struct vi_snapshot *snapshot; /* that owns it */
	size_t length;		      /* bytes */
	char text[];
};

/*
 * The whole machine as it was at one moment. It never changes, but that
 * proc.c adds a report when one is first asked for.
 */
struct vi_snapshot {
	struct kref ref;
	struct vi_report *reports[2]; /* without and with addresses, or NULL */
	time64_t time;		      /* when a register was last read, UTC */
	struct vi_hv hv;
	struct cpumask cpus;
	unsigned int nr_groups;
	struct vi_group groups[];
};

/* hardware.c: the processor that the caller runs on. */
extern const struct vi_reader vi_hardware;

/* Where a snapshot gets the sample of a CPU from. */
struct vi_samples {
	const struct vi_sample *(*get)(void *context, unsigned int cpu);
	void *context;
};

/* snapshot.c */
/*
 * The samples of these CPUs, like ones grouped; the caller fills in time and
 * hv. Returns a reference for vi_snapshot_put(), or NULL without memory.
 */
struct vi_snapshot *vi_snapshot_new(const struct cpumask *cpus,
				    const struct vi_samples *samples);
void vi_snapshot_put(struct vi_snapshot *snapshot);

/* sample.c */
/* All samples come from this reader. Returns 0 or -ENOMEM. */
int vi_samples_init(const struct vi_reader *source);
void vi_samples_exit(void);
/* Read this CPU's registers. Runs on that CPU, in process context. */
void vi_sample_online(unsigned int cpu);
void vi_sample_offline(unsigned int cpu);
/* Read every CPU again, whole: after a resume nothing may be as it was. */
void vi_samples_reread(void);
/*
 * The machine as it is now: what may change was read at most a second ago.
 * Returns a reference for vi_snapshot_put(), or NULL when there is no memory.
 */
struct vi_snapshot *vi_snapshot_get(void);
/* A copy of one CPU's sample, as fresh; false when the CPU has none. */
bool vi_sample_get(unsigned int cpu, struct vi_sample *sample);
/* The same as it is stored, however old: nothing is read for it. */
bool vi_sample_stored(unsigned int cpu, struct vi_sample *sample);

/* proc.c */
int vi_proc_init(void);
void vi_proc_exit(void);

/* sysfs.c */
int vi_sysfs_add(unsigned int cpu);
void vi_sysfs_remove(unsigned int cpu);

#endif
