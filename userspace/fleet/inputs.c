// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"
#include "fleet/tree.h"

/* Links to folders are not followed, so this is no loop. */
#define DEEPEST 64

struct walk {
	struct fleet_inputs *inputs;
	size_t named; /* bytes of a path that were named, with the slash */
	int depth;
};

/* Takes the path, which is freed where there is no memory. */
static int add(struct fleet_inputs *inputs, char *path, size_t named, int error)
{
	if (ARRAY_GROW(inputs->list, inputs->count, inputs->capacity)) {
		free(path);
		return -1;
	}
	inputs->list[inputs->count++] = (struct fleet_input){
		.path = path,
		.place = path + named,
		.error = error,
	};
	return 0;
}

static int walk_folder(struct walk *walk, char *folder);

/* Takes the path. A file that vanishes meanwhile is found when it is read. */
static int walk_entry(struct walk *walk, char *path, const struct dirent *entry)
{
	unsigned char type = entry->d_type;
	struct stat status;
	int error;

	if (type == DT_UNKNOWN && !lstat(path, &status))
		type = S_ISDIR(status.st_mode) ? DT_DIR :
		       S_ISREG(status.st_mode) ? DT_REG :
		       S_ISLNK(status.st_mode) ? DT_LNK :
						 DT_UNKNOWN;
	if (type == DT_LNK && !stat(path, &status) && S_ISREG(status.st_mode))
		type = DT_REG;
	if (type == DT_REG)
		return add(walk->inputs, path, walk->named, 0);
	error = 0;
	if (type == DT_DIR) {
		walk->depth++;
		error = walk_folder(walk, path);
		walk->depth--;
	} else {
		free(path);
	}
	return error;
}

static int is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int walk_entries(struct walk *walk, const char *folder,
			struct dirent **entries, int count)
{
	const char *slash = folder[strlen(folder) - 1] == '/' ? "" : "/";
	int i, error = 0;

	for (i = 0; i < count; i++) {
		char *path = NULL;

		if (!error && asprintf(&path, "%s%s%s", folder, slash,
				       entries[i]->d_name) < 0)
			error = -1;
		else if (!error)
			error = walk_entry(walk, path, entries[i]);
		free(entries[i]);
	}
	return error;
}

/* Takes the folder's path. */
static int walk_folder(struct walk *walk, char *folder)
{
	struct dirent **entries;
	int count, error;

	if (tree_is(folder)) {
		size_t length = strlen(folder);

		return add(walk->inputs, folder,
			   walk->named < length ? walk->named : length, 0);
	}
	if (walk->depth > DEEPEST)
		return add(walk->inputs, folder, walk->named, ELOOP);
	count = scandir(folder, &entries, is_shown, versionsort);
	if (count < 0) {
		error = errno;
		if (error == ENOMEM) {
			free(folder);
			return -1;
		}
		return add(walk->inputs, folder, walk->depth ? walk->named : 0,
			   error);
	}
	error = walk_entries(walk, folder, entries, count);
	free(entries);
	free(folder);
	return error;
}

int inputs_add(struct fleet_inputs *inputs, const char *argument)
{
	size_t length = strlen(argument);
	const char *slash = strrchr(argument, '/');
	struct walk walk = { .inputs = inputs };
	char *path = strdup(argument);
	struct stat status;

	if (!path)
		return -1;
	if (strcmp(argument, "-") && !stat(argument, &status) &&
	    S_ISDIR(status.st_mode)) {
		walk.named = length + (length && argument[length - 1] != '/');
		return walk_folder(&walk, path);
	}
	return add(inputs, path, slash ? (size_t)(slash + 1 - argument) : 0, 0);
}

void inputs_free(struct fleet_inputs *inputs)
{
	size_t i;

	for (i = 0; i < inputs->count; i++)
		free(inputs->list[i].path);
	free(inputs->list);
	*inputs = (struct fleet_inputs){ .list = NULL };
}
