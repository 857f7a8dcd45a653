// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/tree.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "input/buffer.h"
#include "input/error.h"

static const char *const files[] = {
#define TREE_FILE(path) path,
#include "tables/fleet_trees.def"
};

static const char *const name_files[] = {
#define TREE_NAME(path) path,
#include "tables/fleet_trees.def"
};

static bool path_below(char path[PATH_MAX], const char *folder,
		       const char *file)
{
	int length = snprintf(path, PATH_MAX, "%s/%s", folder, file);

	return length > 0 && length < PATH_MAX;
}

static bool is_file(const char *folder, const char *file)
{
	char path[PATH_MAX];
	struct stat status;

	return path_below(path, folder, file) && !stat(path, &status) &&
	       S_ISREG(status.st_mode);
}

bool tree_is(const char *folder)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(files); i++)
		if (is_file(folder, files[i]))
			return true;
	return false;
}

/* Behind what all holds; a line of its own begins. Returns 0 or an errno. */
static int append(struct buffer *all, const struct buffer *one)
{
	size_t size = all->length + one->length + 1;
	char *data;

	if (size > INPUT_MAX)
		return EFBIG;
	data = realloc(all->data, size);
	if (!data)
		return ENOMEM;
	memcpy(data + all->length, one->data, one->length);
	all->data = data;
	all->length += one->length;
	if (all->length && all->data[all->length - 1] != '\n')
		all->data[all->length++] = '\n';
	return 0;
}

static int read_files(struct buffer *all, const char *folder,
		      struct input_error *error)
{
	char path[PATH_MAX];
	struct buffer one;
	size_t i;
	int failed;

	for (i = 0; i < ARRAY_SIZE(files); i++) {
		if (!is_file(folder, files[i]) ||
		    !path_below(path, folder, files[i]))
			continue;
		failed = buffer_read(&one, path);
		if (!failed) {
			failed = append(all, &one);
			free(one.data);
		}
		if (failed)
			return input_error(error, STATUS_FAILED, path, 0,
					   "cannot read: %s", strerror(failed));
	}
	return 0;
}

/* Returns 0, or -1 without memory. */
static int add_name(struct host *host, const char *folder)
{
	char path[PATH_MAX];
	struct buffer text;
	size_t i, length;
	int error = 0;

	if (facts_get(host->facts, "host"))
		return 0;
	for (i = 0; i < ARRAY_SIZE(name_files); i++) {
		const char *end;

		if (!path_below(path, folder, name_files[i]) ||
		    buffer_read(&text, path))
			continue;
		end = memchr(text.data, '\n', text.length);
		length = end ? (size_t)(end - text.data) : text.length;
		if (length)
			error = facts_add_line(host->facts, 0, "host",
					       strlen("host"), text.data,
					       length);
		free(text.data);
		if (length)
			break;
	}
	return error;
}

static struct host *read_tree(const char *folder, struct input_error *error)
{
	struct buffer all = { .data = NULL };
	struct host *host = NULL;

	if (!read_files(&all, folder, error))
		host = input_memory(folder, all.data ? all.data : "",
				    all.length, error);
	free(all.data);
	if (host && add_name(host, folder)) {
		host_free(host);
		input_no_memory(error, folder);
		return NULL;
	}
	return host;
}

struct host *tree_read(const char *path, struct input_error *error)
{
	struct stat status;

	if (strcmp(path, "-") && !stat(path, &status) &&
	    S_ISDIR(status.st_mode))
		return read_tree(path, error);
	return input_file(path, error);
}
