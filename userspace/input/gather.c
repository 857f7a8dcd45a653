// SPDX-License-Identifier: GPL-2.0-only
#include "input/gather.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/append.h"

/* Facts come from functions that return nothing: a failure is kept. */
static void add(struct gather *gather, const char *key, const char *value)
{
	if (facts_add(gather->facts, key, value))
		gather->no_memory = true;
}

void gather_fact(struct gather *gather, const char *key, const char *format,
		 ...)
{
	va_list arguments;

	va_start(arguments, format);
	if (facts_vformat(gather->facts, 0, key, format, arguments))
		gather->no_memory = true;
	va_end(arguments);
}

void gather_keyed(struct gather *gather, const char *value,
		  const char *key_format, ...)
{
	va_list arguments;
	char key[128];

	va_start(arguments, key_format);
	vsnprintf(key, sizeof(key), key_format, arguments);
	va_end(arguments);
	add(gather, key, value);
}

__attribute__((format(printf, 3, 0))) static bool
path_below(const struct gather *gather, char out[GATHER_PATH],
	   const char *format, va_list arguments)
{
	int length = snprintf(out, GATHER_PATH, "%s", gather->options->root);
	int more;

	if (length < 0 || length >= GATHER_PATH)
		return false;
	more = vsnprintf(out + length, (size_t)(GATHER_PATH - length), format,
			 arguments);
	return more >= 0 && more < GATHER_PATH - length;
}

bool gather_path(const struct gather *gather, char out[GATHER_PATH],
		 const char *format, ...)
{
	va_list arguments;
	bool fits;

	va_start(arguments, format);
	fits = path_below(gather, out, format, arguments);
	va_end(arguments);
	return fits;
}

bool gather_exists(const struct gather *gather, const char *path_format, ...)
{
	char path[GATHER_PATH];
	struct stat status;
	va_list arguments;
	bool fits;

	va_start(arguments, path_format);
	fits = path_below(gather, path, path_format, arguments);
	va_end(arguments);
	return fits && !stat(path, &status);
}

DIR *gather_folder(const struct gather *gather, const char *path)
{
	char full[GATHER_PATH];

	return gather_path(gather, full, "%s", path) ? opendir(full) : NULL;
}

FILE *gather_open(const struct gather *gather, const char *path_format, ...)
{
	char path[GATHER_PATH];
	va_list arguments;
	bool fits;

	va_start(arguments, path_format);
	fits = path_below(gather, path, path_format, arguments);
	va_end(arguments);
	return fits ? fopen(path, "re") : NULL;
}

/* Files of proc and sysfs give their first line with the first read. */
static bool read_line(int file, char line[GATHER_LINE])
{
	ssize_t size = read(file, line, GATHER_LINE - 1);
	size_t length;

	if (size < 0)
		return false;
	line[size] = '\0';
	length = strcspn(line, "\n");
	while (length && isspace((unsigned char)line[length - 1]))
		length--;
	line[length] = '\0';
	return true;
}

bool gather_line(const struct gather *gather, char line[GATHER_LINE],
		 const char *path_format, ...)
{
	char path[GATHER_PATH];
	va_list arguments;
	bool fits, have;
	int file;

	va_start(arguments, path_format);
	fits = path_below(gather, path, path_format, arguments);
	va_end(arguments);
	file = fits ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	if (file < 0)
		return false;
	have = read_line(file, line);
	close(file);
	return have;
}

void gather_file(struct gather *gather, const char *key, const char *path)
{
	char line[GATHER_LINE];

	if (gather_line(gather, line, "%s", path))
		add(gather, key, line);
}

int gather_is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

bool gather_listing(const struct gather *gather, const char *path,
		    char names[GATHER_LINE])
{
	char full[GATHER_PATH];
	struct dirent **entries;
	int count;

	*names = '\0';
	if (!gather_path(gather, full, "%s", path))
		return false;
	count = scandir(full, &entries, gather_is_shown, alphasort);
	if (count < 0)
		return false;
	for (int i = 0; i < count; i++) {
		append_word(names, GATHER_LINE, " ", entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return true;
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
