// SPDX-License-Identifier: GPL-2.0-only
/*
 * The samples: one for each online CPU, taken on that CPU as it comes online,
 * so that loading sends no interprocessor interrupt. A reader gets them as a
 * snapshot in which like CPUs are one group; readers share it for as long as
 * it is true.
 */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/smp.h>

#include "virtinfo.h"

/*
 * Guards everything below. It is not taken in interrupt context: there the
 * sample of a CPU is written while the sender of the interrupt holds it.
 */
static DEFINE_MUTEX(lock);
static const struct vi_reader *reader;
static struct vi_sample __percpu *samples;
static struct cpumask sampled;
static struct vi_hv hypervisor;
static struct vi_snapshot *current_snapshot;
static unsigned long refreshed; /* jiffies */
static time64_t refresh_time;

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
	vi_sample_read(per_cpu_ptr(samples, cpu), &hypervisor, reader);
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
	vi_sample_read(this_cpu_ptr(samples), &hypervisor, reader);
}

/*
 * Under lock. Both run on a CPU's interrupt, each on its own sample; a CPU
 * that went offline since keeps the sample it had until its callback comes.
 */
static void broadcast(smp_call_func_t function, void *info)
{
	on_each_cpu_mask(&sampled, function, info, true);
	mark_fresh();
}

void vi_samples_reread(void)
{
	mutex_lock(&lock);
	vi_hv_read(&hypervisor, reader);
	broadcast(reread_this_cpu, NULL);
	drop_snapshot();
	mutex_unlock(&lock);
}

static void refresh_this_cpu(void *changed)
{
	if (vi_sample_refresh(this_cpu_ptr(samples), &hypervisor, reader))
		WRITE_ONCE(*(bool *)changed, true);
}

/* Under lock. At most one broadcast a second, whoever asks. */
static void refresh(void)
{
	bool changed = false;

	if (time_before(jiffies, refreshed + HZ))
		return;
	broadcast(refresh_this_cpu, &changed);
	if (changed ||
	    (current_snapshot && current_snapshot->time != refresh_time))
		drop_snapshot();
}

static const struct vi_sample *stored_sample(void *unused, unsigned int cpu)
{
	return per_cpu_ptr(samples, cpu);
}

/* Under lock. */
static struct vi_snapshot *new_snapshot(void)
{
	static const struct vi_samples stored = { .get = stored_sample };
	struct vi_snapshot *snapshot = vi_snapshot_new(&sampled, &stored);

	if (snapshot) {
		snapshot->time = refresh_time;
		snapshot->hv = hypervisor;
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

/* Under lock. */
static bool copy_sample(unsigned int cpu, struct vi_sample *sample)
{
	if (!cpumask_test_cpu(cpu, &sampled))
		return false;
	*sample = *per_cpu_ptr(samples, cpu);
	return true;
}

bool vi_sample_get(unsigned int cpu, struct vi_sample *sample)
{
	bool found;

	mutex_lock(&lock);
	refresh();
	found = copy_sample(cpu, sample);
	mutex_unlock(&lock);
	return found;
}

bool vi_sample_stored(unsigned int cpu, struct vi_sample *sample)
{
	bool found;

	mutex_lock(&lock);
	found = copy_sample(cpu, sample);
	mutex_unlock(&lock);
	return found;
}

int vi_samples_init(const struct vi_reader *source)
{
	reader = source;
	samples = alloc_percpu(struct vi_sample);
	if (!samples)
		return -ENOMEM;
	vi_hv_read(&hypervisor, reader);
	mark_fresh();
	return 0;
}

void vi_samples_exit(void)
{
	drop_snapshot();
	free_percpu(samples);
}
