// SPDX-License-Identifier: GPL-2.0-only
/* The lock, from what KVM's modules answered when they were loaded. */
#include "verdict/firmware.h"

#include <errno.h>

/*
 * Does a cause other than the lock explain that KVM's module did not load?
 */
static bool load_has_other_cause(const struct verdict_context *v)
{
	const char *const *log = v->system->log;

	return command_line_hides(v) || log[LOG_CAPS_DIFFER] ||
	       log[LOG_NO_NX] || log[LOG_GUEST_OF_SEV] ||
	       log[LOG_VMXON_FAULTED] || log[LOG_ENABLING_FAILED] ||
	       log[LOG_LOCKDOWN_REFUSED] || log[LOG_SIGNATURE_REFUSED];
}

/*
 * What KVM's modules answer where the extension is turned off. In a guest EIO
 * is that of too little VMX, and kvm_amd gives EOPNOTSUPP for SEV too.
 */
static bool load_met_lock(const struct verdict_context *v)
{
	if (load_has_other_cause(v))
		return false;
	if (is_guest(v))
		return is_vmx(v) && v->vendor->load_error == EOPNOTSUPP;
	return v->vendor->load_error == EOPNOTSUPP ||
	       v->vendor->load_error == EIO;
}

/*
 * kvm is loaded first and stays when the module that needs it fails. Where
 * the log was read and this kernel would have said so it did not fail.
 */
static bool boot_met_lock(const struct verdict_context *v)
{
	const struct module *kvm = system_module(v->system, "kvm");

	if (kvm->state != MODULE_STATE_LOADED || kvm->users ||
	    v->vendor->state != MODULE_STATE_LOADABLE || v->vendor->block ||
	    v->vendor->load || is_guest(v) || load_has_other_cause(v))
		return false;
	return !log_should_say_off(v);
}

static void fail_at_loading(struct stage *stage)
{
	const char *vendor = stage->v->vendor_module;
	const char *load = stage->v->vendor->load;

	fail_locked(stage);
	stage_summary(stage,
		      "%s fails to load, as it does where %s has turned %s off",
		      vendor,
		      is_guest(stage->v) ? "the hypervisor" : "firmware",
		      extension_text(stage->v));
	if (load) {
		stage_evidence(
			stage,
			"loading %s: %s, which%s means that %s is turned off",
			vendor, load,
			is_guest(stage->v) ? "" : " without a hypervisor",
			extension_text(stage->v));
		return;
	}
	stage_evidence(
		stage,
		"kvm is loaded and %s is not: loading it failed when the system started",
		vendor);
	stage_remedy(stage, "To be sure that it fails, as root: modprobe %s.",
		     vendor);
}

bool judge_failure(struct stage *stage)
{
	const struct verdict_context *v = stage->v;

	if (log_says_off(v) || kvm_ok_says_off(v)) {
		fail_locked(stage);
	} else if (v->system->log[LOG_VMX_SMX_ONLY] && is_vmx(v)) {
		stage_fail(stage, REASON_SMX_ONLY);
	} else if (flag_present(v) && kernel_clears_flag(v)) {
		return false;
	} else if (!v->in_words && (load_met_lock(v) || boot_met_lock(v))) {
		fail_at_loading(stage);
	} else {
		return false;
	}
	return true;
}
