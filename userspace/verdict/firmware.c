// SPDX-License-Identifier: GPL-2.0-only
/* Is the extension on, or locked off, and by whom? */
#include "verdict/firmware.h"

#include <stdlib.h>

#include "base/release.h"
#include "model/kernel_log.h"
#include "model/register_name.h"
#include "model/tool_words.h"
#include "types.h"

/* Linux clears its flag where firmware disabled the extension, since: */
#define CLEARS_VMX KERNEL_RELEASE(5, 6)
#define CLEARS_SVM KERNEL_RELEASE(6, 7)

#define FEATURE_CONTROL_LOCK 0x1
/* What Linux sets beside the lock: SGX and its launch control. */
#define FEATURE_CONTROL_SGX 0x60000

bool is_vmx(const struct verdict_context *v)
{
	return v->extension == VI_VMX;
}

static enum flag_shown flag_shown(const struct verdict_context *v)
{
	return is_vmx(v) ? v->system->flag_vmx : v->system->flag_svm;
}

bool kernel_clears_flag(const struct verdict_context *v)
{
	return v->system->release >= (is_vmx(v) ? CLEARS_VMX : CLEARS_SVM);
}

bool command_line_hides(const struct verdict_context *v)
{
	return is_vmx(v) ? v->system->vmx_cleared :
			   v->extension == VI_SVM && v->system->svm_cleared;
}

/* Hidden by the command line it says nothing of the lock. */
static bool flag_missing(const struct verdict_context *v)
{
	return flag_shown(v) == FLAG_ON_NONE && !command_line_hides(v);
}

bool flag_present(const struct verdict_context *v)
{
	return flag_shown(v) == FLAG_ON_ALL;
}

bool is_not_locked(const struct verdict_context *v)
{
	if (kernel_clears_flag(v) && flag_present(v))
		return true;
	return (hardware_has(&v->hardware, CPU_ENABLED) ||
		hardware_has(&v->hardware, CPU_UNLOCKED)) &&
	       !hardware_has(&v->hardware, CPU_UNREAD) &&
	       !hardware_has(&v->hardware, CPU_FAULTED);
}

enum answer kernel_locks_vmx_off(const struct verdict_context *v)
{
	enum config_value config = v->system->config[CONFIG_KVM_INTEL];
	const struct module *module = system_module(v->system, "kvm_intel");

	if (v->system->release && v->system->release < CLEARS_VMX &&
	    !is_chromebook(v))
		return ANSWER_NO;
	if (config != CONFIG_UNKNOWN)
		return config == CONFIG_NO ? ANSWER_YES : ANSWER_NO;
	if (module->state == MODULE_STATE_LOADABLE || module_present(module))
		return ANSWER_NO;
	return module->state == MODULE_STATE_ABSENT ? ANSWER_YES :
						      ANSWER_UNKNOWN;
}

static const char *class_meaning(const struct verdict_context *v,
				 enum cpu_class class)
{
	bool vmx = is_vmx(v);

	switch (class) {
	case CPU_ENABLED:
		return vmx ? "lock bit and VMX outside SMX are set: on" :
			     "SVMDIS (bit 4) is clear: on";
	case CPU_UNLOCKED:
		return "the lock bit is clear: Linux turns VMX on and locks it, Windows leaves it off";
	case CPU_DISABLED:
		return vmx ? "locked with VMX off (bits 1 and 2 clear)" :
			     "SVMDIS (bit 4) is set: off";
	case CPU_SMX_ONLY:
		return "locked with VMX inside SMX only (bit 1 set, bit 2 clear)";
	case CPU_FAULTED:
		return register_status_text(VI_GP);
	default:
		return register_status_text(VI_ABSENT);
	}
}

static void show_class(struct stage *stage, enum cpu_class class)
{
	const struct host_group *example = stage->v->hardware.example[class];
	const char *name = is_vmx(stage->v) ? "IA32_FEATURE_CONTROL" : "VM_CR";
	enum vi_msr msr = is_vmx(stage->v) ? VI_IA32_FEATURE_CONTROL : VI_VM_CR;
	char *cpus;

	if (!example)
		return;
	cpus = cpus_text(stage->v, &stage->v->hardware.by_class[class]);
	if (class != CPU_UNREAD && class != CPU_FAULTED)
		stage_evidence(stage, "%s is 0x%llx on %s: %s", name,
			       example->sample.msr[msr], cpus,
			       class_meaning(stage->v, class));
	else
		stage_evidence(stage, "%s on %s: %s", name, cpus,
			       class_meaning(stage->v, class));
	free(cpus);
}

static void show_flag(struct stage *stage)
{
	const char *name = is_vmx(stage->v) ? "vmx" : "svm";

	if (flag_missing(stage->v))
		stage_evidence(
			stage,
			"CPUID has %s, but there is no flag \"%s\": the kernel hid it",
			extension_text(stage->v), name);
	else if (flag_present(stage->v))
		stage_evidence(stage, "the kernel shows the flag \"%s\"", name);
}

