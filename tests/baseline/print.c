// SPDX-License-Identifier: GPL-2.0-only
/*
 * print ENGINE[:VERSION] FILE...: the baseline of the machines in the files, for
 * the scripts that ask the engines whether they take it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/exit_status.h"
#include "input/input.h"
#include "migrate/baseline.h"

static int print(const char *word, struct side *sides, size_t count)
{
	const struct side **list = calloc(count, sizeof(*list));
	struct out out = { .file = stdout, .width = 80 };
	struct baseline_target target;
	struct side baseline = { .host = NULL };
	int error = -1;
	size_t i;

	if (!list || !baseline_target_parse(&target, word)) {
		fprintf(stderr, "print: no engine '%s'\n", word);
		goto out;
	}
	for (i = 0; i < count; i++)
		list[i] = &sides[i];
	error = baseline_of(&baseline, list, count);
	if (!error)
		error = baseline_print(&out, &baseline, list, count, &target);
	side_free(&baseline);
out:
	free(list);
	return error;
}

int main(int argc, char **argv)
{
	size_t count = argc > 2 ? (size_t)argc - 2 : 0, i;
	struct host **hosts = calloc(count + 1, sizeof(*hosts));
	struct side *sides = calloc(count + 1, sizeof(*sides));
	struct input_error error;
	int status = 1;

	if (!count || !hosts || !sides)
		goto out;
	for (i = 0; i < count; i++) {
		hosts[i] = input_file(argv[i + 2], &error);
		if (!hosts[i])
			status = (int)error.status;
		if (!hosts[i] || side_of(&sides[i], hosts[i]))
			goto out;
	}
	if (!print(argv[1], sides, count) && !fflush(stdout))
		status = 0;
out:
	for (i = 0; hosts && sides && i < count; i++) {
		side_free(&sides[i]);
		host_free(hosts[i]);
	}
	free(hosts);
	free(sides);
	return status;
}
