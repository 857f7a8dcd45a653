// SPDX-License-Identifier: GPL-2.0-only
/* Has this kernel KVM, loaded, and the extension to itself? */
#include "verdict/stage.h"

#include <errno.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "kvm/caps.h"
#include "base/errname.h"

/* KVM turns virtualization on when it loads since; out of KVM since: */

/* Modules of others who take VMX or SVM. */
static const struct {
	const char *module;
	const char *name;
} holders[] = {
	{ "vboxdrv", "VirtualBox (vboxdrv)" },	{ "vmmon", "VMware (vmmon)" },
	{ "jailhouse", "Jailhouse" },		{ "acrn", "ACRN" },
	{ "mshv_root", "Hyper-V (mshv_root)" }, { "haxm", "HAXM" },
};

const char *module_state(const struct verdict_context *v, const char *module)
{
	return facts_module(v->facts, module);
}

bool module_present(const struct verdict_context *v, const char *module)
{
	return facts_module_present(v->facts, module);
}

static const char *module_fact(const struct verdict_context *v,
			       const char *module, const char *what)
{
	char key[64];

	snprintf(key, sizeof(key), "module %s %s", module, what);
	return facts_get(v->facts, key);
}

const char *module_parameter(const struct verdict_context *v,
			     const char *module, const char *parameter)
{
	char key[96];

	snprintf(key, sizeof(key), "parameter %s.%s", module, parameter);
	return facts_get(v->facts, key);
}

static const char *holder(const struct verdict_context *v)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(holders); i++)
		if (module_present(v, holders[i].module))
			return holders[i].name;
	return NULL;
}

static void show_module(struct stage *stage, const char *module)
{
	const char *state = module_state(stage->v, module);
	const char *blocked = module_fact(stage->v, module, "blocked");
	const char *load = module_fact(stage->v, module, "load");

	if (state)
		stage_evidence(stage, "module %s: %s", module, state);
	if (blocked)
		stage_evidence(stage, "module %s: %s", module, blocked);
	if (load)
		stage_evidence(stage, "loading %s: %s", module, load);
}

static void show_parameters(struct stage *stage)
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
	const char *modules[] = { "kvm", stage->v->vendor_module };

	for (module = 0; module < 2; module++) {
		if (!modules[module])
			continue;
		for (i = 0; i < ARRAY_SIZE(names); i++) {
			const char *value = module_parameter(
				stage->v, modules[module], names[i]);

			if (!value || used >= sizeof(line))
				continue;
			used += (size_t)snprintf(
				line + used, sizeof(line) - used,
				"%s%s.%s=%.16s", used ? " " : "",
				modules[module], names[i], value);
		}
	}
	if (used)
		stage_evidence(stage, "parameters: %s", line);
}

static void show_system(struct stage *stage)
{
	const char *lockdown = facts_get(stage->v->facts, "kernel lockdown");
	const char *enforce = facts_get(stage->v->facts, "kernel sig_enforce");
	const char *kvm = facts_get(stage->v->facts, "config CONFIG_KVM");
	const char *intel =
		facts_get(stage->v->facts, "config CONFIG_KVM_INTEL");
	const char *amd = facts_get(stage->v->facts, "config CONFIG_KVM_AMD");

	if (lockdown && strcmp(lockdown, "none"))
		stage_evidence(stage, "kernel lockdown: %s", lockdown);
	if (enforce && !strcmp(enforce, "Y"))
		stage_evidence(
			stage,
			"the kernel loads signed modules only (module.sig_enforce)");
	if (kvm)
		stage_evidence(
			stage,
			"configuration: CONFIG_KVM=%s CONFIG_KVM_INTEL=%s CONFIG_KVM_AMD=%s",
			kvm, intel ? intel : "?", amd ? amd : "?");
}

static void no_kvm(struct stage *stage, const char *config)
{
	stage_fail(stage, REASON_NO_KVM);
	if (config && !strcmp(config, "m")) {
		stage_summary(
			stage,
			"this kernel has KVM as a module, but the module's file is not installed");
		stage_remedy(
			stage,
			"Here the kernel was built with it as a module that is not under /lib/modules: install the rest of the kernel's package (Ubuntu: linux-modules-extra; Fedora: kernel-modules-core).");
	} else {
		stage_summary(stage, "this kernel has no KVM for %s",
			      extension_text(stage->v));
	}
}

