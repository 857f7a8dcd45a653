// SPDX-License-Identifier: GPL-2.0-only
/* How this kernel was configured, where a file says it. */
#include <string.h>
#include <zlib.h>

#include "input/gather.h"

static const char *const options[] = { "CONFIG_KVM", "CONFIG_KVM_INTEL",
				       "CONFIG_KVM_AMD" };

#define OPTIONS (sizeof(options) / sizeof(options[0]))

/* "CONFIG_X=y"; an option that no line sets is off. */
static void take_line(const char *line, char values[OPTIONS])
{
	for (size_t i = 0; i < OPTIONS; i++) {
		size_t length = strlen(options[i]);

		if (!strncmp(line, options[i], length) && line[length] == '=')
			values[i] = line[length + 1];
	}
}

/* Each line of the file; a longer one than any of an option comes in pieces. */
static bool read_lines(gzFile file, char values[OPTIONS])
{
	char line[4096];
	bool any = false;
	int error;

	while (gzgets(file, line, sizeof(line))) {
		if (strncmp(line, "CONFIG_", 7))
			continue;
		any = true;
		take_line(line, values);
	}
	gzerror(file, &error);
	return any && (error == Z_OK || error == Z_STREAM_END);
}

/* The configuration in the file, plain or compressed by gzip. Was it one? */
static bool read_config(struct gather *gather, const char *path)
{
	char values[OPTIONS], full[GATHER_PATH];
	gzFile file;
	bool read;

	if (!gather_path(gather, full, "%s", path))
		return false;
	file = gzopen(full, "rbe");
	if (!file)
		return false;
	memset(values, 'n', sizeof(values));
	read = read_lines(file, values);
	gzclose(file);
	if (!read)
		return false;
	gather_fact(gather, "kernel config", "%s", path);
	for (size_t i = 0; i < OPTIONS; i++)
		gather_keyed(gather, (const char[]){ values[i], '\0' },
			     "config %s", options[i]);
	return true;
}

void gather_config(struct gather *gather)
{
	const char *release = gather_release(gather);
	char path[GATHER_LINE + 64];

	snprintf(path, sizeof(path), "/boot/config-%.200s", release);
	if (*release && read_config(gather, path))
		return;
	snprintf(path, sizeof(path), "/lib/modules/%.200s/config", release);
	if (*release && read_config(gather, path))
		return;
	read_config(gather, "/proc/config.gz");
}
