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

#include <asm/msr.h>
#include <asm/processor.h>
#include <xen/xen.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0)
#include <asm/cpuid/api.h>
#else
/* Renamed in 6.16. */
static inline int rdmsrq_safe(u32 msr, u64 *value)
{
	return rdmsrl_safe(msr, value);
}
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
/* Not exported to modules by 5.10 and others: PVH is told as "hvm" there. */
#undef xen_pvh_domain
#define xen_pvh_domain() false
#endif

#endif