/* What the kernel answers an attempt to load. */
static void load_failed(struct stage *stage, const char *error)
{
	int number = errname_parse(error);

	if (number == EBUSY) {
		stage_fail(stage, REASON_IN_USE);
		remedy_sharing(stage);
		return;
	}
	stage_fail(stage, REASON_KVM_REFUSED);
	stage_summary(stage, "the kernel refuses to load %s (%s)",
		      stage->v->vendor_module, error);
	if (number == ENOKEY || number == EKEYREJECTED || number == EBADMSG)
		stage_remedy(
			stage,
			"Its signature is missing or of no key that this kernel trusts: use the module of the kernel's own package, or enrol its key.");
	else if (number == EPERM || number == EACCES)
		stage_remedy(
			stage,
			"Lockdown, a security policy, module_blacklist= on the kernel's command line or kernel.modules_disabled forbids it.");
	else if (number == ENODEV || number == EOPNOTSUPP)
		stage_remedy(
			stage,
			"KVM says that the processor is not for it: the kernel's log (dmesg) has the line.");
	else
		stage_remedy(
			stage,
			"The kernel's log (dmesg) has the line that says why.");
}

static void blocked(struct stage *stage, const char *module, const char *how)
{
	stage_fail(stage, REASON_KVM_REFUSED);
	stage_summary(stage, "%s is kept from loading: %s", module, how);
	if (!strncmp(how, "module_blacklist", 16))
		stage_remedy(
			stage,
			"Take it out of the kernel's command line and restart.");
	else if (!strncmp(how, "modprobe.blacklist", 18))
		stage_remedy(
			stage,
			"Take it out of the kernel's command line, or load it by hand: modprobe %s.",
			module);
	else if (!strncmp(how, "blacklist", 9))
		stage_remedy(
			stage,
			"Remove that line; until then \"modprobe %s\" by hand still loads it.",
			module);
	else
		stage_remedy(stage, "Remove that line, then: modprobe %s.",
			     module);
}

/* Not loaded, though its file is there. */
static void judge_loadable(struct stage *stage)
{
	const char *vendor = stage->v->vendor_module;
	const char *load = module_fact(stage->v, vendor, "load");
	const char *signature = module_fact(stage->v, vendor, "signature");
	const char *how = module_fact(stage->v, vendor, "blocked");
	const char *base = module_fact(stage->v, "kvm", "blocked");
	const char *lockdown = facts_get(stage->v->facts, "kernel lockdown");
	bool enforced = fact_is(stage->v, "kernel sig_enforce", "Y") ||
			(lockdown && strcmp(lockdown, "none"));

	if (load && strcmp(load, "ok")) {
		load_failed(stage, load);
	} else if (fact_is(stage->v, "kernel modules_disabled", "1")) {
		stage_fail(stage, REASON_KVM_REFUSED);
		stage_summary(
			stage,
			"the kernel takes no more modules (kernel.modules_disabled is 1)");
		stage_remedy(stage,
			     "Restart, and have %s loaded before that is set.",
			     vendor);
	} else if (how) {
		blocked(stage, vendor, how);
	} else if (base && !module_present(stage->v, "kvm")) {
		blocked(stage, "kvm", base);
	} else if (enforced && signature && !strcmp(signature, "none")) {
		stage_fail(stage, REASON_KVM_REFUSED);
		stage_summary(
			stage,
			"the kernel loads signed modules only, and %s has no signature",
			vendor);
		stage_remedy(
			stage,
			"Use the module of the kernel's own package, or sign it with a key that the kernel trusts.");
	} else {
		stage_fail(stage, REASON_KVM_NOT_LOADED);
		stage_summary(stage, "%s is there but not loaded", vendor);
		stage_remedy(stage, "As root: modprobe %s.", vendor);
		if (enforced)
			stage_remedy(
				stage,
				"The kernel loads signed modules only; whether it trusts this one shows when it is loaded.");
	}
}

