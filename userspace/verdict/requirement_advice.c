// SPDX-License-Identifier: GPL-2.0-only
/* What a host lacks of what a profile asks for, and what to do about it. */
#include "verdict/requirement.h"

#include <string.h>

#include "model/kernel_log.h"
#include "model/known_modules.h"
#include "types.h"

/* Its node is there, and is not this user's. */
static bool is_closed(const struct host *host,
		      const struct requirement *requirement)
{
	return requirement->kind == REQUIRE_DEVICE &&
	       required_device(host, requirement)->state_text &&
	       required_device(host, requirement)->state != DEVICE_MISSING;
}

const char *requirement_lack(const struct host *host,
			     const struct requirement *requirement,
			     char text[REQUIREMENT_TEXT])
{
	char buffer[REQUIREMENT_TEXT];
	const char *name = requirement_name(requirement, buffer);
	const char *value;

	switch (requirement->kind) {
	case REQUIRE_PARAMETER:
		value = required_parameter(host, requirement);
		if (value)
			SAY(text, "%.90s is %.40s", name, value);
		else if (module_present(required_module(host, requirement)))
			break;
		else
			SAY(text, "module %.40s is not loaded",
			    requirement->key);
		return text;
	case REQUIRE_MODULE:
		if (!required_module(host, requirement)->state_text ||
		    required_module(host, requirement)->state ==
			    MODULE_STATE_ABSENT)
			break;
		SAY(text, "%.120s is not loaded", name);
		return text;
	case REQUIRE_DEVICE:
		if (!is_closed(host, requirement))
			break;
		SAY(text, "%.120s is not open to this user", name);
		return text;
	case REQUIRE_KERNEL:
		SAY(text, "%.120s is needed", name);
		return text;
	case REQUIRE_FREE:
		SAY(text, "VMX or SVM is in use");
		return text;
	case REQUIRE_SHARED:
		return shared_lack(host, text);
	case REQUIRE_IOMMU:
		SAY(text, "the IOMMU is %s",
		    iommu_state_text(iommu_state(&host->system.iommu_use)));
		return text;
	case REQUIRE_LINE:
		SAY(text, "the kernel's log says that %.120s",
		    log_claim_meaning((enum log_claim)requirement->number));
		return text;
	case REQUIRE_ABOVE:
		SAY(text, "%.100s: none", name);
		return text;
	default:
		break;
	}
	SAY(text, "%.120s is missing", name);
	return text;
}

/* To ask once more would not help. */
static const char *parameter_advice(const struct host *host,
				    const struct requirement *requirement)
{
	static const char *const names[NR_ASKED_PARAMETERS] = {
		[ASKED_TDX] = "tdx",
		[ASKED_SEV] = "sev",
		[ASKED_SEV_ES] = "sev_es",
		[ASKED_SEV_SNP] = "sev_snp",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (host->system.asked[i] &&
		    required_parameter(host, requirement) &&
		    !strcmp(requirement->parameter, names[i]))
			return "The kernel's command line turns it on, and it is off all the same, so that something below it is missing: set up all of it in the firmware setup, update the firmware, and see dmesg | grep -i -e tdx -e sev.";
	return requirement->why;
}

static bool is_in_tree(const char *module)
{
	for (size_t i = 0; i < NR_KNOWN_MODULES; i++)
		if (!strcmp(known_modules[i].name, module))
			return known_modules[i].in_tree;
	return false;
}

/* The kernel would refuse a modprobe, or has nothing to load. */
static const char *module_advice(const struct host *host,
				 const struct requirement *requirement)
{
	const struct system *system = &host->system;
	const struct module *wanted = required_module(host, requirement);
	bool refused = system->log[LOG_SIGNATURE_REFUSED] ||
		       system->log[LOG_LOCKDOWN_REFUSED];

	if (wanted->state == MODULE_STATE_ABSENT &&
	    is_in_tree(requirement->key))
		return "It is not installed for this kernel: " MODULES_PACKAGE;
	if (wanted->state == MODULE_STATE_ABSENT)
		return "It is not installed for this kernel: install the package that has it, or build it for this kernel (DKMS; VirtualBox: /sbin/vboxconfig).";
	if (wanted->state == MODULE_STATE_LOADABLE && wanted->not_signed &&
	    (system->sig_enforce || system->lockdown || refused))
		return "This kernel loads signed modules only (Secure Boot), and the module has no signature: sign it with a key that is enrolled (mokutil --import; DKMS and /sbin/vboxconfig sign with theirs), or turn Secure Boot off in the firmware setup.";
	return requirement->why;
}

const char *requirement_advice(const struct host *host,
			       const struct requirement *requirement)
{
	bool of_kvm = requirement->kind == REQUIRE_CAP ||
		      requirement->kind == REQUIRE_VM_TYPE ||
		      requirement->kind == REQUIRE_PARAMETER;

	if (requirement->kind == REQUIRE_SHARED)
		return shared_advice(host);
	if (requirement->kind == REQUIRE_MODULE)
		return module_advice(host, requirement);
	if (of_kvm && !vendor_loaded(host) &&
	    module_present(system_module(&host->system, "kvm_pvm")))
		return "This KVM works in software (kvm_pvm), without VMX or SVM, and does not have it: a host where KVM has VMX or SVM does.";
	if (requirement->kind == REQUIRE_PARAMETER)
		return parameter_advice(host, requirement);
	if (is_closed(host, requirement))
		return "The node is there: as root, let this user read and write it (by its group, or setfacl -m u:USER:rw).";
	return requirement->why;
}
