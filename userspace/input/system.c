// SPDX-License-Identifier: GPL-2.0-only
#include "input/system.h"

#include <string.h>

#include "input/gather.h"
#include "input/module_index.h"

static bool has_module(const struct gather *gather, const char *name)
{
	const char *state = facts_module(gather->facts, name);

	return facts_module_present(gather->facts, name) ||
	       (state && !strcmp(state, "loadable"));
}

/*
 * Where KVM for this processor is there no verdict asks how the kernel was
 * configured, and the file is large.
 */
static bool config_matters(const struct gather *gather)
{
	const char *vendor_module = gather->options->vendor_module;

	return gather->options->scope >= SYSTEM_EVERYTHING ||
	       (!has_module(gather, vendor_module ? vendor_module : "kvm") &&
		!has_module(gather, "kvm_pvm"));
}

/*
 * Where KVM for this processor is loaded the log has nothing that a verdict
 * would quote, but which hypervisor was detected; and it is long.
 */
static bool log_matters(const struct gather *gather)
{
	const char *vendor_module = gather->options->vendor_module;

	return gather->options->scope >= SYSTEM_PROFILES ||
	       (vendor_module &&
		!facts_module_present(gather->facts, vendor_module));
}

int system_gather(struct facts *facts, const struct system_options *options)
{
	struct gather gather = { .options = options, .facts = facts };

	module_index_begin(&gather);
	gather_read_security(&gather);
	if (options->own_module)
		gather_own_module(&gather);
	gather_cpuinfo(&gather);
	gather_security(&gather);
	gather_modules(&gather);
	if (config_matters(&gather))
		gather_config(&gather);
	gather_container(&gather);
	gather_devices(&gather);
	if (options->scope >= SYSTEM_PROFILES)
		gather_memory(&gather);
	gather_machine(&gather);
	gather_kernel_log(&gather, log_matters(&gather));
	gather_command_line(&gather);
	gather_kernel_word(&gather);
	gather_iommu(&gather);
	if (options->scope >= SYSTEM_EVERYTHING)
		gather_programs(&gather);
	if (options->migration) {
		gather_firmware(&gather);
		gather_versions(&gather);
	}
	module_index_end(&gather);
	return gather.no_memory ? -1 : 0;
}
