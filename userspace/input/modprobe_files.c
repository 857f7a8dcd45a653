// SPDX-License-Identifier: GPL-2.0-only
/*
 * What keeps a module from loading: lines for modprobe, and the kernel's
 * command line. libkmod knows that it is so, not in which line of which file;
 * that is what a person needs.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "input/gather.h"

#define BLANKS " \t\r\n"

bool gather_same_module(const char *a, size_t length, const char *b)
{
	size_t i;

	for (i = 0; i < length && b[i]; i++) {
		char x = a[i] == '-' ? '_' : a[i];
		char y = b[i] == '-' ? '_' : b[i];

		if (x != y)
			return false;
	}
	return i == length && !b[i];
}

/* Is the line "COMMAND MODULE ..."? */
static bool line_is(const char *line, const char *command, const char *module)
{
	size_t length;

	line += strspn(line, BLANKS);
	length = strcspn(line, BLANKS);
	if (length != strlen(command) || strncmp(line, command, length))
		return false;
	line += length;
	line += strspn(line, BLANKS);
	return gather_same_module(line, strcspn(line, BLANKS), module);
}

static bool search_file(const struct gather *gather, const char *path,
			const char *module, const char *command,
			char where[GATHER_LINE])
{
	FILE *file = gather_open(gather, "%s", path);
	unsigned int number = 0;
	char *line = NULL;
	bool found = false;
	size_t size = 0;

	if (!file)
		return false;
	while (!found && getline(&line, &size, file) > 0) {
		number++;
		if (!line_is(line, command, module))
			continue;
		line[strcspn(line, "\r\n")] = '\0';
		snprintf(where, GATHER_LINE, "%.100s (%.120s:%u)",
			 line + strspn(line, BLANKS), path, number);
		found = true;
	}
	free(line);
	fclose(file);
	return found;
}

static int is_configuration(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return length > 5 && !strcmp(entry->d_name + length - 5, ".conf");
}

static bool search_folder(const struct gather *gather, const char *folder,
			  const char *module, const char *command,
			  char where[GATHER_LINE])
{
	char full[GATHER_PATH], path[GATHER_PATH];
	struct dirent **entries;
	bool found = false;
	int count;

	if (!gather_path(gather, full, "%s", folder))
		return false;
	count = scandir(full, &entries, is_configuration, alphasort);
	if (count < 0)
		return false;
	for (int i = 0; i < count; i++) {
		if (!found && snprintf(path, sizeof(path), "%s/%s", folder,
				       entries[i]->d_name) < (int)sizeof(path))
			found = search_file(gather, path, module, command,
					    where);
		free(entries[i]);
	}
	free(entries);
	return found;
}

static bool find_line(const struct gather *gather, const char *module,
		      const char *command, char where[GATHER_LINE])
{
	/* Where modprobe looks, the administrator's own first. */
	static const char *const folders[] = {
		"/etc/modprobe.d",	     "/run/modprobe.d",
		"/usr/local/lib/modprobe.d", "/usr/lib/modprobe.d",
		"/lib/modprobe.d",
	};

	ARRAY_EACH(folder, folders, ARRAY_SIZE(folders))
		if (search_folder(gather, *folder, module, command, where))
			return true;
	return false;
}

bool gather_module_argument(const struct gather *gather, const char *parameter,
			    const char *module)
{
	FILE *file = gather_open(gather, "/proc/cmdline");
	char line[4096], *word, *rest, *item, *items;
	size_t length = strlen(parameter);

	if (!file)
		return false;
	word = fgets(line, sizeof(line), file) ? line : NULL;
	fclose(file);
	if (!word)
		return false;
	for (word = strtok_r(line, " \n", &rest); word;
	     word = strtok_r(NULL, " \n", &rest)) {
		if (strncmp(word, parameter, length) || word[length] != '=')
			continue;
		for (item = strtok_r(word + length + 1, ",", &items); item;
		     item = strtok_r(NULL, ",", &items))
			if (gather_same_module(item, strlen(item), module))
				return true;
	}
	return false;
}

/* Commands that only pretend to load. */
static bool is_refusal(const char *command)
{
	static const char *const words[] = { "/false", "/true", "false",
					     "true",   ":",	"exit" };
	char word[64];

	snprintf(word, sizeof(word), "%.*s", (int)strcspn(command, " \t;"),
		 command);
	ARRAY_EACH(refusal, words, ARRAY_SIZE(words)) {
		size_t length = strlen(*refusal), have = strlen(word);

		if (!strcmp(word, *refusal) ||
		    (**refusal == '/' && have > length &&
		     !strcmp(word + have - length, *refusal)))
			return true;
	}
	return false;
}

/* "install kvm_amd /bin/false (FILE:LINE)": the third word on. */
static bool is_install_refusal(const char *where)
{
	const char *at = where;

	for (int word = 0; word < 2; word++) {
		at += strcspn(at, " \t");
		at += strspn(at, " \t");
	}
	return is_refusal(at);
}

static bool on_command_line(const struct gather *gather, const char *parameter,
			    const char *module, char where[GATHER_LINE])
{
	snprintf(where, GATHER_LINE, "%s= on the kernel's command line",
		 parameter);
	return gather_module_argument(gather, parameter, module);
}

bool gather_module_blocked(const struct gather *gather, const char *module,
			   char where[GATHER_LINE])
{
	return on_command_line(gather, "module_blacklist", module, where) ||
	       (find_line(gather, module, "install", where) &&
		is_install_refusal(where)) ||
	       find_line(gather, module, "blacklist", where) ||
	       on_command_line(gather, "modprobe.blacklist", module, where);
}
