// SPDX-License-Identifier: GPL-2.0-only
/* What to do where the processor, or the one that a guest is shown, cannot. */
#include "verdict/stage.h"

void remedy_cpu_model(struct stage *stage)
{
	const char *model = nesting_advice(stage)->model;

	stage_remedy(
		stage,
		"The hypervisor decides which features this virtual machine's CPU has.");
	if (provider_decides(stage->v))
		stage_remedy(
			stage,
			"Take a machine type with a newer processor, or one that gives the whole processor (bare metal).");
	else
		stage_remedy(
			stage, "%s",
			model ? model :
				"Ask whoever runs the host for the host's own CPU, or a CPU model that has it.");
	stage_remedy(stage,
		     "If the host's processor lacks it, take another host.");
}

void remedy_confidential(struct stage *stage)
{
	stage_remedy(
		stage,
		"Guests with encrypted memory are made by the machine itself, and hypervisors do not pass SEV or TDX on to their guests: use a host of its own (bare metal; EC2: a .metal size), or a service that has machines for it (Azure: DCas_cc_v5, ECas_cc_v5).");
}

void remedy_processor_lacks(struct stage *stage, const char *feature)
{
	if (is_guest(stage->v))
		remedy_cpu_model(stage);
	else
		stage_remedy(
			stage,
			"The processor has no %s, and neither a kernel nor a setting gives it: take another machine.",
			feature);
}

/* Some firmware hides VMX in CPUID, where it should lock it off. */
void remedy_perhaps_hidden(struct stage *stage)
{
	stage_remedy_anew(stage);
	stage_remedy(
		stage,
		"Processors of this model have it as far as is known, so that firmware may be hiding it: load the defaults of the firmware setup, turn %s on, save and power-cycle. If it is still missing, try with VT-d (IOMMU) and trusted execution off, and update the firmware. If nothing shows it, this processor has none: use another machine, or an emulator without KVM (QEMU's TCG), which is much slower.",
		vi_vendor_intel(&stage->v->host->groups[0]->sample) ?
			"VT-x (Intel Virtualization Technology)" :
			"SVM Mode (AMD-V)");
}
