// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the kernel says in words, its log and its flags, and what other tools
 * say. The log is quoted where it bears on the verdict, and all of them tell of
 * the extension where the input has no register that does.
 */
#include "verdict/stage.h"

#include <string.h>

#include "base/release.h"
#include "model/tool_words.h"
#include "types.h"

static bool is_shown(enum flag_shown flag)
{
	return flag == FLAG_ON_SOME || flag == FLAG_ON_ALL;
}

/* What only a processor with VMX makes the kernel say. */
static const enum log_claim vmx_claims[] = {
	LOG_VMX_ON,	   LOG_VMX_NOT_ON,  LOG_VMX_OFF,     LOG_VMX_SMX_ONLY,
	LOG_VMXON_FAULTED, LOG_CAPS_DIFFER, LOG_XEN_HAS_VMX,
};

/* And with SVM. */
static const enum log_claim svm_claims[] = {
	LOG_SVM_ON,
	LOG_SVM_OFF,
	LOG_XEN_HAS_SVM,
};

/* What kvm_amd says behind its check that SVM is there and on. */
static const enum log_claim svm_uses[] = {
	LOG_NESTED_ON,	     LOG_NPT_ON,       LOG_NPT_OFF,   LOG_SEV_ON,
	LOG_SEV_OFF,	     LOG_SEV_UNUSABLE, LOG_SEV_ES_ON, LOG_SEV_ES_OFF,
	LOG_SEV_ES_UNUSABLE, LOG_SNP_ON,       LOG_SNP_OFF,   LOG_SNP_UNUSABLE,
};

/*
 * The TDX module is called with VMX on, and Xen looks at the lock before it
 * looks at the controls.
 */
static const enum log_claim vmx_uses[] = { LOG_TDX_ON, LOG_VMX_INCOMPLETE };

static const char *first_line(const struct system *system,
			      const enum log_claim *claims, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (system->log[claims[i]])
			return system->log[claims[i]];
	return NULL;
}

const char *log_of_use(const struct system *system, enum vi_extension extension)
{
	switch (extension) {
	case VI_VMX:
		return first_line(system, vmx_uses, ARRAY_SIZE(vmx_uses));
	case VI_SVM:
		return first_line(system, svm_uses, ARRAY_SIZE(svm_uses));
	default:
		return NULL;
	}
}

/* KVM's part for a vendor does not load without the extension. */
static bool is_loaded(const struct system *system, const char *module)
{
	return system_module(system, module)->state == MODULE_STATE_LOADED;
}

enum vi_extension words_extension(const struct system *system)
{
	if (is_shown(system->flag_vmx) || system->kvm_ok.vmx ||
	    first_line(system, vmx_claims, ARRAY_SIZE(vmx_claims)) ||
	    log_of_use(system, VI_VMX))
		return VI_VMX;
	if (is_shown(system->flag_svm) || system->kvm_ok.svm ||
	    first_line(system, svm_claims, ARRAY_SIZE(svm_claims)) ||
	    log_of_use(system, VI_SVM))
		return VI_SVM;
	if (is_loaded(system, "kvm_intel"))
		return VI_VMX;
	if (is_loaded(system, "kvm_amd"))
		return VI_SVM;
	/* KVM says so of a processor that has one: the vendor tells which. */
	if (system->log[LOG_EXTENSION_OFF] && system->vendor != VI_NO_EXTENSION)
		return system->vendor;
	if (tool_extension(system) != VI_NO_EXTENSION)
		return tool_extension(system);
	return printed_extension(system);
}

static void show_said(struct stage *stage, const struct said *said)
{
	if (said)
		stage_evidence(stage, "%s: %s", said->name.text, said->text);
}

void show_tools(struct stage *stage)
{
	const struct system *system = stage->v->system;

	show_said(stage, tool_word(system, FIELD_CPUID_L1_ECX_vmx));
	show_said(stage, tool_word(system, FIELD_CPUID_L80000001_ECX_svm));
	show_said(stage, tool_either_flag(system));
	show_said(stage, tool_used_kvm(system));
}

void show_log(struct stage *stage, const enum log_claim *claims, size_t count)
{
	const struct system *system = stage->v->system;
	size_t i;

	for (i = 0; i < count; i++)
		if (system->log[claims[i]])
			stage_evidence(stage, "kernel log: %s",
				       system->log[claims[i]]);
}

