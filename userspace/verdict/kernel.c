// SPDX-License-Identifier: GPL-2.0-only
/* Does this kernel have KVM, loaded, and the extension to itself? */
#include "base/array.h"
#include "verdict/requirement.h"
#include "verdict/stage.h"

#include <errno.h>
#include <stdlib.h>

#include "base/append.h"
#include "model/tool_words.h"

/* Modules of others who take VMX or SVM. */
static const struct {
	const char *module;
	const char *name;
} holders[] = {
	{ "vboxdrv", "VirtualBox (vboxdrv)" },	{ "vmmon", "VMware (vmmon)" },
	{ "jailhouse", "Jailhouse" },		{ "acrn", "ACRN" },
	{ "mshv_root", "Hyper-V (mshv_root)" }, { "haxm", "HAXM" },
};

static const char *holder(const struct verdict_context *v)
{
	ARRAY_EACH(row, holders, ARRAY_SIZE(holders))
		if (has_module(v, row->module))
			return row->name;
	return NULL;
}

static void show_module(struct stage *stage, const char *name)
{
	const struct module *module = system_module(stage->v->system, name);

	if (module->state_text)
		stage_evidence(stage, "module %s: %s", name,
			       module->state_text);
	if (module->blocked)
		stage_evidence(stage, "module %s: %s", name, module->blocked);
	if (module->load)
		stage_evidence(stage, "loading %s: %s", name, module->load);
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
	const char *modules[] = { "kvm", stage->v->vendor_module };

	ARRAY_EACH(module, modules, modules[1] ? 2 : 1)
		ARRAY_EACH(name, names, ARRAY_SIZE(names)) {
			const char *value =
				facts_getf(stage->v->host->facts,
					   "parameter %s.%s", *module, *name);

			if (value)
				append_text(line, sizeof(line), " ",
					    "%s.%s=%.16s", *module, *name,
					    value);
		}
	if (*line)
		stage_evidence(stage, "parameters: %s", line);
}

static void show_system(struct stage *stage)
{
	static const char values[] = {
		[CONFIG_UNKNOWN] = '?',
		[CONFIG_NO] = 'n',
		[CONFIG_MODULE] = 'm',
		[CONFIG_YES] = 'y',
	};
	const struct system *system = stage->v->system;

	if (system->lockdown)
		stage_evidence(stage, "kernel lockdown: %s", system->lockdown);
	if (system->restart_pending)
		stage_evidence(stage, "a restart is pending: %s",
			       system->restart_pending);
	if (system->sig_enforce)
		stage_evidence(
			stage,
			"the kernel loads signed modules only (module.sig_enforce)");
	if (system->config[CONFIG_KVM])
		stage_evidence(
			stage,
			"configuration: CONFIG_KVM=%c CONFIG_KVM_INTEL=%c CONFIG_KVM_AMD=%c",
			values[system->config[CONFIG_KVM]],
			values[system->config[CONFIG_KVM_INTEL]],
			values[system->config[CONFIG_KVM_AMD]]);
}

static void no_kvm(struct stage *stage, enum config_value config)
{
	stage_fail(stage, REASON_NO_KVM);
	stage_summary(stage, "this kernel has no KVM for %s",
		      extension_text(stage->v));
	if (is_chromebook(stage->v)) {
		chromebook_without_kvm(stage);
	} else if (config == CONFIG_MODULE) {
		stage_summary(
			stage,
			"this kernel has KVM as a module, but the module's file is not installed");
		stage_remedy(
			stage,
			"The kernel was built with it as a module that is not under /lib/modules: " MODULES_PACKAGE);
	} else if (stage->v->hypervisor->service == SERVICE_WSL2) {
		stage_remedy(
			stage,
			"On Windows: wsl --update brings a kernel with KVM, where .wslconfig names no other (kernel=); then wsl --shutdown.");
	}
}