/* SVM whose lock is not set, or not known: off all the same. */
static bool off_unlocked(const struct verdict_context *v)
{
	const struct host_group *off = v->hardware.example[CPU_DISABLED];

	return !is_vmx(v) &&
	       (!off || field_answer(off, FIELD_VM_CR_lock) != ANSWER_YES);
}

void fail_locked(struct stage *stage)
{
	if (is_guest(stage->v)) {
		stage_fail(stage, REASON_HYPERVISOR_DISABLED);
		stage_summary(
			stage,
			"this is a guest of %s, and the %s that it is offered is locked off",
			hypervisor_name(stage->v->hypervisor->product),
			extension_text(stage->v));
		remedy_locked_guest(stage);
		return;
	}
	stage_fail(stage, REASON_FIRMWARE_DISABLED);
	stage_summary(stage, "firmware has %s %s off",
		      off_unlocked(stage->v) ? "turned" : "locked",
		      extension_text(stage->v));
	if (is_chromebook(stage->v))
		chromebook_locked(stage);
	else if (is_mac(stage->v))
		mac_locked(stage);
	else
		remedy_firmware(stage);
}

/* Could Linux itself have written this value? */
static bool kernel_could_write(const struct verdict_context *v)
{
	GROUP_EACH(v->host, group) {
		const struct vi_sample *sample = &group->sample;

		if (sample->msr_status[VI_IA32_FEATURE_CONTROL] == VI_READ &&
		    (sample->msr[VI_IA32_FEATURE_CONTROL] &
		     ~(u64)FEATURE_CONTROL_SGX) != FEATURE_CONTROL_LOCK)
			return false;
	}
	return true;
}

static void judge_disabled(struct stage *stage)
{
	const struct host_group *off = stage->v->hardware.example[CPU_DISABLED];

	if (is_vmx(stage->v) && kernel_could_write(stage->v) &&
	    kernel_locks_vmx_off(stage->v) == ANSWER_YES) {
		stage->status = STAGE_WARN;
		stage_summary(
			stage,
			"VMX is locked off, as this kernel itself does because it has no KVM for it");
		stage_evidence(
			stage, "%s",
			is_chromebook(stage->v) ?
				CHROMEBOOK_LOCKS :
				"a kernel without CONFIG_KVM_INTEL locks IA32_FEATURE_CONTROL with VMX off when firmware left it open");
		return;
	}
	fail_locked(stage);
	if (is_vmx(stage->v) || is_guest(stage->v))
		return;
	if (!off_unlocked(stage->v))
		stage_evidence(
			stage, "%s",
			field_answer(off, FIELD_CPUID_L8000000A_EDX_svml) ==
					ANSWER_YES ?
				"locked (VM_CR bit 3); the processor has the lock with a key (SVML), which only firmware knows" :
				"locked (VM_CR bit 3), without a key: only a reset opens it");
	else
		stage_evidence(
			stage,
			"not locked (VM_CR bit 3 is clear), but Linux leaves it as firmware set it");
}

/* A kernel started by tboot runs inside SMX: the bit for that is enough. */
static bool runs_inside_smx(const struct verdict_context *v)
{
	return flag_present(v) && kernel_clears_flag(v);
}

static void judge_smx(struct stage *stage)
{
	if (runs_inside_smx(stage->v))
		stage_evidence(
			stage,
			"the kernel shows vmx all the same: it runs inside SMX (tboot)");
	else if (is_guest(stage->v))
		fail_locked(stage);
	else
		stage_fail(stage, REASON_SMX_ONLY);
}

/* VirtualBox read the registers that its log does not have. Has it told? */
static bool vbox_tells(struct stage *stage)
{
	const struct vbox_words *vbox = &stage->v->system->vbox;

	if (vbox->used != VI_NO_EXTENSION &&
	    vbox->used == stage->v->extension) {
		stage_evidence(
			stage,
			"VirtualBox found it usable, which it is not where it is locked off: \"%s\"",
			vbox->used_text);
		return true;
	}
	return false;
}

/*
 * HAXM's checktool asks Windows whether firmware left VMX on, and macOS whether
 * its hypervisor framework works.
 */
static bool haxm_tells(struct stage *stage)
{
	const struct said *enabled =
		system_said(stage->v->system, "haxm VMX enabled");

	if (!enabled || !is_vmx(stage->v))
		return false;
	stage_evidence(stage, "HAXM says \"VMX enabled: %s\"", enabled->text);
	if (!enabled->number)
		fail_locked(stage);
	return true;
}

/* The log quotes what the extension is found to be. */
static void show_log_of_lock(struct stage *stage)
{
	static const enum log_claim claims[] = {
		LOG_VMX_ON,	   LOG_VMX_NOT_ON, LOG_VMX_SMX_ONLY,
		LOG_VMXON_FAULTED, LOG_SVM_ON,
	};
	const char *off = log_says_off(stage->v);

	if (off)
		stage_evidence(stage, "kernel log: %s", off);
	if (kvm_ok_says_off(stage->v))
		stage_evidence(stage, "kvm-ok: %s", kvm_ok_says_off(stage->v));
	show_log(stage, claims, ARRAY_SIZE(claims));
}

