// SPDX-License-Identifier: GPL-2.0-only
#include "input/system.h"

#include "input/gather.h"
#include "input/system_hypervisors.h"

static void emit(void *context, const char *key, const char *value)
{
	gather_fact(context, key, "%s", value);
}

int system_gather(struct facts *facts, const struct system_options *options)
{
	struct gather gather = {
		.root = options->root ? options->root : "",
		.facts = facts,
		.vendor_module = options->vendor_module,
		.try_load = options->try_load,
		.everything = options->everything,
		.profiles = options->profiles,
	};

	gather_cpuinfo(&gather);
	gather_security(&gather);
	gather_modules(&gather);
	gather_config(&gather);
	gather_machine(&gather);
	gather_container(&gather);
	gather_devices(&gather);
	if (gather_beside_kvm(&gather))
		gather_memory(&gather);
	if (options->everything)
		system_hypervisors(gather.root, emit, &gather);
	return gather.no_memory ? -1 : 0;
}
