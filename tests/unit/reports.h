/* SPDX-License-Identifier: GPL-2.0-only */
/* Machines as people report them. */
#ifndef VIRTINFO_TESTS_UNIT_REPORTS_H
#define VIRTINFO_TESTS_UNIT_REPORTS_H

#include "verdict.h"

static inline void assert_reports(const struct report *reports, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		assert_report(&reports[i]);
}

/* A host with VT-x, enabled and locked. */
#define ON(release) KERNEL(release) INTEL("0-3", VMX) FEATURE_CONTROL("0x5")
/* A guest of Hyper-V: ECX of leaf 1. */
#define HYPERV_CPU(ecx)                                                        \
	INTEL("0", ecx)                                                        \
	"cpuid 0x40000000.0x0 : 0x4000000b 0x7263694d 0x666f736f 0x76482074\n" \
	"cpuid 0x40000001.0x0 : 0x31237648 0x0 0x0 0x0\n"                      \
	"cpuid 0x40000003.0x0 : 0x2e7f 0x0 0x0 0x0\n"
#define NO_NODE "device kvm : missing\nkvm device open : ENOENT\n"
#define SEV_GUEST                                                              \
	"log sev_guest : Memory Encryption Features active: AMD SEV SEV-ES\n"

#endif
