// SPDX-License-Identifier: GPL-2.0-only
/*
 * What firmware and microcode decide on besides registers: how old they are,
 * and what the kernel makes of the processor's vulnerabilities.
 */
#include <stdlib.h>

#include "input/gather.h"

#define VULNERABILITIES "/sys/devices/system/cpu/vulnerabilities"

static void gather_vulnerabilities(struct gather *gather)
{
	char full[GATHER_PATH], line[GATHER_LINE];
	struct dirent **entries;
	int i, count;

	if (!gather_path(gather, full, "%s", VULNERABILITIES))
		return;
	count = scandir(full, &entries, gather_is_shown, alphasort);
	if (count < 0)
		return;
	for (i = 0; i < count; i++) {
		if (gather_line(gather, line, VULNERABILITIES "/%s",
				entries[i]->d_name))
			gather_keyed(gather, line, "vulnerability %s",
				     entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
}

void gather_firmware(struct gather *gather)
{
	gather_file(gather, "dmi bios_date", "/sys/class/dmi/id/bios_date");
	gather_vulnerabilities(gather);
}
