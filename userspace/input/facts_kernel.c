// SPDX-License-Identifier: GPL-2.0-only
/* Facts of the kernel: its release, configuration, modules and limits. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/cpulist.h"
#include "base/errname.h"
#include "base/number.h"
#include "base/release.h"
#include "input/fact_keys.h"
#include "types.h"

enum parsed parse_release(const struct parsing *at)
{
	at->system->release = kernel_release_parse(at->value);
	snprintf(at->system->kvm.release, sizeof(at->system->kvm.release), "%s",
		 at->value);
	return PARSED;
}

enum parsed parse_lockdown(const struct parsing *at)
{
	at->system->lockdown = strcmp(at->value, "none") ? at->value : NULL;
	return PARSED;
}

enum parsed parse_sig_enforce(const struct parsing *at)
{
	at->system->sig_enforce = !strcmp(at->value, "Y");
	return PARSED;
}

enum parsed parse_modules_disabled(const struct parsing *at)
{
	unsigned int number;

	if (!parse_uint(at->value, &number))
		return looks_like_number(at->value) ? PARSED_BAD : PARSED;
	at->system->modules_disabled = number != 0;
	return PARSED;
}

/* "all", "none" or a list of CPUs. */
static enum parsed parse_shown(const char *value, enum flag_shown *shown)
{
	struct cpulist cpus = { 0 };
	int error;

	if (!strcmp(value, "all")) {
		*shown = FLAG_ON_ALL;
	} else if (!strcmp(value, "none")) {
		*shown = FLAG_ON_NONE;
	} else if (looks_like_number(value)) {
		error = cpulist_parse(&cpus, value, strlen(value));
		cpulist_free(&cpus);
		if (error)
			return error == -1 ? PARSED_NO_MEMORY : PARSED_BAD;
		*shown = FLAG_ON_SOME;
	}
	return PARSED;
}

enum parsed parse_cpuinfo_flag(const struct parsing *at)
{
	enum flag_shown other;

	if (fact_name_is(at->name, "vmx"))
		return parse_shown(at->value, &at->system->flag_vmx);
	if (fact_name_is(at->name, "svm"))
		return parse_shown(at->value, &at->system->flag_svm);
	return parse_shown(at->value, &other);
}

static void kvm_ok_found(struct kvm_ok *kvm_ok, const char *flag)
{
	kvm_ok->vmx |= !strcmp(flag, "vmx");
	kvm_ok->svm |= !strcmp(flag, "svm");
}

enum parsed parse_kvm_ok_flag(const struct parsing *at)
{
	kvm_ok_found(&at->system->kvm_ok, at->value);
	return PARSED;
}

enum parsed parse_kvm_ok_disabled(const struct parsing *at)
{
	at->system->kvm_ok.disabled = at->value;
	kvm_ok_found(&at->system->kvm_ok, strstr(at->value, "(vmx)") ? "vmx" :
					  strstr(at->value, "(svm)") ? "svm" :
								       "");
	return PARSED;
}

enum parsed parse_kvm_ok_extension(const struct parsing *at)
{
	if (strstr(at->value, "does not support"))
		at->system->kvm_ok.no_flag = at->value;
	return PARSED;
}

enum parsed parse_config(const struct parsing *at)
{
	static const char *const symbols[NR_CONFIG_SYMBOLS] = {
		[CONFIG_KVM] = "CONFIG_KVM",
		[CONFIG_KVM_INTEL] = "CONFIG_KVM_INTEL",
		[CONFIG_KVM_AMD] = "CONFIG_KVM_AMD",
	};
	enum config_value value = !strcmp(at->value, "n") ? CONFIG_NO :
				  !strcmp(at->value, "m") ? CONFIG_MODULE :
				  !strcmp(at->value, "y") ? CONFIG_YES :
							    CONFIG_UNKNOWN;

	at->system->kernel_known = true;
	for (size_t i = 0; i < ARRAY_SIZE(symbols); i++)
		if (fact_name_is(at->name, symbols[i]))
			at->system->config[i] = value;
	return PARSED;
}

