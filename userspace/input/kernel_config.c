// SPDX-License-Identifier: GPL-2.0-only
/* How this kernel was configured, where a file tells. */
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "input/gather.h"

static const char *const options[] = { "CONFIG_KVM", "CONFIG_KVM_INTEL",
				       "CONFIG_KVM_AMD" };

#define OPTIONS (sizeof(options) / sizeof(options[0]))

/* "CONFIG_X=y"; an option that no line sets is off. */
static void take_line(const char *line, char values[OPTIONS])
{
	size_t i;

	for (i = 0; i < OPTIONS; i++) {
		size_t length = strlen(options[i]);

		if (!strncmp(line, options[i], length) && line[length] == '=')
			values[i] = line[length + 1];
	}
}

static bool read_config(struct gather *gather, FILE *file, const char *name)
{
	char values[OPTIONS], *line = NULL;
	bool any = false;
	size_t size = 0, i;

	memset(values, 'n', sizeof(values));
	while (getline(&line, &size, file) > 0) {
		if (strncmp(line, "CONFIG_", 7))
			continue;
		any = true;
		take_line(line, values);
	}
	free(line);
	if (!any || ferror(file))
		return false;
	gather_fact(gather, "kernel config", "%s", name);
	for (i = 0; i < OPTIONS; i++)
		gather_keyed(gather, (const char[]){ values[i], '\0' },
			     "config %s", options[i]);
	return true;
}

static bool read_plain(struct gather *gather, const char *path)
{
	FILE *file = gather_open(gather, "%s", path);
	bool read;

	if (!file)
		return false;
	read = read_config(gather, file, path);
	fclose(file);
	return read;
}

/* Run gzip on the file, its output going to a pipe. Returns the end to read. */
static int start_gzip(const char *path, pid_t *child)
{
	static const char *const programs[] = { "/usr/bin/gzip", "/bin/gzip" };
	char *const environment[] = { NULL };
	char *const arguments[] = { (char *)"gzip", (char *)"-dc", NULL };
	posix_spawn_file_actions_t actions;
	int ends[2], error = -1;
	size_t i;

	if (pipe2(ends, O_CLOEXEC))
		return -1;
	if (posix_spawn_file_actions_init(&actions)) {
		close(ends[0]);
		close(ends[1]);
		return -1;
	}
	if (!posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, path,
					      O_RDONLY, 0) &&
	    !posix_spawn_file_actions_adddup2(&actions, ends[1],
					      STDOUT_FILENO) &&
	    !posix_spawn_file_actions_addopen(&actions, STDERR_FILENO,
					      "/dev/null", O_WRONLY, 0))
		for (i = 0; i < 2 && error; i++)
			error = posix_spawn(child, programs[i], &actions, NULL,
					    arguments, environment);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	if (error) {
		close(ends[0]);
		return -1;
	}
	return ends[0];
}

static void read_packed(struct gather *gather, const char *path)
{
	char full[GATHER_PATH];
	FILE *file;
	pid_t child;
	int end;

	if (!gather_path(gather, full, "%s", path) || access(full, R_OK))
		return;
	end = start_gzip(full, &child);
	if (end < 0)
		return;
	file = fdopen(end, "r");
	if (file) {
		read_config(gather, file, path);
		fclose(file);
	} else {
		close(end);
	}
	waitpid(child, NULL, 0);
}

void gather_config(struct gather *gather)
{
	const char *release = gather_release(gather);
	char path[GATHER_LINE + 64];

	snprintf(path, sizeof(path), "/boot/config-%.200s", release);
	if (*release && read_plain(gather, path))
		return;
	snprintf(path, sizeof(path), "/lib/modules/%.200s/config", release);
	if (*release && read_plain(gather, path))
		return;
	read_packed(gather, "/proc/config.gz");
}
