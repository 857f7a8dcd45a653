/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VIRTINFO_H
#define VIRTINFO_H

#include <linux/cpumask.h>
#include <linux/kref.h>
#include <linux/time64.h>

#include "../common/sample.h"

struct vi_cpu {
	struct vi_sample sample;
	unsigned long read; /* jiffies; of the registers that may change */
};

/* CPUs that are alike, and the registers of the first of them. */
struct vi_group {
	struct cpumask cpus;
	struct cpumask vmx_on;
	struct cpumask svm_on;
	struct cpumask older;	/* read a second or more before the others */
	unsigned int older_by;	/* the oldest of these, seconds, rounded up */
	u64 hash;		/* of the sample */
	struct vi_group *next;	/* in the same chain */
	struct vi_group *chain; /* the groups whose hash leads to this place */
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
 * The whole machine as it was at one moment. Once filled it never changes, but
 * that proc.c adds a report when one is first asked for.
 */
struct vi_snapshot {
	struct kref ref;
	struct vi_report *reports[2]; /* without and with addresses, or NULL */
	unsigned long refreshed;      /* jiffies; the last refresh */
	time64_t time;		      /* of the same, UTC */
	struct vi_hv hv;
	struct cpumask cpus;
	unsigned int nr_groups;
	unsigned int capacity; /* how many groups there may be */
	struct vi_group groups[];
};

/* hardware.c: the processor that the caller runs on. */
extern const struct vi_reader vi_hardware;

/* Where a snapshot gets the sample of a CPU from. */
struct vi_samples {
	const struct vi_cpu *(*get)(void *context, unsigned int cpu);
	void *context;
};

/* snapshot.c */
/*
 * A blank one for up to @capacity groups, at least 1. Returns a reference for
 * vi_snapshot_put(), or NULL without memory.
 */
struct vi_snapshot *vi_snapshot_new(unsigned int capacity);
/*
 * Takes in these CPUs, like ones grouped; refreshed, time and hv are the
 * caller's. Returns false where there are more groups than capacity: the snapshot
 * is of no use then. Allocates nothing.
 */
bool vi_snapshot_fill(struct vi_snapshot *snapshot, const struct cpumask *cpus,
		      const struct vi_samples *samples);
/* NULL is taken too. */
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
 * The machine as it is now. What may change is read again, at most once a
 * second on each CPU: for a privileged reader on every CPU, else on those that
 * vi_spare_cpus() leaves.
 * Returns a reference for vi_snapshot_put(), or -ENOMEM or -EINTR.
 */
struct vi_snapshot *vi_snapshot_get(bool privileged);
/*
 * The CPU's sample as it is stored, for vi_sample_unlock(); NULL, and nothing
 * is locked, when the CPU has none.
 */
const struct vi_sample *vi_sample_lock(unsigned int cpu);
/*
 * The same for one who may be killed while it waits. @fresh: what may change
 * is read again if it was read a second ago or more. Returns -ENODEV or -ENXIO
 * when the CPU is not online, or -EINTR.
 */
const struct vi_sample *vi_sample_lock_killable(unsigned int cpu, bool fresh);
void vi_sample_unlock(void);

/* spare.c */
/*
 * Take away the CPUs that are isolated or idle. One call at a time: under the
 * lock of the samples.
 */
void vi_spare_cpus(struct cpumask *cpus);

/* proc.c */
/* Returns 0, -ENOMEM, or -EOPNOTSUPP for a kernel without /proc. */
int vi_proc_init(void);
void vi_proc_exit(void);

/* sysfs.c */
int vi_sysfs_add(unsigned int cpu);
void vi_sysfs_remove(unsigned int cpu);
/* After vi_samples_reread(): each CPU's files are those of its registers. */
void vi_sysfs_update(void);

#endif