static void blocked(struct stage *stage, const char *name)
{
	const struct module *module = system_module(stage->v->system, name);

	stage_fail(stage, REASON_KVM_REFUSED);
	stage_summary(stage, "%s is blocked from loading: %s", name,
		      module->blocked);
	if (module->block == BLOCK_BY_KERNEL)
		stage_remedy(
			stage,
			"Take it out of the kernel's command line and restart.");
	else if (module->block == BLOCK_BY_MODPROBE)
		stage_remedy(
			stage,
			"Take it out of the kernel's command line, or load it by hand: modprobe %s.",
			name);
	else if (module->block == BLOCK_BLACKLIST)
		stage_remedy(
			stage,
			"Remove that line; until then \"modprobe %s\" by hand still loads it.",
			name);
	else
		stage_remedy(stage, "Remove that line, then: modprobe %s.",
			     name);
}

/* Not loaded, though its file is there. */
static void judge_loadable(struct stage *stage)
{
	const struct system *system = stage->v->system;
	const struct module *module = stage->v->vendor;
	const struct module *base = system_module(system, "kvm");
	const char *vendor = stage->v->vendor_module;
	bool enforced = system->sig_enforce || system->lockdown;

	if (command_line_hides(stage->v)) {
		stage_fail(stage, REASON_KVM_REFUSED);
		stage_summary(
			stage,
			"clearcpuid= on the kernel's command line hides %s, without which %s does not load",
			extension_text(stage->v), vendor);
		stage_remedy(
			stage,
			"Take it out of clearcpuid= on the kernel's command line and restart.");
	} else if (module->load_failed) {
		judge_failed_load(stage);
	} else if (system->modules_disabled) {
		stage_fail(stage, REASON_KVM_REFUSED);
		stage_summary(
			stage,
			"the kernel takes no more modules (kernel.modules_disabled is 1)");
		stage_remedy(stage,
			     "Restart, and have %s loaded before that is set.",
			     vendor);
	} else if (module->block) {
		blocked(stage, vendor);
	} else if (base->block && !module_present(base)) {
		blocked(stage, "kvm");
	} else if (enforced && module->not_signed) {
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
		stage_summary(stage, "%s is available but not loaded", vendor);
		stage_remedy(stage, "%s: modprobe %s.",
			     system->container ? "On the host, as root" :
						 "As root",
			     vendor);
		/* Its kernel has KVM as modules since 6.6 (WSL issue 13262). */
		if (stage->v->hypervisor->service == SERVICE_WSL2)
			stage_remedy(
				stage,
				"To have it at each start: in /etc/wsl.conf under [boot] systemd=true, or command = modprobe %s; then wsl --shutdown.",
				vendor);
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
		      who ? who : "another hypervisor, which is not known");
	remedy_sharing(stage);
	free(cpus);
}

/* And whether this kernel has it could not be seen. */
static bool is_not_loaded(const struct verdict_context *v, const char *name)
{
	return system_module(v->system, name)->state == MODULE_STATE_NOT_LOADED;
}

/* Is the extension on although KVM cannot be the one? */
static bool held_by_another(const struct verdict_context *v)
{
	int release = v->system->release;

	if (!v->hardware.on.count)
		return false;
	if (!module_present(v->vendor) && !is_not_loaded(v, "kvm_intel") &&
	    !is_not_loaded(v, "kvm_amd"))
		return release < KERNEL_ENABLES_APART || holder(v);
	return release && release < KERNEL_ENABLES_AT_LOAD &&
	       v->vendor->users_known && !v->vendor->users;
}

static bool proof_met_busy(const struct verdict_context *v)
{
	const struct kvm_proof *proof = &v->system->proof;

	return proof->attempted && proof->step == KVM_STEP_CREATE_VM &&
	       proof->error == EBUSY;
}

/* KVM is loaded and so is another: who comes first shuts the other out. */
static void warn_neighbour(struct stage *stage)
{
	const char *other = holder(stage->v);

	if (other)
		stage_evidence(stage, "loaded beside KVM: %s", other);
	else if (!show_virtualbox_refused(stage))
		return;
	stage->status = STAGE_WARN;
	if (other)
		remedy_sharing(stage);
	else
		remedy_virtualbox_version(stage);
}

/* Its file is gone though the kernel is here: outside of a container. */
static bool modules_gone(const struct verdict_context *v,
			 enum config_value config)
{
	const struct system *system = v->system;

	return v->vendor->state == MODULE_STATE_NOT_LOADED &&
	       system->container_known && !system->container &&
	       (config == CONFIG_MODULE || system->other_kernels);
}

