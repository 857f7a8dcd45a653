// SPDX-License-Identifier: GPL-2.0-only
/* Requirements of those who share VMX or SVM with KVM. */
#include "base/release.h"
#include "model/hardware.h"
#include "verdict/requirement.h"
#include "verdict/sharing.h"

static bool on_anywhere(const struct host *host, bool *known)
{
	bool on = false;
	size_t i;

	*known = host->nr_groups > 0;
	for (i = 0; i < host->nr_groups; i++) {
		on = on || host->groups[i]->vmx_on.count ||
		     host->groups[i]->svm_on.count;
		*known = *known && host->groups[i]->on_known;
	}
	return on;
}

bool vendor_loaded(const struct host *host)
{
	const struct system *system = &host->system;

	return module_present(system_module(system, vendor_module(VI_VMX))) ||
	       module_present(system_module(system, vendor_module(VI_SVM)));
}

static bool vendor_builtin(const struct host *host)
{
	const struct system *system = &host->system;

	return system_module(system, vendor_module(VI_VMX))->state ==
		       MODULE_STATE_BUILTIN ||
	       system_module(system, vendor_module(VI_SVM))->state ==
		       MODULE_STATE_BUILTIN;
}

/* From 6.12 on KVM takes it when it loads, unless told otherwise. */
enum answer free_met(const struct host *host, char seen[REQUIREMENT_TEXT])
{
	int release = host->system.release;
	bool known, on = on_anywhere(host, &known);

	if (kvm_holds_at_load(&host->system) && vendor_loaded(host)) {
		SAY(seen,
		    "KVM is loaded and has taken it (enable_virt_at_load)");
		return ANSWER_NO;
	}
	if (on && release < KERNEL_ENABLES_APART) {
		SAY(seen, "CR4.VMXE or EFER.SVME is set");
		return ANSWER_NO;
	}
	if (known && !on) {
		SAY(seen, "CR4.VMXE and EFER.SVME are clear on every CPU");
		return ANSWER_YES;
	}
	if (release >= KERNEL_ENABLES_AT_LOAD &&
	    system_module(&host->system, "kvm")->state_text &&
	    !vendor_loaded(host) && !on) {
		SAY(seen, "KVM is not loaded");
		return ANSWER_YES;
	}
	return not_known(seen);
}

static bool kvm_known(const struct host *host)
{
	return system_module(&host->system, "kvm")->state_text ||
	       system_module(&host->system, "kvm_intel")->state_text ||
	       system_module(&host->system, "kvm_amd")->state_text;
}

/* VirtualBox that leaves it to KVM to turn the extension on. */
static enum answer kvm_met(const struct host *host, char seen[REQUIREMENT_TEXT])
{
	if (!vendor_loaded(host)) {
		if (!kvm_known(host))
			return not_known(seen);
		SAY(seen, "KVM is not loaded");
		return ANSWER_YES;
	}
	if (!kvm_holds_at_load(&host->system)) {
		SAY(seen, "KVM is loaded with enable_virt_at_load=0");
		return ANSWER_NO;
	}
	SAY(seen, "KVM is loaded and has turned it on");
	return ANSWER_YES;
}

enum answer shared_met(const struct host *host, char seen[REQUIREMENT_TEXT])
{
	switch (virtualbox_way(&host->system)) {
	case VIRTUALBOX_TAKES_IT:
		return free_met(host, seen);
	case VIRTUALBOX_ASKS_KVM:
		SAY(seen, "VirtualBox asks KVM for it");
		return ANSWER_YES;
	case VIRTUALBOX_NEEDS_KVM:
		return kvm_met(host, seen);
	default:
		break;
	}
	if (kvm_known(host) && !vendor_loaded(host)) {
		SAY(seen, "KVM is not loaded");
		return ANSWER_YES;
	}
	SAY(seen, "the version of VirtualBox is not known");
	return ANSWER_UNKNOWN;
}

static bool needs_kvm(const struct host *host)
{
	return virtualbox_way(&host->system) == VIRTUALBOX_NEEDS_KVM;
}

const char *shared_lack(const struct host *host, char text[REQUIREMENT_TEXT])
{
	if (needs_kvm(host))
		SAY(text,
		    "this VirtualBox gets VMX or SVM from KVM, which is loaded with enable_virt_at_load=0 (VERR_SVM_HOST_SVME_NOT_ENABLED)");
	else
		SAY(text, "VMX or SVM is in use");
	return text;
}

const char *shared_advice(const struct host *host)
{
	if (needs_kvm(host))
		return "Remove enable_virt_at_load=0 (from /etc/modprobe.d and the kernel's command line) and reload kvm and its vendor module, or unload both.";
	if (vendor_builtin(host) && kvm_holds_at_load(&host->system))
		return "KVM is built into this kernel and cannot be unloaded: add kvm.enable_virt_at_load=0 to the kernel's command line and restart.";
	return "Shut down KVM's guests; from Linux 6.12 on unload kvm_intel or kvm_amd, or load kvm with enable_virt_at_load=0.";
}
