// SPDX-License-Identifier: GPL-2.0-only
#include "input/gather.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void gather_fact(struct gather *gather, const char *key, const char *format,
		 ...)
{
	va_list arguments;
	char *value;
	int length;

	if (facts_get(gather->facts, key))
		return;
	va_start(arguments, format);
	length = vasprintf(&value, format, arguments);
	va_end(arguments);
	if (length < 0) {
		gather->no_memory = true;
		return;
	}
	if (facts_add(gather->facts, key, value))
		gather->no_memory = true;
	free(value);
}

bool gather_path(const struct gather *gather, char out[GATHER_PATH],
		 const char *format, ...)
{
	int length = snprintf(out, GATHER_PATH, "%s", gather->root);
	va_list arguments;
	int more;

	if (length < 0 || length >= GATHER_PATH)
		return false;
	va_start(arguments, format);
	more = vsnprintf(out + length, (size_t)(GATHER_PATH - length), format,
			 arguments);
	va_end(arguments);
	return more >= 0 && more < GATHER_PATH - length;
}

bool gather_exists(const struct gather *gather, const char *path)
{
	char full[GATHER_PATH];
	struct stat status;

	return gather_path(gather, full, "%s", path) && !stat(full, &status);
}

FILE *gather_open(const struct gather *gather, const char *path)
{
	char full[GATHER_PATH];

	if (!gather_path(gather, full, "%s", path))
		return NULL;
	return fopen(full, "re");
}

bool gather_line(const struct gather *gather, const char *path,
		 char line[GATHER_LINE])
{
	FILE *file = gather_open(gather, path);
	bool read = false;
	size_t length;

	if (!file)
		return false;
	if (fgets(line, GATHER_LINE, file)) {
		read = true;
	} else if (!ferror(file)) {
		*line = '\0';
		read = true;
	}
	fclose(file);
	if (!read)
		return false;
	length = strlen(line);
	while (length && isspace((unsigned char)line[length - 1]))
		line[--length] = '\0';
	return true;
}

void gather_file(struct gather *gather, const char *key, const char *path)
{
	char line[GATHER_LINE];

	if (gather_line(gather, path, line))
		gather_fact(gather, key, "%s", line);
}

const char *gather_release(struct gather *gather)
{
	const char *release = facts_get(gather->facts, "kernel");

	if (release)
		return release;
	gather_file(gather, "kernel", "/proc/sys/kernel/osrelease");
	release = facts_get(gather->facts, "kernel");
	return release ? release : "";
}
