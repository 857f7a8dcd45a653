// SPDX-License-Identifier: GPL-2.0-only
/* The machine's own names, what the kernel says of a hypervisor, and memory. */
#include "base/array.h"
#include "input/gather.h"

static void gather_names(struct gather *gather)
{
	static const char *const names[] = {
		"sys_vendor",	"product_name",	  "product_version",
		"board_vendor", "board_name",	  "bios_vendor",
		"bios_version", "chassis_vendor", "chassis_asset_tag",
	};
	char line[GATHER_LINE];

	if (!gather_exists(gather, "/sys/class/dmi/id"))
		return;
	ARRAY_EACH(name, names, ARRAY_SIZE(names))
		if (gather_line(gather, line, "/sys/class/dmi/id/%s", *name))
			gather_keyed(gather, line, "dmi %s", *name);
}

static void gather_xen(struct gather *gather)
{
	char major[GATHER_LINE], minor[GATHER_LINE];

	if (gather_exists(gather, "/sys/hypervisor/type"))
		gather_file(gather, "hypervisor type", "/sys/hypervisor/type");
	else if (gather_exists(gather, "/sys"))
		gather_fact(gather, "hypervisor type", "none");
	gather_file(gather, "xen guest type", "/sys/hypervisor/guest_type");
	gather_file(gather, "xen capabilities", "/proc/xen/capabilities");
	gather_file(gather, "xen features",
		    "/sys/hypervisor/properties/features");
	gather_file(gather, "xen guest kinds",
		    "/sys/hypervisor/properties/capabilities");
	if (gather_line(gather, major, "/sys/hypervisor/version/major") &&
	    gather_line(gather, minor, "/sys/hypervisor/version/minor"))
		gather_fact(gather, "xen version", "%s.%s", major, minor);
}

void gather_machine(struct gather *gather)
{
	gather_names(gather);
	gather_xen(gather);
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
