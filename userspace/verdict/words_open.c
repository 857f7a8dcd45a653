// SPDX-License-Identifier: GPL-2.0-only
/* Words that tell of no extension: what they leave open, and who knows more. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "model/messages.h"
#include "model/tool_words.h"
#include "verdict/stage.h"

/*
 * The claim that KVM's module found no extension; NR_LOG_CLAIMS if none does.
 * kvm_intel that is built in says so on a processor of AMD's as well; kvm_amd
 * looks at the vendor first.
 */
enum log_claim log_lacks(const struct system *system)
{
	if (system->log[LOG_NO_SVM])
		return LOG_NO_SVM;
	if (system->log[LOG_NO_VMX] && system->vendor != VI_SVM)
		return LOG_NO_VMX;
	return NR_LOG_CLAIMS;
}

void show_log_of_lack(struct stage *stage)
{
	static const enum log_claim claims[] = {
		LOG_NO_VMX,
		LOG_NO_SVM,
		LOG_NO_EXTENSION,
		LOG_GUEST_OF_SEV,
	};

	show_log(stage, claims, ARRAY_SIZE(claims));
}

/* Without a hypervisor firmware may be why. */
static void lack_in_log(struct stage *stage, enum log_claim claim)
{
	stage_summary(stage, "the kernel's log says that %s",
		      log_claim_meaning(claim));
	stage_remedy(
		stage,
		"If processors of that model have it, turn %s on in the firmware setup, and power-cycle; in a virtual machine its host decides.",
		claim == LOG_NO_SVM ? "SVM Mode (AMD-V)" : "VT-x");
}

/*
 * Without a vendor nobody knows which of the two modules it was: kvm_intel says
 * it on AMD's processors too where a system tries both.
 */
static void no_hardware(struct stage *stage)
{
	stage_summary(
		stage,
		"a module of KVM found no VMX or SVM; whether it is the one for this processor is not known");
	stage_remedy(
		stage,
		"As root: modprobe kvm_amd on a processor of AMD's or Hygon's, modprobe kvm_intel on others. Where that is refused, turn SVM Mode (AMD-V) or VT-x on in the firmware setup, and power-cycle; in a virtual machine its host decides.");
}

/* kvm stays loaded when the module that needs it is refused. */
static bool kvm_is_alone(const struct system *system)
{
	const struct module *kvm = system_module(system, "kvm");

	return kvm->state == MODULE_STATE_LOADED && kvm->users_known &&
	       !kvm->users;
}

static void alone(struct stage *stage)
{
	stage_evidence(stage, "module kvm: loaded, users: 0");
	stage_summary(
		stage,
		"kvm is loaded, and neither kvm_intel nor kvm_amd: they are refused where VMX or SVM is missing or turned off");
	stage_remedy(
		stage,
		"As root: modprobe kvm_intel, or modprobe kvm_amd on a processor of AMD's or Hygon's; then its answer and dmesg | grep -i kvm say why.");
}

/* The message that modprobe prints where loading one of the two failed, or NULL. */
static const struct message *refused(struct stage *stage)
{
	static const char *const names[] = { "kvm_intel", "kvm_amd" };
	const struct message *message = NULL;
	char id[64];

	ARRAY_EACH(name, names, ARRAY_SIZE(names)) {
		const char *load = system_module(stage->v->system, *name)->load;

		if (!load)
			continue;
		stage_evidence(stage, "loading %s: %s", *name, load);
		snprintf(id, sizeof(id), "modprobe_%s", load);
		if (!message)
			message = message_by_id(id, strlen(id));
	}
	return message;
}

/* What words without an extension leave open. */
void words_tell_nothing(struct stage *stage)
{
	const struct said *flag = tool_either_flag(stage->v->system);
	const struct said *libvirt =
		system_said(stage->v->system, "libvirt domain kvm");
	bool no_vmx = tool_answer(stage->v->system, FIELD_CPUID_L1_ECX_vmx) ==
		      ANSWER_NO;

	enum log_claim lack = log_lacks(stage->v->system);
	const struct message *message = refused(stage);

	show_log_of_lack(stage);
	/* Firmware's lock hides a flag, and so does the kernel. */
	if (lack != NR_LOG_CLAIMS) {
		show_no_flag(stage);
		lack_in_log(stage, lack);
	} else if (show_no_flag(stage)) {
		stage_summary(
			stage,
			"the kernel shows neither VMX nor SVM; whether the processor has it is not known");
	} else if (flag && flag->number) {
		show_tools(stage);
		stage_summary(
			stage,
			"the kernel shows VMX or SVM, which of them is not known; nor whether firmware left it on");
	} else if (no_vmx) {
		show_tools(stage);
		stage_summary(
			stage,
			"CPUID shows no VMX; whether the processor has SVM, or a hypervisor hides VMX, is not known");
	} else if (libvirt && !libvirt->number) {
		stage_evidence(stage, "libvirt domain kvm: no");
		stage_summary(
			stage,
			"libvirt found no KVM that it could use; why is not known");
	} else if (stage->v->device->state == DEVICE_MISSING) {
		stage_summary(
			stage,
			"there is no /dev/kvm; whether the processor has VMX or SVM, and firmware left it on, is not known");
	} else if (stage->v->system->log[LOG_NO_EXTENSION]) {
		no_hardware(stage);
	} else if (message) {
		stage_summary(stage, "%s", message->meaning);
	} else if (kvm_is_alone(stage->v->system)) {
		alone(stage);
	} else if (is_guest(stage->v)) {
		stage_summary(
			stage,
			"this is a guest of %s; whether it is offered VMX or SVM is not known",
			hypervisor_name(stage->v->hypervisor->product));
	} else if (!stage->v->hardware.any) {
		stage_summary(stage, "the input holds no CPU");
	}
	stage->status = STAGE_UNKNOWN;
	if (message)
		remedy_message(stage, message);
	else
		remedy_evidence(stage);
}