static void held(struct stage *stage, const char *who)
{
	char *cpus = cpus_text(stage->v, &stage->v->hardware.on);

	stage_fail(stage, REASON_IN_USE);
	if (stage->v->hardware.on.count)
		stage_evidence(stage, "%s is on at this moment on %s",
			       stage->v->extension == VI_VMX ?
				       "VMX (CR4 bit 13)" :
				       "SVM (EFER bit 12)",
			       cpus);
	stage_summary(stage, "%s is held by %s", extension_text(stage->v),
		      who ? who : "another hypervisor that is not known");
	remedy_sharing(stage);
	free(cpus);
}

/* Is the extension on although KVM cannot be the one? */
static bool held_by_another(const struct verdict_context *v)
{
	const char *vendor = v->vendor_module;
	const char *users;

	if (!v->hardware.on.count)
		return false;
	if (!module_present(v, vendor) &&
	    !fact_is(v, "module kvm_intel", "unknown") &&
	    !fact_is(v, "module kvm_amd", "unknown"))
		return v->release < KERNEL_ENABLES_APART || holder(v);
	users = module_fact(v, vendor, "users");
	return v->release && v->release < KERNEL_ENABLES_AT_LOAD && users &&
	       !strcmp(users, "0");
}

static bool proof_met_busy(const struct verdict_context *v)
{
	return v->proof.attempted && v->proof.step == KVM_STEP_CREATE_VM &&
	       v->proof.error == EBUSY;
}

/* KVM is loaded and so is another: who comes first shuts the other out. */
static void warn_neighbour(struct stage *stage)
{
	const char *other = holder(stage->v);

	if (!other)
		return;
	stage->status = STAGE_WARN;
	stage_evidence(stage, "loaded beside KVM: %s", other);
	remedy_sharing(stage);
}

static void judge_state(struct stage *stage, const char *state)
{
	const char *config =
		facts_get(stage->v->facts, stage->v->extension == VI_VMX ?
						   "config CONFIG_KVM_INTEL" :
						   "config CONFIG_KVM_AMD");

	if (module_present(stage->v, stage->v->vendor_module)) {
		warn_neighbour(stage);
	} else if (!strcmp(state, "loadable")) {
		judge_loadable(stage);
	} else if (!strcmp(state, "absent") ||
		   (config && !strcmp(config, "n"))) {
		no_kvm(stage, config);
	} else if (config && !strcmp(config, "m")) {
		stage_fail(stage, REASON_KVM_NOT_LOADED);
		stage_summary(
			stage,
			"%s is not loaded, and its file cannot be seen from here",
			stage->v->vendor_module);
		stage_remedy(stage, "On the host, as root: modprobe %s.",
			     stage->v->vendor_module);
	} else {
		stage->status = STAGE_UNKNOWN;
		stage_summary(
			stage,
			"%s is not loaded; whether this kernel has it cannot be seen from here",
			stage->v->vendor_module);
		stage_remedy(
			stage,
			"Run virtinfo check on the host itself, where /lib/modules is.");
	}
}

/* KVM that needs neither VMX nor SVM. */
static bool software_kvm(struct stage *stage)
{
	if (!module_present(stage->v, "kvm_pvm"))
		return false;
	show_module(stage, "kvm_pvm");
	stage_summary(stage, "software KVM (kvm_pvm) is loaded");
	return true;
}

void stage_kernel(struct stage *stage)
{
	const char *vendor = stage->v->vendor_module;
	const char *state = vendor ? module_state(stage->v, vendor) : NULL;

	if (!stage->v->system_known) {
		stage->status = STAGE_SKIPPED;
		return;
	}
	show_module(stage, "kvm");
	if (vendor)
		show_module(stage, vendor);
	show_system(stage);
	show_parameters(stage);
	if (proof_met_busy(stage->v) || (vendor && held_by_another(stage->v))) {
		held(stage, holder(stage->v));
	} else if (vendor && module_present(stage->v, vendor)) {
		judge_state(stage, state);
	} else if (software_kvm(stage)) {
		return;
	} else if (state) {
		judge_state(stage, state);
	} else if (!vendor) {
		stage->status = STAGE_SKIPPED;
	} else {
		stage->status = STAGE_UNKNOWN;
		stage_summary(stage, "the input does not tell of the module %s",
			      vendor);
		remedy_evidence(stage);
	}
}
