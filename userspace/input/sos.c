// SPDX-License-Identifier: GPL-2.0-only
/*
 * What sos (once sosreport) collects, unpacked: copies of files below their own
 * paths, and the output of commands below sos_commands/PLUGIN, in files that are
 * named for the command (sos/report/plugins/processor.py, kernel.py, logs.py,
 * virsh.py, xen.py). A file that is not there was not collected: it proves nothing.
 */
#include "input/sos.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "input/error.h"
#include "input/gather.h"
#include "input/system_parse.h"
#include "input/unite.h"
#include "input/whole.h"

#define TITLE "an unpacked sos archive"

/* Registers come before words: what is first counts. */
static const char *const files[] = {
	"sos_commands/processor/cpuid_-r",
	"sos_commands/processor/cpuid",
	"sos_commands/processor/x86info_-a",
	"sos_commands/processor/turbostat_--debug_sleep_10",
	"proc/cpuinfo",
	"sos_commands/processor/lscpu",
	"sos_commands/kernel/lsmod",
	"sos_commands/kernel/dmesg",
	/* The journal has what the kernel's buffer has lost. */
	"sos_commands/logs/journalctl_--no-pager_--boot",
	"sos_commands/logs/journalctl_--all_--this-boot_--no-pager",
	"sos_commands/systemd/journalctl_--no-pager_--boot",
	"sos_commands/logs/journalctl_--no-pager",
	"var/log/dmesg",
	"var/log/kern.log",
	"var/log/messages",
	"var/log/syslog",
	"sos_commands/xen/xm_dmesg",
	"sos_commands/virsh/virsh_-r_capabilities",
	"sos_commands/virsh/virsh_-r_domcapabilities",
};

struct sos {
	const char *folder;
	struct input_error *error;
	struct united_piece pieces[ARRAY_SIZE(files)];
	size_t count;
	/* Of all files; and which is the first that has some. */
	unsigned long ignored;
	unsigned long first_ignored;
	char *ignored_in;
};

static char *path_of(const struct sos *sos, const char *file)
{
	char *path;

	if (asprintf(&path, "%s/%s", sos->folder, file) >= 0)
		return path;
	input_no_memory(sos->error, sos->folder);
	return NULL;
}

/* Takes the path. */
static void note_ignored(struct sos *sos, const struct host *host, char *path)
{
	sos->ignored += host->ignored;
	if (!host->ignored || sos->ignored_in) {
		free(path);
		return;
	}
	sos->first_ignored = host->first_ignored;
	sos->ignored_in = path;
}

static int read_one(struct sos *sos, const char *file)
{
	char *path = path_of(sos, file);
	struct host *host;
	bool missing = false;

	if (!path)
		return -1;
	host = input_part(path, &missing, sos->error);
	if (!host) {
		free(path);
		return missing ? 0 : -1;
	}
	sos->pieces[sos->count++] = (struct united_piece){
		.host = host,
		.title = file,
		.first = 1,
		.last = host->lines,
		.file = true,
	};
	note_ignored(sos, host, path);
	return 0;
}

static void free_pieces(struct sos *sos)
{
	while (sos->count--)
		host_free(sos->pieces[sos->count].host);
	free(sos->ignored_in);
}

static int read_all(struct sos *sos)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(files); i++)
		if (read_one(sos, files[i]))
			return -1;
	if (sos->count)
		return 0;
	return input_error(
		sos->error, STATUS_BAD_INPUT, sos->folder, 0,
		"an sos archive without a file that is read (%s, ...)",
		files[0]);
}

/* "Linux HOST RELEASE ...", if the log did not have it. */
static void gather_uname(struct gather *gather)
{
	char line[GATHER_LINE], release[GATHER_LINE];

	if (!facts_get(gather->facts, "kernel") &&
	    gather_line(gather, line, "/sos_commands/kernel/uname_-a") &&
	    sscanf(line, "Linux %*s %255s", release) == 1)
		gather_fact(gather, "kernel", "%s", release);
}

/* Single values, of the folder laid out as /. */
static int gather_values(const struct sos *sos, struct host *host)
{
	const struct system_options options = { .root = sos->folder,
						.scope = SYSTEM_EVERYTHING };
	struct gather gather = { .options = &options, .facts = host->facts };

	gather_uname(&gather);
	gather_parameters(&gather);
	if (!facts_get(host->facts, "command line"))
		gather_command_line(&gather);
	return gather.no_memory ? -1 : 0;
}

static int finish(struct sos *sos, struct host *host)
{
	char *title = strdup(TITLE);

	if (!title)
		return -1;
	free(host->forms);
	host->forms = title;
	host->ignored = sos->ignored;
	host->first_ignored = sos->first_ignored;
	host->ignored_in = sos->ignored_in;
	sos->ignored_in = NULL;
	if (host_rename(host, sos->folder) || gather_values(sos, host))
		return -1;
	return system_parse(&host->system, host->facts, NULL);
}

static struct host *unite_files(struct sos *sos)
{
	size_t count = sos->count;
	struct host *host;

	sos->count = 0;
	host = unite(sos->pieces, count);
	if (host && !finish(sos, host))
		return host;
	host_free(host);
	input_no_memory(sos->error, sos->folder);
	return NULL;
}

static bool is_sos(const struct sos *sos, int *failed)
{
	char *path = path_of(sos, "sos_commands");
	struct stat status;
	bool found;

	*failed = !path;
	found = path && !stat(path, &status) && S_ISDIR(status.st_mode);
	free(path);
	return found;
}

struct host *sos_read(const char *folder, struct input_error *error)
{
	struct sos sos = { .folder = folder, .error = error };
	struct host *host = NULL;
	int failed;

	if (is_sos(&sos, &failed)) {
		if (!read_all(&sos))
			host = unite_files(&sos);
	} else if (!failed) {
		input_error(
			error, STATUS_BAD_INPUT, folder, 0,
			"a folder, and not that of an unpacked sos archive: no sos_commands in it");
	}
	free_pieces(&sos);
	return host;
}
