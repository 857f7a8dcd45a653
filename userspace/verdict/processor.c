// SPDX-License-Identifier: GPL-2.0-only
/* Does the processor have VMX or SVM, and may this system use it? */
#include "base/array.h"
#include "model/tool_words.h"
#include "verdict/processors.h"
#include "verdict/stage.h"

#include <stdlib.h>
#include <string.h>

/* Of a processor whose leaves end before the one that SVM has. */
static bool has_svm_left_over(const struct verdict_context *v)
{
	const struct host_group *without = v->hardware.example[CPU_WITHOUT];

	return without &&
	       field_answer(without, FIELD_CPUID_L80000001_ECX_svm) ==
		       ANSWER_YES;
}

static void show_extension(struct stage *stage)
{
	char *vmx = cpus_text(stage->v, &stage->v->hardware.vmx);
	char *svm = cpus_text(stage->v, &stage->v->hardware.svm);
	char *without =
		cpus_text(stage->v, &stage->v->hardware.by_class[CPU_WITHOUT]);

	if (stage->v->hardware.vmx.count)
		stage_evidence(stage,
			       "CPUID 0x00000001 ECX bit 5 (VMX) is 1 on %s",
			       vmx);
	if (stage->v->hardware.svm.count)
		stage_evidence(stage,
			       "CPUID 0x80000001 ECX bit 2 (SVM) is 1 on %s",
			       svm);
	if (has_svm_left_over(stage->v))
		stage_evidence(
			stage,
			"CPUID 0x80000001 ECX bit 2 (SVM) is 1 on %s, and not believed: the highest leaf is below SVM's, 0x8000000A",
			without);
	else if (stage->v->hardware.by_class[CPU_WITHOUT].count)
		stage_evidence(
			stage,
			"CPUID 0x00000001 ECX bit 5 (VMX) and 0x80000001 ECX bit 2 (SVM) are 0 on %s",
			without);
	free(vmx);
	free(svm);
	free(without);
}

static void show_layer(struct stage *stage,
		       const struct hypervisor_layer *layer)
{
	bool certain = layer->certainty == LAYER_CERTAIN;

	stage_evidence(stage, "%s%s%s%s%s: %s",
		       layer->outer ? "outer hypervisor " : "",
		       hypervisor_name(layer->product), certain ? "" : " (",
		       certain ? "" : layer_certainty_name(layer->certainty),
		       certain ? "" : ")", layer->why);
}

static void show_hypervisor(struct stage *stage)
{
	const struct hypervisor *hypervisor = stage->v->hypervisor;

	ARRAY_EACH(layer, hypervisor->layers, hypervisor->count)
		show_layer(stage, layer);
	if (hypervisor->privileged == ANSWER_YES)
		stage_evidence(stage, "%s", hypervisor->privileged_why);
}

static void show_paging(struct stage *stage)
{
	size_t without = 0, with = 0;

	GROUP_EACH(stage->v->host, group) {
		enum vi_paging paging = vi_paging(&group->sample);

		if (paging == VI_PAGING_NONE)
			without++;
		else if (paging != VI_PAGING_UNKNOWN)
			with++;
	}
	if (with && !without) {
		stage_evidence(stage, "second-level address translation: %s",
			       stage->v->extension == VI_VMX ? "EPT" : "NPT");
	} else if (without) {
		stage->status = STAGE_WARN;
		stage_evidence(
			stage,
			"no second-level address translation (%s) on some or all CPUs: guests run, but slower",
			stage->v->extension == VI_VMX ? "EPT" : "NPT");
	}
}

static void unknown(struct stage *stage)
{
	stage->status = STAGE_UNKNOWN;
	remedy_evidence(stage);
}

/* An ACRN service VM may be offered VMX beside its privilege. */
static bool is_owned(const struct verdict_context *v)
{
	const struct hypervisor *hypervisor = v->hypervisor;

	return hypervisor->privileged == ANSWER_YES &&
	       !(hypervisor->product == HYPERVISOR_ACRN &&
		 v->extension != VI_NO_EXTENSION);
}

static void owned(struct stage *stage)
{
	const struct system *system = stage->v->system;
	enum hypervisor_product product = stage->v->hypervisor->product;
	bool xen = product == HYPERVISOR_XEN;

	stage_fail(stage, REASON_OWNED_BY_HYPERVISOR);
	if (xen && system->xen_guests_known)
		stage_evidence(
			stage, "Xen can make guests of kinds: %s",
			facts_get(stage->v->host->facts, "xen guest kinds"));
	stage_summary(stage, "this is the %s of %s, %s",
		      hypervisor_privileged_name(product),
		      hypervisor_name(product),
		      !xen || system->xen_makes_hvm ?
			      "which owns VMX or SVM" :
		      system->xen_guests_known ?
			      "which has neither VMX nor SVM" :
			      "which does not show VMX or SVM to it");
	remedy_owned(stage);
}

/*
 * A kernel that runs in user mode cannot use what the leaves show: they are the
 * processor's. Where it has the flag itself, it was offered the extension.
 */
static bool in_user_mode(const struct verdict_context *v)
{
	const struct system *system = v->system;

	return v->hypervisor->user_mode && system->flag_vmx <= FLAG_ON_NONE &&
	       system->flag_svm <= FLAG_ON_NONE;
}

static void hidden(struct stage *stage)
{
	const struct hypervisor *hypervisor = stage->v->hypervisor;

	stage_fail(stage, REASON_HIDDEN_BY_HYPERVISOR);
	stage_summary(
		stage,
		hypervisor->user_mode ?
			"this is a guest of %s, which runs its kernel in user mode, where VMX and SVM cannot be used" :
			"this is a guest of %s, which does not offer VMX or SVM to it",
		hypervisor_name(hypervisor->product));
	remedy_nested(stage);
}

