// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parse every file named and decode every field of every group of CPUs, in
 * one process. The sum of the fields is printed, so that none of the work can
 * be left out.
 */
#include <inttypes.h>
#include <stdio.h>

#include "input/input.h"
#include "model/decode.h"

struct totals {
	size_t groups;
	size_t fields;
	uint64_t sum;
};

static void decode_group(const struct host_group *group, struct totals *totals)
{
	unsigned int id;

	totals->groups++;
	for (id = 0; id < NR_FIELDS; id++) {
		struct field_value value = field_value(group, id);

		if (!value.known)
			continue;
		totals->fields++;
		totals->sum += value.number + value.control + !!value.text;
	}
}

static int decode_file(const char *path, struct totals *totals)
{
	struct input_error error;
	struct host *host = input_file(path, &error);
	size_t i;

	if (!host) {
		fprintf(stderr, "%s\n", error.text);
		return -1;
	}
	for (i = 0; i < host->nr_groups; i++)
		decode_group(host->groups[i], totals);
	host_free(host);
	return 0;
}

int main(int argc, char **argv)
{
	struct totals totals = { 0 };
	int i;

	for (i = 1; i < argc; i++)
		if (decode_file(argv[i], &totals))
			return 1;
	printf("%d files, %zu groups, %zu fields, sum %" PRIx64 "\n", argc - 1,
	       totals.groups, totals.fields, totals.sum);
	return 0;
}
