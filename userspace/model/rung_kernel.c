// SPDX-License-Identifier: GPL-2.0-only
/* Has this kernel KVM, loaded, and the extension to itself? */
#include "model/rungs.h"

#include <errno.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "kvm/caps.h"
#include "kvm/errname.h"

/* KVM turns virtualization on when it loads since; out of KVM since: */
#define ENABLES_AT_LOAD KVM_RELEASE(6, 12)
#define ENABLED_APART	KVM_RELEASE(7, 1)

/* Modules of others who take VMX or SVM. */
static const struct {
	const char *module;
	const char *name;
} holders[] = {
	{ "vboxdrv", "VirtualBox (vboxdrv)" },	{ "vmmon", "VMware (vmmon)" },
	{ "jailhouse", "Jailhouse" },		{ "acrn", "ACRN" },
	{ "mshv_root", "Hyper-V (mshv_root)" }, { "haxm", "HAXM" },
};

const char *module_state(const struct judging *judging, const char *module)
{
	return facts_module(judging->facts, module);
}

bool module_present(const struct judging *judging, const char *module)
{
	return facts_module_present(judging->facts, module);
}

static const char *module_fact(const struct judging *judging,
			       const char *module, const char *what)
{
	char key[64];

	snprintf(key, sizeof(key), "module %s %s", module, what);
	return facts_get(judging->facts, key);
}

const char *module_parameter(const struct judging *judging, const char *module,
			     const char *parameter)
{
	char key[96];

	snprintf(key, sizeof(key), "parameter %s.%s", module, parameter);
	return facts_get(judging->facts, key);
}

static const char *holder(const struct judging *judging)
{
	size_t i;

	for (i = 0; i < sizeof(holders) / sizeof(holders[0]); i++)
		if (module_present(judging, holders[i].module))
			return holders[i].name;
	return NULL;
}

static void show_module(struct judging *judging, struct rung *rung,
			const char *module)
{
	const char *state = module_state(judging, module);
	const char *blocked = module_fact(judging, module, "blocked");
	const char *load = module_fact(judging, module, "load");

	if (state)
		rung_evidence(judging, rung, "module %s: %s", module, state);
	if (blocked)
		rung_evidence(judging, rung, "module %s: %s", module, blocked);
	if (load)
		rung_evidence(judging, rung, "loading %s: %s", module, load);
}

static void show_parameters(struct judging *judging, struct rung *rung)
{
	static const char *const names[] = {
		"nested",
		"ept",
		"npt",
		"unrestricted_guest",
		"enable_virt_at_load",
		"sev",
		"sev_es",
		"sev_snp",
		"tdx",
	};
	char line[256] = "";
	size_t i, module, used = 0;
	const char *modules[] = { "kvm", judging->vendor_module };

	for (module = 0; module < 2; module++) {
		if (!modules[module])
			continue;
		for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			const char *value = module_parameter(
				judging, modules[module], names[i]);

			if (!value || used >= sizeof(line))
				continue;
			used += (size_t)snprintf(
				line + used, sizeof(line) - used,
				"%s%s.%s=%.16s", used ? " " : "",
				modules[module], names[i], value);
		}
	}
	if (used)
		rung_evidence(judging, rung, "parameters: %s", line);
}

static void show_system(struct judging *judging, struct rung *rung)
{
	const char *lockdown = facts_get(judging->facts, "kernel lockdown");
	const char *enforce = facts_get(judging->facts, "kernel sig_enforce");
	const char *kvm = facts_get(judging->facts, "config CONFIG_KVM");
	const char *intel =
		facts_get(judging->facts, "config CONFIG_KVM_INTEL");
	const char *amd = facts_get(judging->facts, "config CONFIG_KVM_AMD");

	if (lockdown && strcmp(lockdown, "none"))
		rung_evidence(judging, rung, "kernel lockdown: %s", lockdown);
	if (enforce && !strcmp(enforce, "Y"))
		rung_evidence(
			judging, rung,
			"the kernel loads signed modules only (module.sig_enforce)");
	if (kvm)
		rung_evidence(
			judging, rung,
			"configuration: CONFIG_KVM=%s CONFIG_KVM_INTEL=%s CONFIG_KVM_AMD=%s",
			kvm, intel ? intel : "?", amd ? amd : "?");
}

