// SPDX-License-Identifier: GPL-2.0-only
/* The kernel refused to load KVM's module: why, and what to do. */
#include "base/array.h"
#include "verdict/stage.h"

#include <errno.h>
#include <string.h>

#include "types.h"

/* Only modules whose signature is of a key that the kernel trusts. */
#define SIGN_IT                                                                \
	"use the module of the kernel's own package, or sign it with a key that is enrolled (mokutil --import)"

static bool log_has(const struct stage *stage, enum log_claim claim)
{
	return stage->v->system->log[claim];
}

static bool is_locked_down(const struct stage *stage)
{
	return stage->v->system->lockdown ||
	       log_has(stage, LOG_LOCKDOWN_REFUSED) ||
	       log_has(stage, LOG_LOCKED_DOWN);
}

static void forbidden(struct stage *stage)
{
	if (log_has(stage, LOG_MODULE_BLACKLISTED))
		stage_remedy(
			stage,
			"Take module_blacklist= out of the kernel's command line and restart.");
	else if (stage->v->system->modules_disabled)
		stage_remedy(
			stage,
			"The kernel takes no more modules (kernel.modules_disabled is 1): restart, and have %s loaded before that is set.",
			stage->v->vendor_module);
	else if (is_locked_down(stage))
		stage_remedy(
			stage,
			"The kernel is locked down, as with Secure Boot, and loads signed modules only: " SIGN_IT
			"; or turn Secure Boot off in the firmware setup.");
	else
		stage_remedy(
			stage,
			"Lockdown, a security policy, module_blacklist= on the kernel's command line or kernel.modules_disabled forbids it.");
}

/* Nothing but the kernel's log tells more of these. */
static bool is_general(int error)
{
	return error == EIO || error == EOPNOTSUPP || error == EINVAL;
}

/* A vendor module that is loaded beside the one that is refused, or NULL. */
static const char *loaded_vendor(const struct verdict_context *v)
{
	static const char *const names[] = { "kvm_intel", "kvm_amd",
					     "kvm_pvm" };

	ARRAY_EACH(name, names, ARRAY_SIZE(names))
		if (has_module(v, *name))
			return *name;
	return NULL;
}

/* KVM takes one: "already loaded vendor module 'kvm_pvm'". */
static void beside_another(struct stage *stage)
{
	const char *other = loaded_vendor(stage->v);
	const char *line = stage->v->system->log[LOG_OTHER_MODULE];
	const char *quoted = line ? strchr(line, '\'') : NULL;

	stage_summary(
		stage,
		"another vendor module of KVM is loaded, so that %s is not",
		stage->v->vendor_module);
	stage_remedy(stage, "KVM takes one vendor module at a time.");
	if (other)
		stage_remedy(stage,
			     "As root: modprobe -r %s, then modprobe %s.",
			     other, stage->v->vendor_module);
	else if (quoted)
		stage_remedy(stage,
			     "As root: modprobe -r %.*s, then modprobe %s.",
			     (int)strcspn(quoted + 1, "'"), quoted + 1,
			     stage->v->vendor_module);
	else
		stage_remedy(
			stage,
			"As root: lsmod | grep kvm shows which; modprobe -r that, then modprobe %s.",
			stage->v->vendor_module);
}

/*
 * kvm_intel gives EIO where a capability that it needs is missing, or differs
 * among the CPUs (setup_vmcs_config(), vmx_check_processor_compat()).
 */
static void remedy_without_cause(struct stage *stage)
{
	const struct verdict_context *v = stage->v;

	remedy_log(stage);
	if (v->extension != VI_VMX || v->vendor->load_error != EIO ||
	    log_of_load(v))
		return;
	stage_remedy(
		stage,
		"With VMX on, EIO means that its capabilities lack something that kvm_intel needs, or differ among the CPUs: update the firmware and the microcode, and power-cycle. The VMX capability registers of each CPU tell: run \"virtinfo check\" there with virtinfo.ko loaded, or as root with the module msr.");
}

static bool judge_pending(struct stage *stage)
{
	const struct system *system = stage->v->system;

	if (!system->restart_changes_kvm)
		return false;
	stage_fail(stage, REASON_RESTART_NEEDED);
	stage_summary(
		stage,
		"the kernel refuses to load %s (%s), and an update waits for a restart: %s",
		stage->v->vendor_module, stage->v->vendor->load,
		system->restart_pending);
	stage_remedy(stage, "Restart this system, then look again.");
	return true;
}

void judge_failed_load(struct stage *stage)
{
	int error = stage->v->vendor->load_error;

	if (error == EBUSY) {
		stage_fail(stage, REASON_IN_USE);
		remedy_sharing(stage);
		return;
	}
	if ((error == ENOEXEC || error == ENOENT ||
	     (is_general(error) && !is_guest(stage->v) &&
	      !log_of_load(stage->v))) &&
	    judge_pending(stage))
		return;
	stage_fail(stage, REASON_KVM_REFUSED);
	stage_summary(stage, "the kernel refuses to load %s (%s)",
		      stage->v->vendor_module, stage->v->vendor->load);
	if (error == ENOKEY || error == EKEYREJECTED || error == EBADMSG)
		stage_remedy(
			stage,
			"Its signature is missing or of no key that this kernel trusts: " SIGN_IT
			".");
	else if (error == EPERM || error == EACCES)
		forbidden(stage);
	else if (error == ENOEXEC || error == ENOENT)
		stage_remedy(
			stage,
			"The module's file was not built for the running kernel, or is damaged: install that kernel's package of modules again and run depmod -a; if the kernel was updated, restart.");
	else if (log_has(stage, LOG_NO_NX))
		remedy_no_nx(stage);
	else if (error == EEXIST || log_has(stage, LOG_OTHER_MODULE))
		beside_another(stage);
	else if (error == EIO && is_guest(stage->v))
		remedy_too_little(stage);
	else if (error == EOPNOTSUPP && is_guest(stage->v) &&
		 stage->v->extension == VI_SVM)
		remedy_svm_refused(stage);
	else
		remedy_without_cause(stage);
	if (stage->v->system->restart_pending)
		stage_remedy(stage,
			     "Restart first: an update waits for it (%s).",
			     stage->v->system->restart_pending);
}
