// SPDX-License-Identifier: GPL-2.0-only
/* KVM's modules and those of others: there, loaded, kept from loading. */
#include <libkmod.h>
#include <string.h>

#include "base/append.h"
#include "base/array.h"
#include "base/errname.h"
#include "input/gather.h"
#include "input/module_index.h"
#include "model/known_modules.h"
#include "model/parameters.h"

/*
 * On disk no verdict asks for a module but kvm and the one for this processor:
 * of the others it asks whether they are loaded.
 */
static bool disk_matters(const struct system_options *options, const char *name)
{
	return options->scope >= SYSTEM_PROFILES || !strcmp(name, "kvm") ||
	       (options->vendor_module &&
		!strcmp(name, options->vendor_module));
}

/* Of no module that lies on the disk: the kernel has no use for it. */
static bool signature_matters(const struct gather *gather)
{
	return gather->options->scope >= SYSTEM_EVERYTHING ||
	       gather_signatures_enforced(gather) || gather_locked_down(gather);
}

/* What keeps, or could keep, a module from loading that is there to be loaded. */
static void gather_obstacles(struct gather *gather, const char *name)
{
	char where[GATHER_LINE];
	int is_signed;

	if (gather_module_blocked(gather, name, where))
		gather_keyed(gather, where, "module %s blocked", name);
	if (!signature_matters(gather))
		return;
	is_signed = module_is_signed(gather, name);
	if (is_signed >= 0)
		gather_keyed(gather, is_signed ? "present" : "none",
			     "module %s signature", name);
}

/* Its version is that of a program, and not the kernel's. */
static bool has_releases(const char *name)
{
	return !strcmp(name, "vboxdrv") || !strcmp(name, "vmmon");
}

static void gather_module(struct gather *gather, const char *name, bool kvm)
{
	const struct system_options *options = gather->options;
	const char *state = module_in_kernel(gather, name);
	char users[GATHER_LINE], version[GATHER_LINE];

	if (!state && !disk_matters(options, name))
		return;
	if (!state)
		state = module_on_disk(gather, name);
	gather_keyed(gather, state, "module %s", name);
	if (!strcmp(state, "loaded") &&
	    gather_line(gather, users, "/sys/module/%s/refcnt", name))
		gather_keyed(gather, users, "module %s users", name);
	if (has_releases(name) &&
	    gather_line(gather, version, "/sys/module/%s/version", name))
		gather_keyed(gather, version, "module %s version", name);
	/* Nobody loads KVM where no processor is known to be for it. */
	if (kvm && !strcmp(state, "loadable") &&
	    (options->vendor_module || options->scope >= SYSTEM_PROFILES))
		gather_obstacles(gather, name);
}

void gather_parameters(struct gather *gather)
{
	char line[GATHER_LINE];

	ARRAY_EACH(parameter, kvm_parameters, kvm_parameter_count) {
		if (parameter->beside &&
		    gather->options->scope < SYSTEM_EVERYTHING)
			continue;
		if (facts_module_present(gather->facts, parameter->module) &&
		    gather_line(gather, line, "/sys/module/%s/parameters/%s",
				parameter->module, parameter->name))
			gather_keyed(gather, line, "parameter %s.%s",
				     parameter->module, parameter->name);
	}
}

/* Only where somebody asked for it: this changes the system. */
static void try_load(struct gather *gather, const char *name)
{
	struct kmod_module *module;
	char error[ERRNAME_SIZE];
	int result;

	if (module_in_kernel(gather, name) ||
	    strcmp(module_on_disk(gather, name), "loadable"))
		return;
	module = module_look_up(gather, name);
	if (!module)
		return;
	result = kmod_module_probe_insert_module(
		module, KMOD_PROBE_APPLY_BLACKLIST_ALL, NULL, NULL, NULL, NULL);
	kmod_module_unref(module);
	/* Positive: the blacklist forbids it, which is a fact already. */
	if (result <= 0)
		gather_keyed(gather,
			     result ? errname_format(error, -result) : "ok",
			     "module %s load", name);
}

/* Packages that wait for a restart: Debian's way to say so. */
static void gather_restart(struct gather *gather)
{
	FILE *file = gather_open(gather, "/run/reboot-required.pkgs");
	char line[GATHER_LINE], packages[GATHER_LINE] = "";

	if (!file)
		return;
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		if (*line)
			append_word(packages, sizeof(packages), " ", line);
	}
	fclose(file);
	gather_fact(gather, "restart pending", "%s", packages);
}

/* The running kernel's own modules are gone: are there those of another? */
static void gather_other_kernels(struct gather *gather)
{
	char names[GATHER_LINE];

	if (!gather->takes_modules ||
	    gather_exists(gather, "/lib/modules/%.200s",
			  gather_release(gather)) ||
	    !gather_listing(gather, "/lib/modules", names))
		return;
	gather_fact(gather, "other kernels", "%s", *names ? names : "none");
}

void gather_modules(struct gather *gather)
{
	const struct system_options *options = gather->options;

	if (!gather_exists(gather, "/sys/module"))
		return;
	if (!gather->takes_modules)
		gather_fact(gather, "kernel modules", "not supported");
	/* First: it loads kvm too, and what is gathered below must hold then. */
	if (options->try_load && options->vendor_module)
		try_load(gather, options->vendor_module);
	ARRAY_EACH(module, known_modules, NR_KNOWN_MODULES)
		gather_module(gather, module->name, module->kvm);
	gather_parameters(gather);
	gather_other_kernels(gather);
	gather_restart(gather);
}