static void without_extension(struct stage *stage)
{
	const struct hypervisor *hypervisor = stage->v->hypervisor;

	if (!is_guest(stage->v)) {
		stage_fail(stage, REASON_NO_EXTENSION);
		if (processor_usually_can(stage->v->host))
			remedy_perhaps_hidden(stage);
	} else if (hypervisor->product == HYPERVISOR_HYPERV &&
		   hypervisor->privileged == ANSWER_UNKNOWN) {
		stage_summary(
			stage,
			"CPUID 0x40000003 is missing, which tells whether this is the root partition of %s or a guest",
			hypervisor_name(hypervisor->product));
		unknown(stage);
		remedy_guest_or_root(stage);
	} else {
		hidden(stage);
	}
}

/* A guest's kernel shows neither flag: the list of all tells, or kvm-ok. */
static bool hides_flags(const struct verdict_context *v)
{
	const struct system *system = v->system;

	return is_guest(v) &&
	       (system->flag_vmx == FLAG_ON_NONE || system->kvm_ok.no_flag) &&
	       system->flag_vmx <= FLAG_ON_NONE &&
	       system->flag_svm <= FLAG_ON_NONE;
}

/* Does a tool that shows bits of CPUID show neither VMX nor SVM? */
static bool tools_deny(const struct system *system)
{
	bool vmx = tool_answer(system, FIELD_CPUID_L1_ECX_vmx) == ANSWER_NO;
	bool svm =
		tool_answer(system, FIELD_CPUID_L80000001_ECX_svm) == ANSWER_NO;

	return (vmx || system->vendor == VI_SVM) &&
	       (svm || system->vendor == VI_VMX);
}

/* That bit of CPUID is 0 in a guest, and beside a hypervisor of Windows' own. */
static void denied(struct stage *stage)
{
	enum answer guest =
		tool_answer(stage->v->system, FIELD_CPUID_L1_ECX_hypervisor);

	show_tools(stage);
	if (guest == ANSWER_NO) {
		without_extension(stage);
		return;
	}
	stage_summary(
		stage,
		guest == ANSWER_YES ?
			"a hypervisor hides VMX and SVM: the system's own, or that of a host whose guest this is" :
			"CPUID shows neither VMX nor SVM; whether a hypervisor hides it is not known");
	stage->status = STAGE_UNKNOWN;
	if (is_windows(stage->v))
		remedy_windows_hypervisor(stage);
	else
		remedy_evidence(stage);
}

/* A guest of which the kernel's log tells that it is offered none. */
static bool log_hides(const struct verdict_context *v)
{
	return is_guest(v) && (log_lacks(v->system) != NR_LOG_CLAIMS ||
			       v->system->log[LOG_GUEST_OF_SEV]);
}

/* Only Xen names the controls that it misses. */
static void incomplete_for_xen(struct stage *stage)
{
	stage_fail(stage, REASON_EXTENSION_INCOMPLETE);
	stage_summary(stage, "VMX lacks what Xen needs");
	if (is_guest(stage->v))
		remedy_offer(stage);
	else
		stage_remedy(
			stage,
			"If this is a virtual machine, its hypervisor has to offer it the whole of VMX; otherwise update the firmware and the microcode, or use another host.");
}

/* No register of any CPU tells of the extension. */
static void judge_words(struct stage *stage)
{
	show_hypervisor(stage);
	if (is_owned(stage->v)) {
		owned(stage);
	} else if (stage->v->extension != VI_NO_EXTENSION) {
		show_words_of_extension(stage);
		if (stage->v->system->log[LOG_VMX_INCOMPLETE])
			incomplete_for_xen(stage);
	} else if (tool_used_kvm(stage->v->system)) {
		show_tools(stage);
	} else if (stage->v->system->log[LOG_EXTENSION_OFF]) {
		/* KVM says so of a processor that has it. */
		stage_evidence(stage, "kernel log: %s",
			       stage->v->system->log[LOG_EXTENSION_OFF]);
	} else if (hides_flags(stage->v)) {
		show_no_flag(stage);
		hidden(stage);
	} else if (log_hides(stage->v)) {
		show_log_of_lack(stage);
		hidden(stage);
	} else if (tools_deny(stage->v->system)) {
		denied(stage);
	} else {
		words_tell_nothing(stage);
	}
}

void stage_processor(struct stage *stage)
{
	const struct hardware *hardware = &stage->v->hardware;

	/* Without CPUs there may still be words of who owns them. */
	if (!hardware->any && !is_owned(stage->v)) {
		judge_words(stage);
		return;
	}
	if (hardware->unnamed) {
		stage_summary(
			stage,
			"it is not known of which CPUs the registers are, nor of how many");
		unknown(stage);
		return;
	}
	show_extension(stage);
	show_hypervisor(stage);
	if (is_owned(stage->v)) {
		owned(stage);
	} else if (in_user_mode(stage->v)) {
		hidden(stage);
	} else if (stage->v->in_words &&
		   stage->v->extension != VI_NO_EXTENSION) {
		show_words_of_extension(stage);
	} else if (hardware_has(hardware, CPU_UNKNOWN)) {
		char *names =
			cpus_text(stage->v, &hardware->by_class[CPU_UNKNOWN]);

		stage_summary(
			stage,
			"the CPUID leaves with VMX and SVM are missing for %s",
			names);
		free(names);
		unknown(stage);
	} else if (stage->v->extension == VI_NO_EXTENSION) {
		without_extension(stage);
	} else if (hardware_has(hardware, CPU_WITHOUT) ||
		   (hardware->vmx.count && hardware->svm.count)) {
		fail_disagree(stage);
	} else {
		show_paging(stage);
		judge_incomplete(stage);
	}
}
