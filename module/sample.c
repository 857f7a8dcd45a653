// SPDX-License-Identifier: GPL-2.0-only
/*
 * The samples: one for each online CPU, taken on that CPU as it comes online,
 * so that loading sends no interprocessor interrupt. A reader gets them as a
 * snapshot in which like CPUs are one group; those who read within a second
 * share it.
 */
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/smp.h>

#include "virtinfo.h"

/*
 * Guards everything below. It is not taken in interrupt context: there the
 * sample of a CPU is written while the sender of the interrupt holds it. CPU
 * hotplug waits for it, so nothing is allocated under it.
 */
static DEFINE_MUTEX(virtinfo_samples_lock);
static const struct vi_reader *reader;
static struct vi_cpu __percpu *cpus;
static struct cpumask sampled;
static struct cpumask due; /* what refresh() is at work on */
static struct vi_hv hypervisor;
static struct vi_snapshot *current_snapshot;
/* In jiffies: the last broadcast, and the last that spared no CPU. */
static unsigned long refreshed, all_refreshed;
static time64_t refresh_time;

static void drop_snapshot(void)
{
	lockdep_assert_held(&virtinfo_samples_lock);
	vi_snapshot_put(current_snapshot);
	current_snapshot = NULL;
}

static void mark_refreshed(bool all)
{
	refreshed = jiffies;
	if (all)
		all_refreshed = refreshed;
	refresh_time = ktime_get_real_seconds();
}

static void read_cpu(struct vi_cpu *cpu)
{
	vi_sample_read(&cpu->sample, &hypervisor, reader);
	cpu->read = jiffies;
}

/*
 * The hypervisor's leaves are read on the first CPU: one of Xen's differs from
 * CPU to CPU, and the text is not to depend on where the module was loaded.
 */
void vi_sample_online(unsigned int cpu)
{
	mutex_lock(&virtinfo_samples_lock);
	if (cpumask_empty(&sampled))
		vi_hv_read(&hypervisor, reader);
	read_cpu(per_cpu_ptr(cpus, cpu));
	cpumask_set_cpu(cpu, &sampled);
	drop_snapshot();
	mutex_unlock(&virtinfo_samples_lock);
}

void vi_sample_offline(unsigned int cpu)
{
	mutex_lock(&virtinfo_samples_lock);
	cpumask_clear_cpu(cpu, &sampled);
	drop_snapshot();
	mutex_unlock(&virtinfo_samples_lock);
}

/*
 * These run on a CPU's interrupt, each on its own sample; a CPU that went
 * offline since keeps the sample it had until its callback comes.
 */
static void reread_hypervisor(void *unused)
{
	vi_hv_read(&hypervisor, reader);
}

static void reread_this_cpu(void *unused)
{
	read_cpu(this_cpu_ptr(cpus));
}

static void refresh_this_cpu(void *unused)
{
	struct vi_cpu *cpu = this_cpu_ptr(cpus);

	vi_sample_refresh(&cpu->sample, &hypervisor, reader);
	cpu->read = jiffies;
}

void vi_samples_reread(void)
{
	mutex_lock(&virtinfo_samples_lock);
	smp_call_function_single(cpumask_first(&sampled), reread_hypervisor,
				 NULL, true);
	on_each_cpu_mask(&sampled, reread_this_cpu, NULL, true);
	mark_refreshed(true);
	drop_snapshot();
	mutex_unlock(&virtinfo_samples_lock);
}

static bool is_old(unsigned long read)
{
	return time_after_eq(jiffies, read + HZ);
}

/* A CPU that was read for another reader is not due yet. */
static void find_due(void)
{
	unsigned int cpu;

	lockdep_assert_held(&virtinfo_samples_lock);
	cpumask_clear(&due);
	for_each_cpu(cpu, &sampled)
		if (is_old(per_cpu_ptr(cpus, cpu)->read))
			cpumask_set_cpu(cpu, &due);
}