static void restart_needed(struct stage *stage)
{
	const struct system *system = stage->v->system;
	const char *release = facts_get(stage->v->host->facts, "kernel");

	stage_fail(stage, REASON_RESTART_NEEDED);
	stage_summary(
		stage,
		"%s is not loaded, and the modules of the running kernel%s%s are gone: it was updated",
		stage->v->vendor_module, release ? " " : "",
		release ? release : "");
	if (system->other_kernels)
		stage_evidence(stage, "modules are installed for: %s",
			       system->other_kernels);
}

/* Where kvm is a module, those that need it come with it. */
static void unknown_state(struct stage *stage)
{
	const struct module *kvm = system_module(stage->v->system, "kvm");

	stage->status = STAGE_UNKNOWN;
	if (kvm->state == MODULE_STATE_LOADED) {
		stage_summary(stage,
			      "kvm is loaded, and %s is not: why is not known",
			      stage->v->vendor_module);
		stage_remedy(
			stage,
			"As root: modprobe %s; where it is refused, its answer and dmesg | grep -i kvm say why.",
			stage->v->vendor_module);
		return;
	}
	stage_summary(
		stage,
		"%s is not loaded; whether this kernel has it is not known",
		stage->v->vendor_module);
	stage_remedy(
		stage,
		"Run virtinfo check on the host itself, where /lib/modules is.");
}

static void judge_state(struct stage *stage)
{
	const struct module *vendor = stage->v->vendor;
	enum config_value config =
		stage->v->system->config[stage->v->extension == VI_VMX ?
						 CONFIG_KVM_INTEL :
						 CONFIG_KVM_AMD];

	if (module_present(vendor)) {
		warn_neighbour(stage);
	} else if (vendor->state == MODULE_STATE_LOADABLE) {
		judge_loadable(stage);
	} else if (vendor->state == MODULE_STATE_ABSENT ||
		   config == CONFIG_NO) {
		no_kvm(stage, config);
	} else if (modules_gone(stage->v, config)) {
		/* Without those of any kernel no restart brings them. */
		if (stage->v->system->no_modules)
			no_kvm(stage, config);
		else
			restart_needed(stage);
	} else if (config == CONFIG_MODULE) {
		stage_fail(stage, REASON_KVM_NOT_LOADED);
		stage_summary(
			stage,
			"%s is not loaded, and /lib/modules is not visible",
			stage->v->vendor_module);
		stage_remedy(stage, "On the host, as root: modprobe %s.",
			     stage->v->vendor_module);
	} else {
		unknown_state(stage);
	}
}

/* KVM that needs neither VMX nor SVM. */
static bool software_kvm(struct stage *stage)
{
	if (!has_module(stage->v, "kvm_pvm"))
		return false;
	show_module(stage, "kvm_pvm");
	stage_summary(stage, "software KVM (kvm_pvm) is loaded");
	return true;
}

void stage_kernel(struct stage *stage)
{
	const char *vendor = stage->v->vendor_module;

	if (stage->v->hypervisor->service == SERVICE_WSL1) {
		stage_fail(stage, REASON_NO_KVM);
		stage_summary(stage, "this is WSL 1, which has no KVM");
		remedy_nested(stage);
		return;
	}
	if (!stage->v->system->kernel_known) {
		stage->status = STAGE_SKIPPED;
		return;
	}
	show_module(stage, "kvm");
	if (vendor)
		show_module(stage, vendor);
	show_system(stage);
	show_parameters(stage);
	if (!module_present(stage->v->vendor))
		show_log_of_load(stage);
	if (proof_met_busy(stage->v) || (vendor && held_by_another(stage->v))) {
		held(stage, holder(stage->v));
	} else if (module_present(stage->v->vendor)) {
		judge_state(stage);
	} else if (software_kvm(stage)) {
		return;
	} else if (stage->v->vendor->state_text) {
		judge_state(stage);
	} else if (!vendor || tool_used_kvm(stage->v->system)) {
		stage->status = STAGE_SKIPPED;
	} else {
		stage->status = STAGE_UNKNOWN;
		stage_summary(stage, "the state of the module %s is not known",
			      vendor);
		remedy_evidence(stage);
	}
}
