// SPDX-License-Identifier: GPL-2.0-only
/* Snapshots: like CPUs made one group. */
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/slab.h>

#include "virtinfo.h"
#include "../common/summary.h"

static struct vi_group *find_group(struct vi_snapshot *snapshot,
				   const struct vi_sample *sample)
{
	unsigned int i;

	for (i = 0; i < snapshot->nr_groups; i++)
		if (vi_sample_alike(&snapshot->groups[i].sample, sample))
			return &snapshot->groups[i];
	return NULL;
}

/* Is there no CPU of the mask before this one that is like it? */
static bool begins_group(const struct cpumask *cpus, unsigned int cpu,
			 const struct vi_samples *samples)
{
	const struct vi_sample *sample = samples->get(samples->context, cpu);
	unsigned int other;

	for_each_cpu(other, cpus) {
		if (other == cpu)
			break;
		if (vi_sample_alike(samples->get(samples->context, other),
				    sample))
			return false;
	}
	return true;
}

struct vi_snapshot *vi_snapshot_new(const struct cpumask *cpus,
				    const struct vi_samples *samples)
{
	struct vi_snapshot *snapshot;
	unsigned int cpu, groups = 0;

	for_each_cpu(cpu, cpus)
		groups += begins_group(cpus, cpu, samples);
	snapshot = kvzalloc(struct_size(snapshot, groups, groups),
			    GFP_KERNEL_ACCOUNT);
	if (!snapshot)
		return NULL;

	kref_init(&snapshot->ref);
	cpumask_copy(&snapshot->cpus, cpus);
	for_each_cpu(cpu, cpus) {
		const struct vi_sample *sample =
			samples->get(samples->context, cpu);
		struct vi_group *group = find_group(snapshot, sample);

		if (!group) {
			group = &snapshot->groups[snapshot->nr_groups++];
			group->sample = *sample;
		}
		cpumask_set_cpu(cpu, &group->cpus);
		if (vi_vmx_on(sample))
			cpumask_set_cpu(cpu, &group->vmx_on);
		if (vi_svm_on(sample))
			cpumask_set_cpu(cpu, &group->svm_on);
	}
	return snapshot;
}

static void release_snapshot(struct kref *ref)
{
	struct vi_snapshot *snapshot =
		container_of(ref, struct vi_snapshot, ref);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(snapshot->reports); i++)
		kvfree(snapshot->reports[i]);
	kvfree(snapshot);
}

void vi_snapshot_put(struct vi_snapshot *snapshot)
{
	kref_put(&snapshot->ref, release_snapshot);
}
