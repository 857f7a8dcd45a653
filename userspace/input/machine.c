// SPDX-License-Identifier: GPL-2.0-only
/* The machine's own names, and what the kernel says of a hypervisor. */
#include "input/gather.h"

static void gather_names(struct gather *gather)
{
	static const char *const names[] = {
		"sys_vendor",  "product_name", "chassis_asset_tag",
		"bios_vendor", "bios_version",
	};
	char key[64], path[96];
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(key, sizeof(key), "dmi %s", names[i]);
		snprintf(path, sizeof(path), "/sys/class/dmi/id/%s", names[i]);
		gather_file(gather, key, path);
	}
}

void gather_machine(struct gather *gather)
{
	gather_names(gather);
	gather_file(gather, "hypervisor type", "/sys/hypervisor/type");
	gather_file(gather, "xen guest type", "/sys/hypervisor/guest_type");
	gather_file(gather, "xen capabilities", "/proc/xen/capabilities");
	gather_file(gather, "xen features",
		    "/sys/hypervisor/properties/features");
	gather_file(gather, "jailhouse enabled",
		    "/sys/devices/jailhouse/enabled");
}

void gather_memory(struct gather *gather)
{
	FILE *file = gather_open(gather, "/proc/swaps");
	char line[GATHER_LINE];
	unsigned int lines = 0;

	gather_file(gather, "memory ksm", "/sys/kernel/mm/ksm/run");
	if (!file)
		return;
	while (fgets(line, sizeof(line), file))
		lines++;
	fclose(file);
	/* The first line is a heading. */
	gather_fact(gather, "memory swap", "%u", lines ? lines - 1 : 0);
}
