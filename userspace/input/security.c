// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel lets nobody do: lockdown, signatures, no more modules. */
#include <string.h>

#include "input/gather.h"

/* "none [integrity] confidentiality": the one in brackets holds. */
static bool bracketed(char *line, const char **word)
{
	char *begin = strchr(line, '['), *end;

	if (!begin)
		return false;
	end = strchr(begin, ']');
	if (!end)
		return false;
	*end = '\0';
	*word = begin + 1;
	return true;
}

static void gather_lockdown(struct gather *gather)
{
	char line[GATHER_LINE];
	const char *word;

	if (gather_line(gather, "/sys/kernel/security/lockdown", line) &&
	    bracketed(line, &word)) {
		gather_fact(gather, "kernel lockdown", "%s", word);
		return;
	}
	/* securityfs may not be mounted. */
	if (gather_module_argument(gather, "lockdown", "integrity"))
		gather_fact(gather, "kernel lockdown", "integrity");
	else if (gather_module_argument(gather, "lockdown", "confidentiality"))
		gather_fact(gather, "kernel lockdown", "confidentiality");
}

void gather_security(struct gather *gather)
{
	gather_lockdown(gather);
	gather_file(gather, "kernel sig_enforce",
		    "/sys/module/module/parameters/sig_enforce");
	gather_file(gather, "kernel modules_disabled",
		    "/proc/sys/kernel/modules_disabled");
	gather_file(gather, "kernel tainted", "/proc/sys/kernel/tainted");
}