/* A flag proves more where the kernel's release is known. */
static void remedy_release(struct stage *stage)
{
	int since = is_vmx(stage->v) ? CLEARS_VMX : CLEARS_SVM;

	if (flag_present(stage->v) && !stage->v->system->release)
		stage_remedy(
			stage,
			"If uname -r says Linux %d.%d or later there, %s is on: that kernel hides the flag where it is locked off.",
			since / 1000, since % 1000, extension_text(stage->v));
}

/* No register tells: what others made of them may. */
static void judge_unread(struct stage *stage)
{
	const struct verdict_context *v = stage->v;
	bool hides = kernel_clears_flag(v);

	if (vbox_tells(stage) || haxm_tells(stage)) {
		return;
	} else if (tool_used_kvm(v->system)) {
		stage_evidence(
			stage,
			"%s: KVM works, which it does not where the extension is locked off",
			tool_used_kvm(v->system)->name.text);
	} else if (v->vendor->state == MODULE_STATE_LOADED) {
		stage_evidence(
			stage,
			"%s is loaded: it refuses to where the extension is locked off",
			v->vendor_module);
	} else if (v->answers) {
		stage_evidence(
			stage,
			"KVM answers, which it does not where the extension is locked off");
	} else if (judge_failure(stage) ||
		   v->system->log[is_vmx(v) ? LOG_VMX_ON : LOG_SVM_ON]) {
		return;
	} else if (log_of_use(v->system, v->extension)) {
		stage_evidence(
			stage, "the kernel says \"%s\" only where %s is on",
			log_of_use(v->system, v->extension), extension_text(v));
	} else if (hides && flag_present(v)) {
		stage_evidence(
			stage,
			"this kernel would hide the flag if the extension were locked off");
	} else if (!hides || !flag_missing(v) ||
		   (!is_guest(v) && hardware_has(&v->hardware, CPU_FAULTED))) {
		stage->status = STAGE_UNKNOWN;
		stage_summary(
			stage,
			"the processor has %s; whether firmware left it on is not known",
			extension_text(v));
		remedy_evidence(stage);
		remedy_release(stage);
	} else if (is_vmx(v) && kernel_locks_vmx_off(v) == ANSWER_YES) {
		stage->status = STAGE_WARN;
		stage_evidence(
			stage,
			"this kernel has no KVM for VMX and turns VMX off by itself");
	} else {
		fail_locked(stage);
	}
}

/*
 * The registers that were read say on, the log says off. KVM goes by what the
 * kernel found when it booted.
 */
static void judge_contradiction(struct stage *stage)
{
	if (hardware_has(&stage->v->hardware, CPU_UNREAD)) {
		fail_disagree(stage);
		return;
	}
	stage->status = STAGE_WARN;
	stage_summary(
		stage,
		"the registers say that %s is on, the kernel's log that it was off",
		extension_text(stage->v));
	stage_remedy(
		stage,
		"If both are of this boot, restart: KVM goes by what the kernel found when it started.");
}

void stage_firmware(struct stage *stage)
{
	const struct hardware *hardware = &stage->v->hardware;
	bool can = hardware_has(hardware, CPU_ENABLED) ||
		   hardware_has(hardware, CPU_UNLOCKED);
	bool off = hardware_has(hardware, CPU_DISABLED);
	bool smx = hardware_has(hardware, CPU_SMX_ONLY);

	if (stage->v->extension == VI_NO_EXTENSION && !hardware->any &&
	    stage->v->system->log[LOG_EXTENSION_OFF]) {
		show_log_of_lock(stage);
		fail_locked(stage);
		return;
	}
	if (stage->v->extension == VI_NO_EXTENSION || hardware->unnamed) {
		stage->status = STAGE_SKIPPED;
		return;
	}
	for (int class = CPU_ENABLED; class <= CPU_UNREAD; class ++)
		show_class(stage, class);
	show_flag(stage);
	show_log_of_lock(stage);
	if (can && smx && !off && runs_inside_smx(stage->v)) {
		judge_smx(stage);
	} else if (can && (off || smx)) {
		fail_disagree(stage);
	} else if (off) {
		judge_disabled(stage);
	} else if (smx) {
		judge_smx(stage);
	} else if (!judge_cpus_alike(stage)) {
		return;
	} else if (!can) {
		judge_unread(stage);
	} else if (hardware_has(hardware, CPU_FAULTED)) {
		stage->status = STAGE_UNKNOWN;
		stage_summary(stage, "%s could be read on some CPUs only",
			      is_vmx(stage->v) ? "IA32_FEATURE_CONTROL" :
						 "VM_CR");
		remedy_evidence(stage);
	} else if (log_says_off(stage->v)) {
		judge_contradiction(stage);
	} else if (hardware_has(hardware, CPU_UNREAD)) {
		stage->status = STAGE_WARN;
		stage_summary(stage,
			      "on; the register is known of some CPUs only");
	}
}
