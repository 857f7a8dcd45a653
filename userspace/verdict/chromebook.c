// SPDX-License-Identifier: GPL-2.0-only
/*
 * Chromebooks: coreboot without a firmware setup, and a kernel that locks VMX
 * off by itself unless it is told disablevmx=off (ChromiumOS kernels; since
 * M80 the system wants VMX on, coreboot change 00c8714edc6e).
 */
#include "verdict/stage.h"

#include <strings.h>

/* "GOOGLE" or "Google"; a virtual machine of that name is a guest. */
bool is_chromebook(const struct verdict_context *v)
{
	const char *vendor = facts_get(v->host->facts, "dmi sys_vendor");

	return vendor && !strcasecmp(vendor, "Google") && !is_guest(v);
}

void chromebook_locked(struct stage *stage)
{
	stage_summary(stage,
		      "VMX is locked off, as the kernel of ChromeOS does");
	stage_remedy(
		stage,
		"A Chromebook has no firmware setup. Update ChromeOS (from M80 on it leaves VMX on) and power-cycle; a kernel of your own needs disablevmx=off on its command line.");
}

void chromebook_without_kvm(struct stage *stage)
{
	stage_remedy(
		stage,
		"Boot a kernel with CONFIG_KVM_INTEL, and with disablevmx=off on its command line: the kernel of ChromeOS locks VMX off without that, and a Chromebook has no firmware setup. Power-cycle in between.");
}