/*
 * At most one broadcast a second for all who have no privilege, and none within
 * a second of another. One who has it gets the CPUs read that were spared; those
 * that were not are not due.
 */
static void refresh(bool privileged)
{
	if (!is_old(privileged ? all_refreshed : refreshed))
		return;
	find_due();
	if (!privileged)
		vi_spare_cpus(&due);
	on_each_cpu_mask(&due, refresh_this_cpu, NULL, true);
	mark_refreshed(privileged);
	drop_snapshot();
}

static const struct vi_cpu *stored_cpu(void *unused, unsigned int cpu)
{
	return per_cpu_ptr(cpus, cpu);
}

/* Makes the blank snapshot the current one, if it is enough. */
static void fill(struct vi_snapshot *blank)
{
	static const struct vi_samples stored = { .get = stored_cpu };

	lockdep_assert_held(&virtinfo_samples_lock);
	blank->refreshed = refreshed;
	blank->time = refresh_time;
	blank->hv = hypervisor;
	if (!vi_snapshot_fill(blank, &sampled, &stored))
		return;
	kref_get(&blank->ref);
	current_snapshot = blank;
}

/*
 * The current snapshot, made of the blank one where there is none. NULL where
 * the blank one is too small or not there; -EINTR.
 */
static struct vi_snapshot *try_get(bool privileged, struct vi_snapshot *blank)
{
	struct vi_snapshot *snapshot;

	if (mutex_lock_killable(&virtinfo_samples_lock))
		return ERR_PTR(-EINTR);
	refresh(privileged);
	if (!current_snapshot && blank)
		fill(blank);
	snapshot = current_snapshot;
	if (snapshot)
		kref_get(&snapshot->ref);
	mutex_unlock(&virtinfo_samples_lock);
	return snapshot;
}

struct vi_snapshot *vi_snapshot_get(bool privileged)
{
	struct vi_snapshot *snapshot, *blank = NULL;
	unsigned int capacity;

	for (capacity = 1;; capacity *= 4) {
		snapshot = try_get(privileged, blank);
		vi_snapshot_put(blank);
		if (snapshot)
			return snapshot;
		blank = vi_snapshot_new(min(capacity, nr_cpu_ids));
		if (!blank)
			return ERR_PTR(-ENOMEM);
	}
}

const struct vi_sample *vi_sample_lock(unsigned int cpu)
{
	mutex_lock(&virtinfo_samples_lock);
	if (cpumask_test_cpu(cpu, &sampled))
		return &per_cpu_ptr(cpus, cpu)->sample;
	mutex_unlock(&virtinfo_samples_lock);
	return NULL;
}

void vi_sample_unlock(void)
{
	mutex_unlock(&virtinfo_samples_lock);
}

/* Interrupts that CPU alone, at most once a second. */
static int refresh_one(unsigned int cpu)
{
	lockdep_assert_held(&virtinfo_samples_lock);
	if (!is_old(per_cpu_ptr(cpus, cpu)->read))
		return 0;
	return smp_call_function_single(cpu, refresh_this_cpu, NULL, true);
}

const struct vi_sample *vi_sample_lock_killable(unsigned int cpu, bool fresh)
{
	int error = -ENODEV;

	if (mutex_lock_killable(&virtinfo_samples_lock))
		return ERR_PTR(-EINTR);
	if (cpumask_test_cpu(cpu, &sampled))
		error = fresh ? refresh_one(cpu) : 0;
	if (!error)
		return &per_cpu_ptr(cpus, cpu)->sample;
	mutex_unlock(&virtinfo_samples_lock);
	return ERR_PTR(error);
}

int vi_samples_init(const struct vi_reader *source)
{
	reader = source;
	cpus = alloc_percpu(struct vi_cpu);
	if (!cpus)
		return -ENOMEM;
	mark_refreshed(true);
	return 0;
}

/* No snapshot is left: each CPU that went offline took the current one away. */
void vi_samples_exit(void)
{
	free_percpu(cpus);
}
