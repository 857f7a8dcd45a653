// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which CPUs a reader without privilege does not interrupt: those that the
 * administrator isolated, and those that sleep.
 */
#include <linux/delay.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>

#include "compat.h"
#include "virtinfo.h"

/* Scratch of the one call at a time. */
static DEFINE_PER_CPU(u64, idle_time); /* microseconds */

/*
 * No kernel exports idle_cpu(). All with NO_HZ_COMMON export how long a CPU has
 * been idle: while it is, that time runs.
 */
static bool is_idle(unsigned int cpu)
{
	return get_cpu_idle_time_us(cpu, NULL) != per_cpu(idle_time, cpu);
}

void vi_spare_cpus(struct cpumask *cpus)
{
	unsigned int cpu;

	for_each_cpu(cpu, cpus)
		per_cpu(idle_time, cpu) = get_cpu_idle_time_us(cpu, NULL);
	udelay(2);
	rcu_read_lock();
	for_each_cpu(cpu, cpus)
		if (vi_cpu_is_isolated(cpu) || is_idle(cpu))
			cpumask_clear_cpu(cpu, cpus);
	rcu_read_unlock();
}
