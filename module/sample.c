// SPDX-License-Identifier: GPL-2.0-only
/*
 * The samples: one for each online CPU, taken on that CPU as it comes online,
 * so that loading sends no interprocessor interrupt. A reader gets them as a
 * snapshot in which like CPUs are one group; readers share it for as long as
 * it is true.
 */
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "compat.h"
#include "virtinfo.h"
#include "../common/summary.h"

/*
 * Guards everything below. It is not taken in interrupt context: there the
 * sample of a CPU is written while the sender of the interrupt holds it.
 */
static DEFINE_MUTEX(lock);
static struct vi_sample __percpu *samples;
static struct cpumask sampled;
static struct vi_hv hypervisor;
static struct vi_snapshot *current_snapshot;
static unsigned long refreshed;	/* jiffies */
static time64_t refresh_time;

static void hardware_cpuid(void *context, u32 leaf, u32 subleaf, u32 reg[4])
{
	cpuid_count(leaf, subleaf, &reg[VI_EAX], &reg[VI_EBX], &reg[VI_ECX],
		    &reg[VI_EDX]);
}

static enum vi_status hardware_rdmsr(void *context, u32 address, u64 *value)
{
	return rdmsrq_safe(address, value) ? VI_GP : VI_READ;
}

static enum vi_status hardware_control(void *context, u32 number, u64 *value)
{
	*value = number == 4 ? __read_cr4() : read_cr0();
	return VI_READ;
}

static const struct vi_reader hardware = {
	.cpuid = hardware_cpuid,
	.rdmsr = hardware_rdmsr,
	.control = hardware_control,
};

static void drop_snapshot(void)
{
	if (current_snapshot)
		vi_snapshot_put(current_snapshot);
	current_snapshot = NULL;
}

static void mark_fresh(void)
{
	refreshed = jiffies;
	refresh_time = ktime_get_real_seconds();
}

void vi_sample_online(unsigned int cpu)
{
	mutex_lock(&lock);
	vi_sample_read(per_cpu_ptr(samples, cpu), &hypervisor, &hardware);
	cpumask_set_cpu(cpu, &sampled);
	drop_snapshot();
	mutex_unlock(&lock);
}

void vi_sample_offline(unsigned int cpu)
{
	mutex_lock(&lock);
	cpumask_clear_cpu(cpu, &sampled);
	drop_snapshot();
	mutex_unlock(&lock);
}

static void reread_this_cpu(void *unused)
{
	vi_sample_read(this_cpu_ptr(samples), &hypervisor, &hardware);
}

/*
 * Under lock. Both run on a CPU's interrupt, each on its own sample; a CPU
 * that went offline since keeps the sample it had until its callback comes.
 */
static void broadcast(smp_call_func_t function, void *info)
{
	preempt_disable();
	on_each_cpu_mask(&sampled, function, info, true);
	preempt_enable();
	mark_fresh();
}

void vi_samples_reread(void)
{
	mutex_lock(&lock);
	vi_hv_read(&hypervisor, &hardware);
	broadcast(reread_this_cpu, NULL);
	drop_snapshot();
	mutex_unlock(&lock);
}

static void refresh_this_cpu(void *changed)
{
	if (vi_sample_refresh(this_cpu_ptr(samples), &hypervisor, &hardware))
		WRITE_ONCE(*(bool *)changed, true);
}

/* Under lock. At most one broadcast a second, whoever asks. */
static void refresh(void)
{
	bool changed = false;

	if (time_before(jiffies, refreshed + HZ))
		return;
	broadcast(refresh_this_cpu, &changed);
	if (changed || (current_snapshot &&
			current_snapshot->time != refresh_time))
		drop_snapshot();
}

static struct vi_group *find_group(struct vi_snapshot *snapshot,
				   const struct vi_sample *sample)
{
	unsigned int i;

	for (i = 0; i < snapshot->nr_groups; i++)
		if (vi_sample_alike(&snapshot->groups[i].sample, sample))
			return &snapshot->groups[i];
	return NULL;
}

/* Under lock. How many groups there are at most is not known before. */
static unsigned int count_groups(void)
{
	unsigned int cpu, other, groups = 0;

	for_each_cpu(cpu, &sampled) {
		const struct vi_sample *sample = per_cpu_ptr(samples, cpu);
		bool first = true;

		for_each_cpu(other, &sampled) {
			if (other == cpu)
				break;
			if (vi_sample_alike(per_cpu_ptr(samples, other),
					    sample)) {
				first = false;
				break;
			}
		}
		groups += first;
	}
	return groups;
}

static struct vi_snapshot *new_snapshot(void)
{
	struct vi_snapshot *snapshot;
	unsigned int cpu;

	snapshot = kvzalloc(struct_size(snapshot, groups, count_groups()),
			    GFP_KERNEL_ACCOUNT);
	if (!snapshot)
		return NULL;
	kref_init(&snapshot->ref);
	snapshot->time = refresh_time;
	snapshot->hv = hypervisor;
	cpumask_copy(&snapshot->cpus, &sampled);
	for_each_cpu(cpu, &sampled) {
		const struct vi_sample *sample = per_cpu_ptr(samples, cpu);
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

struct vi_snapshot *vi_snapshot_get(void)
{
	struct vi_snapshot *snapshot;

	mutex_lock(&lock);
	refresh();
	if (!current_snapshot)
		current_snapshot = new_snapshot();
	snapshot = current_snapshot;
	if (snapshot)
		kref_get(&snapshot->ref);
	mutex_unlock(&lock);
	return snapshot;
}

static void release_snapshot(struct kref *ref)
{
	kvfree(container_of(ref, struct vi_snapshot, ref));
}

void vi_snapshot_put(struct vi_snapshot *snapshot)
{
	kref_put(&snapshot->ref, release_snapshot);
}

bool vi_sample_get(unsigned int cpu, struct vi_sample *sample)
{
	bool found;

	mutex_lock(&lock);
	refresh();
	found = cpumask_test_cpu(cpu, &sampled);
	if (found)
		*sample = *per_cpu_ptr(samples, cpu);
	mutex_unlock(&lock);
	return found;
}

int vi_samples_init(void)
{
	samples = alloc_percpu(struct vi_sample);
	if (!samples)
		return -ENOMEM;
	vi_hv_read(&hypervisor, &hardware);
	mark_fresh();
	return 0;
}

void vi_samples_exit(void)
{
	drop_snapshot();
	free_percpu(samples);
}
