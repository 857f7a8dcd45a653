// SPDX-License-Identifier: GPL-2.0-only
/*
 * The IOMMU: the units that the kernel uses, what they can do, and what the
 * kernel does with devices of its own.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/append.h"
#include "input/gather.h"

#define UNITS  "/sys/class/iommu"
#define GROUPS "/sys/kernel/iommu_groups"

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

/* In a line those whose names fit. */
static void gather_units(struct gather *gather)
{
	DIR *folder = gather_folder(gather, UNITS);
	char names[GATHER_LINE] = "";
	struct dirent *entry;

	if (!folder)
		return;
	while ((entry = readdir(folder))) {
		if (!gather_is_shown(entry))
			continue;
		append_word(names, sizeof(names), " ", entry->d_name);
		gather_unit(gather, entry->d_name);
	}
	closedir(folder);
	gather_fact(gather, "iommu units", "%s", *names ? names : "none");
}

/* "DMA", "DMA-FQ", "identity"...; a kernel before 5.11 has no such file. */
static void add_type(const struct gather *gather, const char *group,
		     char types[GATHER_LINE])
{
	char type[GATHER_LINE];

	if (gather_line(gather, type, GROUPS "/%.20s/type", group) && *type &&
	    !strstr(types, type))
		append_word(types, GATHER_LINE, " ", type);
}

static void gather_groups(struct gather *gather)
{
	char full[GATHER_PATH], types[GATHER_LINE] = "";
	struct dirent **groups;
	int i, count;

	if (!gather_path(gather, full, "%s", GROUPS))
		return;
	count = scandir(full, &groups, gather_is_shown, alphasort);
	if (count < 0)
		return;
	for (i = 0; i < count; i++) {
		add_type(gather, groups[i]->d_name, types);
		free(groups[i]);
	}
	free(groups);
	gather_fact(gather, "iommu groups", "%d", count);
	if (*types)
		gather_fact(gather, "iommu group types", "%s", types);
}

void gather_iommu(struct gather *gather)
{
	static const char *const tables[] = { "DMAR", "IVRS" };
	size_t i;

	gather_units(gather);
	/* There may be hundreds, and only profiles ask for them. */
	if (gather->options->scope >= SYSTEM_PROFILES)
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