static void no_kvm(struct judging *judging, struct rung *rung,
		   const char *config)
{
	rung_fail(judging, rung, REASON_NO_KVM);
	if (config && !strcmp(config, "m")) {
		rung_summary(
			judging, rung,
			"this kernel has KVM as a module, but the module's file is not installed");
		rung_remedy(
			judging, rung,
			"Here the kernel was built with it as a module that is not under /lib/modules: install the rest of the kernel's package (Ubuntu: linux-modules-extra; Fedora: kernel-modules-core).");
	} else {
		rung_summary(judging, rung, "this kernel has no KVM for %s",
			     extension_text(judging));
	}
}

/* What the kernel answers an attempt to load. */
static void load_failed(struct judging *judging, struct rung *rung,
			const char *error)
{
	int number = errname_parse(error);

	if (number == EBUSY) {
		rung_fail(judging, rung, REASON_IN_USE);
		remedy_sharing(judging, rung);
		return;
	}
	rung_fail(judging, rung, REASON_KVM_REFUSED);
	rung_summary(judging, rung, "the kernel refuses to load %s (%s)",
		     judging->vendor_module, error);
	if (number == ENOKEY || number == EKEYREJECTED || number == EBADMSG)
		rung_remedy(
			judging, rung,
			"Its signature is missing or of no key that this kernel trusts: use the module of the kernel's own package, or enrol its key.");
	else if (number == EPERM || number == EACCES)
		rung_remedy(
			judging, rung,
			"Lockdown, a security policy, module_blacklist= on the kernel's command line or kernel.modules_disabled forbids it.");
	else if (number == ENODEV || number == EOPNOTSUPP)
		rung_remedy(
			judging, rung,
			"KVM says that the processor is not for it: the kernel's log (dmesg) has the line.");
	else
		rung_remedy(
			judging, rung,
			"The kernel's log (dmesg) has the line that says why.");
}

static void blocked(struct judging *judging, struct rung *rung,
		    const char *module, const char *how)
{
	rung_fail(judging, rung, REASON_KVM_REFUSED);
	rung_summary(judging, rung, "%s is kept from loading: %s", module, how);
	if (!strncmp(how, "module_blacklist", 16))
		rung_remedy(
			judging, rung,
			"Take it out of the kernel's command line and restart.");
	else if (!strncmp(how, "modprobe.blacklist", 18))
		rung_remedy(
			judging, rung,
			"Take it out of the kernel's command line, or load it by hand: modprobe %s.",
			module);
	else if (!strncmp(how, "blacklist", 9))
		rung_remedy(
			judging, rung,
			"Remove that line; until then \"modprobe %s\" by hand still loads it.",
			module);
	else
		rung_remedy(judging, rung,
			    "Remove that line, then: modprobe %s.", module);
}

/* Not loaded, though its file is there. */
static void judge_loadable(struct judging *judging, struct rung *rung)
{
	const char *vendor = judging->vendor_module;
	const char *load = module_fact(judging, vendor, "load");
	const char *signature = module_fact(judging, vendor, "signature");
	const char *how = module_fact(judging, vendor, "blocked");
	const char *base = module_fact(judging, "kvm", "blocked");
	const char *lockdown = facts_get(judging->facts, "kernel lockdown");
	bool enforced = fact_is(judging, "kernel sig_enforce", "Y") ||
			(lockdown && strcmp(lockdown, "none"));

	if (load && strcmp(load, "ok")) {
		load_failed(judging, rung, load);
	} else if (fact_is(judging, "kernel modules_disabled", "1")) {
		rung_fail(judging, rung, REASON_KVM_REFUSED);
		rung_summary(
			judging, rung,
			"the kernel takes no more modules (kernel.modules_disabled is 1)");
		rung_remedy(judging, rung,
			    "Restart, and have %s loaded before that is set.",
			    vendor);
	} else if (how) {
		blocked(judging, rung, vendor, how);
	} else if (base && !module_present(judging, "kvm")) {
		blocked(judging, rung, "kvm", base);
	} else if (enforced && signature && !strcmp(signature, "none")) {
		rung_fail(judging, rung, REASON_KVM_REFUSED);
		rung_summary(
			judging, rung,
			"the kernel loads signed modules only, and %s has no signature",
			vendor);
		rung_remedy(
			judging, rung,
			"Use the module of the kernel's own package, or sign it with a key that the kernel trusts.");
	} else {
		rung_fail(judging, rung, REASON_KVM_NOT_LOADED);
		rung_summary(judging, rung, "%s is there but not loaded",
			     vendor);
		rung_remedy(judging, rung, "As root: modprobe %s.", vendor);
		if (enforced)
			rung_remedy(
				judging, rung,
				"The kernel loads signed modules only; whether it trusts this one shows when it is loaded.");
	}
}

