// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel lets nobody do: lockdown, signatures, no more modules. */
#include <string.h>

#include "input/gather.h"

/* "none [integrity] confidentiality": the one in brackets holds. */
static bool keep_bracketed(char *line)
{
	char *begin = strchr(line, '['), *end;

	if (!begin)
		return false;
	end = strchr(begin, ']');
	if (!end)
		return false;
	*end = '\0';
	memmove(line, begin + 1, (size_t)(end - begin));
	return true;
}

static void read_lockdown(struct gather *gather)
{
	static const char *const levels[] = { "integrity", "confidentiality" };
	char *line = gather->lockdown;

	if (gather_line(gather, line, "/sys/kernel/security/lockdown") &&
	    keep_bracketed(line))
		return;
	*line = '\0';
	/* securityfs may not be mounted. */
	for (size_t i = 0; i < ARRAY_SIZE(levels) && !*line; i++)
		if (gather_module_argument(gather, "lockdown", levels[i]))
			strcpy(line, levels[i]);
}

void gather_read_security(struct gather *gather)
{
	if (!gather_line(gather, gather->sig_enforce,
			 "/sys/module/module/parameters/sig_enforce"))
		*gather->sig_enforce = '\0';
	if (!gather_line(gather, gather->modules_disabled,
			 "/proc/sys/kernel/modules_disabled"))
		*gather->modules_disabled = '\0';
	read_lockdown(gather);
}

bool gather_signatures_enforced(const struct gather *gather)
{
	return *gather->sig_enforce && strcmp(gather->sig_enforce, "N");
}

bool gather_locked_down(const struct gather *gather)
{
	return *gather->lockdown && strcmp(gather->lockdown, "none");
}

static void keep(struct gather *gather, const char *key, const char *line)
{
	if (*line)
		gather_fact(gather, key, "%s", line);
}

void gather_security(struct gather *gather)
{
	keep(gather, "kernel lockdown", gather->lockdown);
	keep(gather, "kernel sig_enforce", gather->sig_enforce);
	keep(gather, "kernel modules_disabled", gather->modules_disabled);
	gather_file(gather, "kernel tainted", "/proc/sys/kernel/tainted");
}
