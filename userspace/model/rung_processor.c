// SPDX-License-Identifier: GPL-2.0-only
/* Has the processor VMX or SVM, and is it this system's to use? */
#include "model/rungs.h"

#include <stdlib.h>

static void show_extension(struct judging *judging, struct rung *rung)
{
	char *vmx = cpus_text(judging, &judging->hardware.vmx);
	char *svm = cpus_text(judging, &judging->hardware.svm);
	char *without =
		cpus_text(judging, &judging->hardware.by_class[CPU_WITHOUT]);

	if (judging->hardware.vmx.count)
		rung_evidence(judging, rung,
			      "CPUID 0x00000001 ECX bit 5 (VMX) is 1 on %s",
			      vmx);
	if (judging->hardware.svm.count)
		rung_evidence(judging, rung,
			      "CPUID 0x80000001 ECX bit 2 (SVM) is 1 on %s",
			      svm);
	if (judging->hardware.by_class[CPU_WITHOUT].count)
		rung_evidence(
			judging, rung,
			"CPUID 0x00000001 ECX bit 5 (VMX) and 0x80000001 ECX bit 2 (SVM) are 0 on %s",
			without);
	free(vmx);
	free(svm);
	free(without);
}

static void show_above(struct judging *judging, struct rung *rung)
{
	const struct above *above = &judging->above;

	if (!above->guest)
		return;
	rung_evidence(judging, rung, "%s: %s", above_name(above->kind),
		      above->seen);
	if (above->trusted)
		rung_evidence(
			judging, rung,
			"CPUID 0x00000021 says IntelTDX: this is a trusted domain");
	if (above->privileged)
		rung_evidence(judging, rung, "%s", above->ruling);
}

static void show_paging(struct judging *judging, struct rung *rung)
{
	const struct host *host = judging->host;
	size_t i, without = 0, with = 0;

	for (i = 0; i < host->nr_groups; i++) {
		enum vi_paging paging = vi_paging(&host->groups[i]->sample);

		if (paging == VI_PAGING_NONE)
			without++;
		else if (paging != VI_PAGING_UNKNOWN)
			with++;
	}
	if (with && !without) {
		rung_evidence(judging, rung, "second-level paging: %s",
			      judging->extension == VI_VMX ? "EPT" : "NPT");
	} else if (without) {
		rung->status = RUNG_WARN;
		rung_evidence(
			judging, rung,
			"no second-level paging (%s) on some or all CPUs: guests run, but slower",
			judging->extension == VI_VMX ? "EPT" : "NPT");
	}
}

static void unknown(struct judging *judging, struct rung *rung)
{
	rung->status = RUNG_UNKNOWN;
	remedy_evidence(judging, rung);
}

/* An ACRN service VM may be offered VMX beside its privilege. */
static bool is_owned(const struct judging *judging)
{
	const struct above *above = &judging->above;

	return above->privileged && !(above->kind == ABOVE_ACRN &&
				      judging->extension != VI_NO_EXTENSION);
}

static void without_extension(struct judging *judging, struct rung *rung)
{
	const char *name = above_name(judging->above.kind);

	if (!judging->above.guest) {
		rung_fail(judging, rung, REASON_NO_EXTENSION);
		return;
	}
	rung_fail(judging, rung, REASON_HIDDEN_BY_HYPERVISOR);
	rung_summary(
		judging, rung,
		"this is a guest of %s, which does not offer VMX or SVM to it",
		name);
	remedy_nested(judging, rung);
}

void rung_processor(struct judging *judging, struct rung *rung)
{
	const struct hardware *hardware = &judging->hardware;

	if (!hardware->any) {
		rung_summary(judging, rung, "the input holds no CPU");
		unknown(judging, rung);
		return;
	}
	if (hardware->unnamed) {
		rung_summary(
			judging, rung,
			"the input does not say of which CPUs its registers are, nor of how many");
		unknown(judging, rung);
		return;
	}
	show_extension(judging, rung);
	show_above(judging, rung);
	if (is_owned(judging)) {
		rung_fail(judging, rung, REASON_OWNED_BY_HYPERVISOR);
		rung_summary(
			judging, rung,
			"this system rules the machine for %s, which has VMX or SVM for itself",
			above_name(judging->above.kind));
		remedy_owned(judging, rung);
	} else if (hardware_has(hardware, CPU_UNTOLD)) {
		char *untold =
			cpus_text(judging, &hardware->by_class[CPU_UNTOLD]);

		rung_summary(
			judging, rung,
			"the CPUID leaves that tell of VMX and SVM are missing for %s",
			untold);
		free(untold);
		unknown(judging, rung);
	} else if (judging->extension == VI_NO_EXTENSION) {
		without_extension(judging, rung);
	} else if (hardware_has(hardware, CPU_WITHOUT) ||
		   (hardware->vmx.count && hardware->svm.count)) {
		fail_disagree(judging, rung);
	} else {
		show_paging(judging, rung);
	}
}