static void held(struct judging *judging, struct rung *rung, const char *who)
{
	char *cpus = cpus_text(judging, &judging->hardware.on);

	rung_fail(judging, rung, REASON_IN_USE);
	if (judging->hardware.on.count)
		rung_evidence(judging, rung, "%s is on at this moment on %s",
			      judging->extension == VI_VMX ?
				      "VMX (CR4 bit 13)" :
				      "SVM (EFER bit 12)",
			      cpus);
	rung_summary(judging, rung, "%s is held by %s", extension_text(judging),
		     who ? who : "another hypervisor that is not known");
	remedy_sharing(judging, rung);
	free(cpus);
}

/* Is the extension on although KVM cannot be the one? */
static bool held_by_another(const struct judging *judging)
{
	const char *vendor = judging->vendor_module;
	const char *users;

	if (!judging->hardware.on.count)
		return false;
	if (!module_present(judging, vendor) &&
	    !fact_is(judging, "module kvm_intel", "unknown") &&
	    !fact_is(judging, "module kvm_amd", "unknown"))
		return judging->release < ENABLED_APART || holder(judging);
	users = module_fact(judging, vendor, "users");
	return judging->release && judging->release < ENABLES_AT_LOAD &&
	       users && !strcmp(users, "0");
}

static bool proof_met_busy(const struct judging *judging)
{
	return judging->proof.attempted &&
	       judging->proof.step == KVM_STEP_CREATE_VM &&
	       judging->proof.error == EBUSY;
}

/* KVM is loaded and so is another: who comes first shuts the other out. */
static void warn_neighbour(struct judging *judging, struct rung *rung)
{
	const char *other = holder(judging);

	if (!other)
		return;
	rung->status = RUNG_WARN;
	rung_evidence(judging, rung, "loaded beside KVM: %s", other);
	remedy_sharing(judging, rung);
}

static void judge_state(struct judging *judging, struct rung *rung,
			const char *state)
{
	const char *config =
		facts_get(judging->facts, judging->extension == VI_VMX ?
						  "config CONFIG_KVM_INTEL" :
						  "config CONFIG_KVM_AMD");

	if (module_present(judging, judging->vendor_module)) {
		warn_neighbour(judging, rung);
	} else if (!strcmp(state, "loadable")) {
		judge_loadable(judging, rung);
	} else if (!strcmp(state, "absent") ||
		   (config && !strcmp(config, "n"))) {
		no_kvm(judging, rung, config);
	} else if (config && !strcmp(config, "m")) {
		rung_fail(judging, rung, REASON_KVM_NOT_LOADED);
		rung_summary(
			judging, rung,
			"%s is not loaded, and its file cannot be seen from here",
			judging->vendor_module);
		rung_remedy(judging, rung, "On the host, as root: modprobe %s.",
			    judging->vendor_module);
	} else {
		rung->status = RUNG_UNKNOWN;
		rung_summary(
			judging, rung,
			"%s is not loaded; whether this kernel has it cannot be seen from here",
			judging->vendor_module);
		rung_remedy(
			judging, rung,
			"Run virtinfo check on the host itself, where /lib/modules is.");
	}
}

/* KVM that needs neither VMX nor SVM. */
static bool software_kvm(struct judging *judging, struct rung *rung)
{
	if (!module_present(judging, "kvm_pvm"))
		return false;
	show_module(judging, rung, "kvm_pvm");
	rung_summary(judging, rung, "software KVM (kvm_pvm) is loaded");
	return true;
}

void rung_kernel(struct judging *judging, struct rung *rung)
{
	const char *vendor = judging->vendor_module;
	const char *state = vendor ? module_state(judging, vendor) : NULL;

	if (!judging->system_told) {
		rung->status = RUNG_SKIPPED;
		return;
	}
	show_module(judging, rung, "kvm");
	if (vendor)
		show_module(judging, rung, vendor);
	show_system(judging, rung);
	show_parameters(judging, rung);
	if (proof_met_busy(judging) || (vendor && held_by_another(judging))) {
		held(judging, rung, holder(judging));
	} else if (vendor && module_present(judging, vendor)) {
		judge_state(judging, rung, state);
	} else if (software_kvm(judging, rung)) {
		return;
	} else if (state) {
		judge_state(judging, rung, state);
	} else if (!vendor) {
		rung->status = RUNG_SKIPPED;
	} else {
		rung->status = RUNG_UNKNOWN;
		rung_summary(judging, rung,
			     "the input does not tell of the module %s",
			     vendor);
		remedy_evidence(judging, rung);
	}
}
