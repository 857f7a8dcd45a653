/* SPDX-License-Identifier: GPL-2.0-only */
/* The captures of tests/captures, one after the other. */
#ifndef VIRTINFO_TESTS_UNIT_CAPTURES_H
#define VIRTINFO_TESTS_UNIT_CAPTURES_H

#include <dirent.h>

#include "input.h"

/* Gives each to @see with the name of its file; returns how many there are. */
static inline unsigned int
each_capture(void (*see)(const struct host *host, const char *name, void *data),
	     void *data)
{
	const char *top = getenv("VIRTINFO_TOP");
	char folder[512], path[1024];
	struct input_error error;
	unsigned int count = 0;
	struct dirent *entry;
	struct host *host;
	DIR *captures;

	snprintf(folder, sizeof(folder), "%s/tests/captures", top ? top : ".");
	captures = opendir(folder);
	if (!captures)
		fail_msg("%s: run from the top of the tree", folder);
	while ((entry = readdir(captures))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		host = input_file(path, &error);
		if (!host)
			fail_msg("%s", error.text);
		see(host, entry->d_name, data);
		host_free(host);
		count++;
	}
	closedir(captures);
	return count;
}

#endif
