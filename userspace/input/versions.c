// SPDX-License-Identifier: GPL-2.0-only
/* The versions of what makes and moves guests. */
#include <ctype.h>
#include <string.h>

#include "input/gather.h"
#include "input/run.h"

/* Each takes some tens of milliseconds on an idle machine. */
#define TIMEOUT_MS 2000

/* A word of digits with a dot between, cut behind it; NULL: there is none. */
static char *find_version(char *line)
{
	char *word = line;

	while (*word) {
		size_t length = strspn(word, "0123456789.");

		if (isdigit((unsigned char)*word) &&
		    memchr(word, '.', length)) {
			word[length] = '\0';
			return word;
		}
		word += strcspn(word, " (");
		word += strspn(word, " (");
	}
	return NULL;
}

static void gather_version(struct gather *gather, const char *name)
{
	char path[GATHER_PATH], full[GATHER_PATH], line[GATHER_LINE];
	const char *version;

	if (!gather_find_program(gather, path, name) ||
	    !gather_path(gather, full, "%s", path) ||
	    !run_for_line(full, "--version", TIMEOUT_MS, line, sizeof(line)))
		return;
	version = find_version(line);
	if (version)
		gather_keyed(gather, version, "program %s version", name);
}

void gather_versions(struct gather *gather)
{
	/*
	 * "QEMU emulator version 7.2.17 (Debian 1:7.2+dfsg-7+deb12u13)",
	 * "libvirtd (libvirt) 9.0.0"
	 */
	static const char *const names[] = { "qemu-system-x86_64", "qemu-kvm",
					     "libvirtd", "virtqemud" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		gather_version(gather, names[i]);
}
