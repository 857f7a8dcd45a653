/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The code is written for current mainline; this is the only file that knows
 * how older kernels differ.
 */
#ifndef VIRTINFO_COMPAT_H
#define VIRTINFO_COMPAT_H

#include <linux/version.h>

#ifndef CONFIG_X86_64
#error "virtinfo reads x86 registers: it builds for x86-64 kernels only"
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 10, 0)
#error "virtinfo needs Linux 5.10 or later"
#endif

#include <linux/kernel_stat.h> /* get_cpu_idle_time_us(), there since 7.1 */
#include <linux/sched/isolation.h>
#include <linux/tick.h>
#include <asm/msr.h>
#include <asm/processor.h>
#include <xen/xen.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0)
#include <asm/cpuid/api.h>
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
/* Not exported to modules by 5.10 and others: PVH is told as "hvm" there. */
#undef xen_pvh_domain
#define xen_pvh_domain() false
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 18, 0)
/* Flags until then, types since. */
#define HK_TYPE_DOMAIN HK_FLAG_DOMAIN
#define HK_TYPE_TICK   HK_FLAG_TICK
#endif

/*
 * Is the CPU isolated: isolcpus=, nohz_full= or, from 6.8 on, a partition of
 * cpuset? Under rcu_read_lock(): from 7.0 on the masks change at run time.
 */
static inline bool vi_cpu_is_isolated(unsigned int cpu)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 8, 0)
	if (cpu_is_isolated(cpu))
		return true;
#endif
	return !housekeeping_cpu(cpu, HK_TYPE_DOMAIN) ||
	       !housekeeping_cpu(cpu, HK_TYPE_TICK);
}

#endif
