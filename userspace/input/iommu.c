// SPDX-License-Identifier: GPL-2.0-only
/* The IOMMU: the units that the kernel uses, and what they can do. */
#include <string.h>

#include "input/gather.h"

#define UNITS "/sys/class/iommu"

static void gather_register(struct gather *gather, const char *unit,
			    const char *driver, const char *name)
{
	char line[GATHER_LINE];

	if (gather_line(gather, line, UNITS "/%s/%s/%s", unit, driver, name))
		gather_keyed(gather, line, "iommu %s %s", unit, name);
}

static void gather_unit(struct gather *gather, const char *unit)
{
	gather_register(gather, unit, "intel-iommu", "cap");
	gather_register(gather, unit, "intel-iommu", "ecap");
	gather_register(gather, unit, "amd-iommu", "cap");
	gather_register(gather, unit, "amd-iommu", "features");
}

/* Those whose names fit, in a line. */
static void gather_units(struct gather *gather)
{
	DIR *folder = gather_folder(gather, UNITS);
	char names[GATHER_LINE] = "";
	struct dirent *entry;
	size_t length = 0;

	if (!folder)
		return;
	while ((entry = readdir(folder))) {
		const char *unit = entry->d_name;

		if (*unit == '.' || length + strlen(unit) + 2 > sizeof(names))
			continue;
		length +=
			(size_t)snprintf(names + length, sizeof(names) - length,
					 "%s%s", length ? " " : "", unit);
		gather_unit(gather, unit);
	}
	closedir(folder);
	gather_fact(gather, "iommu units", "%s", *names ? names : "none");
}

static void gather_groups(struct gather *gather)
{
	DIR *folder = gather_folder(gather, "/sys/kernel/iommu_groups");
	struct dirent *entry;
	unsigned int count = 0;

	if (!folder)
		return;
	while ((entry = readdir(folder)))
		count += entry->d_name[0] != '.';
	closedir(folder);
	gather_fact(gather, "iommu groups", "%u", count);
}

void gather_iommu(struct gather *gather)
{
	static const char *const tables[] = { "DMAR", "IVRS" };
	size_t i;

	gather_units(gather);
	gather_groups(gather);
	if (!gather_exists(gather, "/sys/firmware/acpi/tables"))
		return;
	for (i = 0; i < ARRAY_SIZE(tables); i++)
		gather_keyed(gather,
			     gather_exists(gather,
					   "/sys/firmware/acpi/tables/%s",
					   tables[i]) ?
				     "present" :
				     "absent",
			     "acpi %s", tables[i]);
}
