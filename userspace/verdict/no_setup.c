// SPDX-License-Identifier: GPL-2.0-only
/* Machines whose firmware has no setup that one can enter. */
#include "verdict/stage.h"

#include <strings.h>

/* A virtual machine of that name is a guest. */
static bool is_made_by(const struct verdict_context *v, const char *vendor)
{
	const char *dmi = facts_get(v->host->facts, "dmi sys_vendor");

	return dmi && !strcasecmp(dmi, vendor) && !is_guest(v);
}

/*
 * "GOOGLE" or "Google". Their kernel locks VMX off by itself unless told
 * disablevmx=off (ChromiumOS kernels; from M80 on the system wants VMX on,
 * coreboot change 00c8714edc6e).
 */
bool is_chromebook(const struct verdict_context *v)
{
	return is_made_by(v, "Google");
}

bool is_mac(const struct verdict_context *v)
{
	return is_made_by(v, "Apple Inc.");
}

/* rEFInd's documentation, "Configuring the Boot Manager". */
void mac_locked(struct stage *stage)
{
	stage_remedy(
		stage,
		"A Mac has no firmware setup: power-cycle, and start Linux with rEFInd and \"enable_and_lock_vmx true\" in its refind.conf. If that does not help, update the firmware (with macOS).");
}

void chromebook_locked(struct stage *stage)
{
	if (stage->v->extension != VI_VMX) {
		stage_remedy(
			stage,
			"A Chromebook has no firmware setup: update ChromeOS, and with it the firmware, and power-cycle. Coreboot with UEFI firmware, as others build it for Chromebooks, leaves SVM on.");
		return;
	}
	stage_summary(stage,
		      "VMX is locked off, as the kernel of ChromeOS does");
	stage_remedy(
		stage,
		"A Chromebook has no firmware setup. Update ChromeOS (from M80 on it leaves VMX on) and power-cycle; a kernel of your own needs disablevmx=off on its command line. If it is locked with that too, firmware does it: coreboot with UEFI firmware, as others build it for Chromebooks, leaves VMX on.");
}

void chromebook_without_kvm(struct stage *stage)
{
	if (stage->v->extension != VI_VMX)
		return;
	stage_remedy(
		stage,
		"Boot a kernel with CONFIG_KVM_INTEL, and with disablevmx=off on its command line: the kernel of ChromeOS locks VMX off without that, and a Chromebook has no firmware setup. Power-cycle in between.");
}