enum parsed parse_module(const struct parsing *at)
{
	static const struct {
		const char *word;
		enum module_state state;
	} states[] = {
		{ "unknown", MODULE_STATE_NOT_LOADED },
		{ "absent", MODULE_STATE_ABSENT },
		{ "loadable", MODULE_STATE_LOADABLE },
		{ "loaded", MODULE_STATE_LOADED },
		{ "builtin", MODULE_STATE_BUILTIN },
	};
	struct module *module = at->item;

	module->state_text = at->value;
	ARRAY_EACH(row, states, ARRAY_SIZE(states))
		if (!strcmp(at->value, row->word))
			module->state = row->state;
	return PARSED;
}

/* sysfs has -1 while the module is being unloaded. */
enum parsed parse_module_users(const struct parsing *at)
{
	struct module *module = at->item;

	module->users_known = parse_uint(at->value, &module->users);
	return module->users_known || !looks_like_number(at->value) ||
			       !strcmp(at->value, "-1") ?
		       PARSED :
		       PARSED_BAD;
}

enum parsed parse_module_blocked(const struct parsing *at)
{
	struct module *module = at->item;
	const char *text = at->value;

	module->blocked = at->value;
	if (take_text(&text, "module_blacklist"))
		module->block = BLOCK_BY_KERNEL;
	else if (take_text(&text, "modprobe.blacklist"))
		module->block = BLOCK_BY_MODPROBE;
	else if (take_text(&text, "blacklist"))
		module->block = BLOCK_BLACKLIST;
	else
		module->block = BLOCK_OTHER;
	return PARSED;
}

enum parsed parse_module_load(const struct parsing *at)
{
	struct module *module = at->item;
	int error = errname_parse(at->value);

	if (error < 0)
		return PARSED_BAD;
	module->load = at->value;
	module->load_failed = strcmp(at->value, "ok") != 0;
	module->load_error = error;
	return PARSED;
}

enum parsed parse_module_version(const struct parsing *at)
{
	struct module *module = at->item;

	module->version_text = at->value;
	module->version = program_version_parse(at->value);
	return PARSED;
}

/* A module of which one is known has no others than those known. */
enum parsed parse_parameter(const struct parsing *at)
{
	const char *dot = memchr(at->name.text, '.', at->name.length);
	struct module *module;

	if (!dot)
		return PARSED;
	module =
		named_make(&at->system->modules, sizeof(*module),
			   (struct fact_name){ at->name.text,
					       (size_t)(dot - at->name.text) });
	if (!module)
		return PARSED_NO_MEMORY;
	module->parameters_known = true;
	if (fact_name_is(at->name, "kvm.enable_virt_at_load"))
		at->system->enable_virt_at_load =
			!strcmp(at->value, "N") || !strcmp(at->value, "0") ?
				PARAMETER_OFF :
				PARAMETER_ON;
	return PARSED;
}

enum parsed parse_other_kernels(const struct parsing *at)
{
	at->system->no_modules = !strcmp(at->value, "none");
	if (!at->system->no_modules)
		at->system->other_kernels = at->value;
	return PARSED;
}

/* How the names of their packages begin, or what they have in them. */
static bool is_of_kernel_or_processor(const char *packages)
{
	static const char *const words[] = { "microcode", "ucode", "firmware" };
	const char *word = packages;

	ARRAY_EACH(part, words, ARRAY_SIZE(words))
		if (strstr(packages, *part))
			return true;
	while (*word) {
		if (!strncmp(word, "linux-", strlen("linux-")) ||
		    !strncmp(word, "kernel", strlen("kernel")))
			return true;
		word += strcspn(word, " ");
		word += strspn(word, " ");
	}
	return false;
}

enum parsed parse_restart_pending(const struct parsing *at)
{
	at->system->restart_pending = *at->value ? at->value : NULL;
	at->system->restart_changes_kvm = is_of_kernel_or_processor(at->value);
	return PARSED;
}
