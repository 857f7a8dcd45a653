// SPDX-License-Identifier: GPL-2.0-only
/*
 * Snapshots: like CPUs made one group. The array of groups is its own hash
 * table, so that as many groups as CPUs take no more than a look at each.
 */
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/slab.h>

#include "virtinfo.h"
#include "../common/summary.h"

static struct vi_group *bucket(struct vi_snapshot *snapshot, u64 hash)
{
	return &snapshot->groups[hash % snapshot->capacity];
}

static struct vi_group *find_group(struct vi_snapshot *snapshot, u64 hash,
				   const struct vi_sample *sample)
{
	struct vi_group *group = bucket(snapshot, hash)->chain;

	while (group && (group->hash != hash ||
			 !vi_sample_alike(&group->sample, sample)))
		group = group->next;
	return group;
}

/* NULL where there is no place for one more. */
static struct vi_group *add_group(struct vi_snapshot *snapshot, u64 hash,
				  const struct vi_sample *sample)
{
	struct vi_group *group, *first = bucket(snapshot, hash);

	if (snapshot->nr_groups == snapshot->capacity)
		return NULL;
	group = &snapshot->groups[snapshot->nr_groups++];
	group->hash = hash;
	group->sample = *sample;
	group->next = first->chain;
	first->chain = group;
	return group;
}

static void add_age(struct vi_group *group, unsigned int cpu, long age)
{
	if (age < HZ)
		return;
	cpumask_set_cpu(cpu, &group->older);
	group->older_by =
		max_t(unsigned int, group->older_by, DIV_ROUND_UP(age, HZ));
}

static bool add_cpu(struct vi_snapshot *snapshot, unsigned int number,
		    const struct vi_cpu *cpu)
{
	u64 hash = vi_sample_hash(&cpu->sample);
	struct vi_group *group = find_group(snapshot, hash, &cpu->sample);

	if (!group)
		group = add_group(snapshot, hash, &cpu->sample);
	if (!group)
		return false;
	cpumask_set_cpu(number, &group->cpus);
	if (vi_vmx_on(&cpu->sample))
		cpumask_set_cpu(number, &group->vmx_on);
	if (vi_svm_on(&cpu->sample))
		cpumask_set_cpu(number, &group->svm_on);
	add_age(group, number, snapshot->refreshed - cpu->read);
	return true;
}

struct vi_snapshot *vi_snapshot_new(unsigned int capacity)
{
	struct vi_snapshot *snapshot;

	snapshot = kvzalloc(struct_size(snapshot, groups, capacity),
			    GFP_KERNEL_ACCOUNT);
	if (!snapshot)
		return NULL;
	kref_init(&snapshot->ref);
	snapshot->capacity = capacity;
	return snapshot;
}

bool vi_snapshot_fill(struct vi_snapshot *snapshot, const struct cpumask *cpus,
		      const struct vi_samples *samples)
{
	unsigned int cpu;

	cpumask_copy(&snapshot->cpus, cpus);
	for_each_cpu(cpu, cpus)
		if (!add_cpu(snapshot, cpu,
			     samples->get(samples->context, cpu)))
			return false;
	return true;
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
	if (snapshot)
		kref_put(&snapshot->ref, release_snapshot);
}
