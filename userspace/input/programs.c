// SPDX-License-Identifier: GPL-2.0-only
/*
 * The traces of what can host guests: programs, processes, nodes. Modules are
 * with all others.
 */
#include <ctype.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"
#include "input/gather.h"
#include "model/hosting.h"

static const char *presence(bool present)
{
	return present ? "present" : "absent";
}

static bool is_program(const struct gather *gather, const char *path)
{
	char full[GATHER_PATH];
	struct stat status;

	return gather_path(gather, full, "%s", path) && !stat(full, &status) &&
	       S_ISREG(status.st_mode) && status.st_mode & 0111;
}

bool gather_find_program(const struct gather *gather, char out[GATHER_PATH],
			 const char *name)
{
	/* Besides PATH's usual folders: where packages put what is not for users. */
	static const char *const folders[] = {
		"/usr/local/sbin", "/usr/local/bin", "/usr/sbin",
		"/usr/bin",	   "/sbin",	     "/bin",
		"/usr/libexec",	   "/usr/lib/qemu",  "/opt/bin",
	};

	ARRAY_EACH(folder, folders, ARRAY_SIZE(folders)) {
		snprintf(out, GATHER_PATH, "%s/%s", *folder, name);
		if (is_program(gather, out))
			return true;
	}
	return false;
}

static void gather_program(struct gather *gather, const char *name)
{
	char path[GATHER_PATH];

	gather_keyed(gather,
		     gather_find_program(gather, path, name) ? path : "absent",
		     "program %s", name);
}

static void gather_node(struct gather *gather, const char *path)
{
	gather_keyed(gather, presence(gather_exists(gather, "%s", path)),
		     "node %s", path);
}

static void gather_nodes_and_programs(struct gather *gather)
{
	for (size_t i = 0; i < NR_HOSTING_TRACES; i++)
		if (hosting_traces[i].kind == TRACE_NODE)
			gather_node(gather, hosting_traces[i].name);
		else if (hosting_traces[i].kind == TRACE_PROGRAM)
			gather_program(gather, hosting_traces[i].name);
}

static void count_process(const struct gather *gather, const char *number,
			  unsigned int counts[NR_HOSTING_TRACES])
{
	char name[GATHER_LINE];

	if (!gather_line(gather, name, "/proc/%.20s/comm", number))
		return;
	for (size_t i = 0; i < NR_HOSTING_TRACES; i++)
		if (hosting_traces[i].kind == TRACE_PROCESS &&
		    !strcmp(hosting_traces[i].name, name))
			counts[i]++;
}

static void gather_processes(struct gather *gather)
{
	unsigned int counts[NR_HOSTING_TRACES] = { 0 };
	DIR *folder = gather_folder(gather, "/proc");
	struct dirent *entry;
	char count[16];

	if (!folder)
		return;
	while ((entry = readdir(folder)))
		if (isdigit((unsigned char)entry->d_name[0]))
			count_process(gather, entry->d_name, counts);
	closedir(folder);
	for (size_t i = 0; i < NR_HOSTING_TRACES; i++) {
		if (hosting_traces[i].kind != TRACE_PROCESS)
			continue;
		snprintf(count, sizeof(count), "%u", counts[i]);
		gather_keyed(gather, count, "process %s",
			     hosting_traces[i].name);
	}
}

void gather_programs(struct gather *gather)
{
	gather_nodes_and_programs(gather);
	gather_processes(gather);
}
