/* SPDX-License-Identifier: GPL-2.0-only */
/* Files of the source tree. Tests run from its top, or VIRTINFO_TOP names it. */
#ifndef VIRTINFO_TESTS_UNIT_TREE_H
#define VIRTINFO_TESTS_UNIT_TREE_H

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define TREE_PATH_SIZE 1024

/* The path of what the tree has under that name. */
static inline const char *tree_path(char path[TREE_PATH_SIZE], const char *name)
{
	const char *top = getenv("VIRTINFO_TOP");

	snprintf(path, TREE_PATH_SIZE, "%s/%s", top ? top : ".", name);
	return path;
}

/* The text of a file of the tree, to be freed. */
static inline char *tree_text(const char *name)
{
	char path[TREE_PATH_SIZE], *text = NULL;
	size_t size = 0;
	FILE *file = fopen(tree_path(path, name), "re");

	if (!file)
		fail_msg("%s is missing: run from the top of the tree", path);
	assert_true(getdelim(&text, &size, '\0', file) > 0);
	fclose(file);
	return text;
}

/* Gives each file of a folder of the tree to @see; returns how many there are. */
static inline unsigned int tree_each(const char *where,
				     void (*see)(const char *path,
						 const char *name, void *data),
				     void *data)
{
	char at[TREE_PATH_SIZE], path[2 * TREE_PATH_SIZE];
	unsigned int count = 0;
	struct dirent *entry;
	DIR *files = opendir(tree_path(at, where));

	if (!files)
		fail_msg("%s: run from the top of the tree", at);
	while ((entry = readdir(files))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", at, entry->d_name);
		see(path, entry->d_name, data);
		count++;
	}
	closedir(files);
	return count;
}

#endif
