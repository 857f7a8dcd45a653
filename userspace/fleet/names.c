// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/safe.h"

/* A path that is compared from its end. */
struct ending {
	const char *path;
	size_t length;
	size_t start; /* of what is its alone */
	size_t host;
};

/* How many bytes at the end of both are the same. */
static size_t common_end(const struct ending *a, const struct ending *b)
{
	size_t least = a->length < b->length ? a->length : b->length, i = 0;

	while (i < least &&
	       a->path[a->length - 1 - i] == b->path[b->length - 1 - i])
		i++;
	return i;
}

static int compare_endings(const void *one, const void *other)
{
	const struct ending *a = one, *b = other;
	size_t same = common_end(a, b);

	if (same == a->length || same == b->length)
		return (a->length > b->length) - (a->length < b->length);
	return (unsigned char)a->path[a->length - 1 - same] -
	       (unsigned char)b->path[b->length - 1 - same];
}

/* Where the part of the path begins that has the byte before its last ones. */
static size_t part_start(const struct ending *ending, size_t last_bytes)
{
	size_t at = ending->length > last_bytes ?
			    ending->length - last_bytes - 1 :
			    0;

	/* Of the other it is the end of a part, of this one the whole. */
	if (ending->path[at] == '/' && ending->length > last_bytes)
		return at + 1;
	while (at && ending->path[at - 1] != '/')
		at--;
	return at;
}

/* Not where it would be the whole of one path, or cut a part in two. */
static size_t shared_parts(const struct ending *endings, size_t count)
{
	size_t i, same, least = endings[0].length - endings[0].start;

	for (i = 1; i < count; i++) {
		same = common_end(&endings[0], &endings[i]);
		if (same < least)
			least = same;
		if (endings[i].length - endings[i].start < least)
			least = endings[i].length - endings[i].start;
	}
	/* It has to begin with a slash, and to leave something before it. */
	while (least && (endings[0].path[endings[0].length - least] != '/' ||
			 endings[0].length - endings[0].start == least))
		least--;
	for (i = 1; i < count; i++)
		if (endings[i].length - endings[i].start == least)
			return 0;
	return least;
}

static const char *name_of(struct fleet *fleet, const struct ending *ending,
			   size_t left_out)
{
	char *part = strndup(ending->path + ending->start,
			     ending->length - left_out - ending->start);
	char *safe = part ? safe_string(part) : NULL;
	const char *name = safe ? pool_string(fleet->pool, safe) : NULL;

	free(part);
	free(safe);
	return name;
}

int names_of_paths(struct fleet *fleet)
{
	size_t i, shared, count = fleet->nr_hosts;
	struct ending *endings = calloc(count + 1, sizeof(*endings));

	if (!endings)
		return -1;
	for (i = 0; i < count; i++)
		endings[i] = (struct ending){
			.path = fleet->hosts[i].path,
			.length = strlen(fleet->hosts[i].path),
			.host = i,
		};
	qsort(endings, count, sizeof(*endings), compare_endings);
	for (i = 0; i < count; i++) {
		size_t before =
			i ? common_end(&endings[i], &endings[i - 1]) : 0;
		size_t after = i + 1 < count ? common_end(&endings[i],
							  &endings[i + 1]) :
					       0;

		endings[i].start = part_start(&endings[i],
					      before > after ? before : after);
	}
	shared = count > 1 ? shared_parts(endings, count) : 0;
	for (i = 0; i < count; i++) {
		const char *name = name_of(fleet, &endings[i], shared);

		if (!name)
			break;
		fleet->hosts[endings[i].host].name = name;
	}
	free(endings);
	return i < count ? -1 : 0;
}

static int compare_names(const void *one, const void *other)
{
	const struct fleet_host *a = one, *b = other;
	int order = strverscmp(a->name, b->name);

	return order ? order : strcmp(a->path, b->path);
}

static void sort(struct fleet *fleet)
{
	qsort(fleet->hosts, fleet->nr_hosts, sizeof(*fleet->hosts),
	      compare_names);
}

/* A node name that two hosts have, or a file, is followed by the file. */
static int rename_host(struct fleet *fleet, struct fleet_host *host,
		       const char *file)
{
	char *text = NULL;

	if (asprintf(&text, "%s (%s)", host->node, file) < 0)
		return -1;
	host->name = pool_string(fleet->pool, text);
	free(text);
	return host->name ? 0 : -1;
}

int names_of_nodes(struct fleet *fleet)
{
	size_t i, count = fleet->nr_hosts;
	const char **files = calloc(count + 1, sizeof(*files));
	int error = 0;

	if (!files)
		return -1;
	for (i = 0; i < count; i++)
		if (fleet->hosts[i].node) {
			/* Behind the sort the file's name is needed again. */
			fleet->hosts[i].file_name = fleet->hosts[i].name;
			fleet->hosts[i].name = fleet->hosts[i].node;
		}
	sort(fleet);
	/* Judged before any of them is renamed. */
	for (i = 0; i < count; i++) {
		const struct fleet_host *host = &fleet->hosts[i];
		bool before = i && !strcmp(host->name, host[-1].name);
		bool after = i + 1 < count && !strcmp(host->name, host[1].name);

		if (host->node && (before || after))
			files[i] = host->file_name;
	}
	for (i = 0; i < count && !error; i++)
		if (files[i])
			error = rename_host(fleet, &fleet->hosts[i], files[i]);
	free(files);
	sort(fleet);
	return error;
}