void show_words_of_extension(struct stage *stage)
{
	const struct system *system = stage->v->system;
	const char *use = log_of_use(system, stage->v->extension);

	if (is_shown(system->flag_vmx) || is_shown(system->flag_svm))
		stage_evidence(stage, "the kernel shows the flag \"%s\"",
			       stage->v->extension == VI_VMX ? "vmx" : "svm");
	if (system->kvm_ok.vmx || system->kvm_ok.svm)
		stage_evidence(stage, "kvm-ok found the flag \"%s\"",
			       system->kvm_ok.vmx ? "vmx" : "svm");
	show_tools(stage);
	if (is_loaded(system, stage->v->vendor_module))
		stage_evidence(stage, "%s is loaded, which needs %s",
			       stage->v->vendor_module,
			       extension_text(stage->v));
	if (stage->v->extension == VI_VMX)
		show_log(stage, vmx_claims, ARRAY_SIZE(vmx_claims));
	else
		show_log(stage, svm_claims, ARRAY_SIZE(svm_claims));
	if (use)
		stage_evidence(stage, "kernel log: %s", use);
}

bool show_no_flag(struct stage *stage)
{
	const struct kvm_ok *kvm_ok = &stage->v->system->kvm_ok;
	bool no_vmx = stage->v->system->flag_vmx == FLAG_ON_NONE;
	bool no_svm = stage->v->system->flag_svm == FLAG_ON_NONE;

	if (kvm_ok->no_flag)
		stage_evidence(stage, "kvm-ok: %s", kvm_ok->no_flag);
	if (!no_vmx && !no_svm)
		return kvm_ok->no_flag;
	stage_evidence(stage, "the kernel shows no flag %s%s%s",
		       no_vmx ? "\"vmx\"" : "", no_vmx && no_svm ? " or " : "",
		       no_svm ? "\"svm\"" : "");
	return true;
}

/*
 * Since 6.7 the kernel takes SVM out of its flags where it is turned off, and
 * kvm_amd then finds none.
 */
static bool svm_was_taken_out(const struct verdict_context *v)
{
	return v->system->log[LOG_NO_SVM] && v->hardware.svm.count &&
	       v->system->release >= KERNEL_RELEASE(6, 7);
}

const char *log_says_off(const struct verdict_context *v)
{
	const char *const *log = v->system->log;

	if (v->extension == VI_VMX && log[LOG_VMX_OFF])
		return log[LOG_VMX_OFF];
	if (v->extension == VI_SVM && log[LOG_SVM_OFF])
		return log[LOG_SVM_OFF];
	if (v->extension == VI_SVM && svm_was_taken_out(v))
		return log[LOG_NO_SVM];
	return log[LOG_EXTENSION_OFF];
}

const char *kvm_ok_says_off(const struct verdict_context *v)
{
	const struct kvm_ok *kvm_ok = &v->system->kvm_ok;

	return (v->extension == VI_VMX && kvm_ok->vmx) ||
			       (v->extension == VI_SVM && kvm_ok->svm) ?
		       kvm_ok->disabled :
		       NULL;
}

/* Why KVM's module is not loaded, but for the lock. */
static const enum log_claim load_claims[] = {
	LOG_CAPS_DIFFER,
	LOG_VMX_INCOMPLETE,
	LOG_VMXON_FAULTED,
	LOG_ENABLING_FAILED,
	LOG_NO_VMX,
	LOG_NO_SVM,
	LOG_NO_NX,
	LOG_OTHER_MODULE,
	LOG_LOCKDOWN_REFUSED,
	LOG_SIGNATURE_REFUSED,
	LOG_MODULE_BLACKLISTED,
};

void show_log_of_load(struct stage *stage)
{
	show_log(stage, load_claims, ARRAY_SIZE(load_claims));
	if (stage->v->system->log_unreadable)
		stage_evidence(stage, "kernel log: %s",
			       stage->v->system->log_unreadable);
}

/* What this release is known to print where the extension is turned off. */
static const char *promise_of_lock(const struct verdict_context *v)
{
	int release = v->system->release;
	const char *promise = kernel_log_promise(
		v->extension == VI_VMX ? LOG_VMX_OFF : LOG_SVM_OFF, release);

	return promise ? promise :
			 kernel_log_promise(LOG_EXTENSION_OFF, release);
}

bool log_should_say_off(const struct verdict_context *v)
{
	return v->system->log_was_read && promise_of_lock(v);
}

bool log_of_load(const struct verdict_context *v)
{
	return first_line(v->system, load_claims, ARRAY_SIZE(load_claims));
}

void remedy_log(struct stage *stage)
{
	const struct system *system = stage->v->system;
	const char *promise =
		is_not_locked(stage->v) ? NULL : promise_of_lock(stage->v);

	if (log_of_load(stage->v))
		stage_remedy(stage,
			     "The line of the kernel's log above says why.");
	else if (system->log_was_read)
		stage_remedy(
			stage,
			"The kernel's log has no line that is known to say why.");
	else if (promise)
		stage_remedy(
			stage,
			"The kernel's log (dmesg | grep -i kvm) may say why; if it has \"%.*s\", %s is turned off.",
			(int)strcspn(promise, "%"), promise,
			extension_text(stage->v));
	else
		stage_remedy(
			stage,
			"The kernel's log may say why: dmesg | grep -i kvm.");
}
