// SPDX-License-Identifier: GPL-2.0-only
/*
 * Laws of migration, over all pairs of the machines in files that are given:
 * one host is safe to itself; a guest that may move from A to B and from B to C
 * may move from A to C; what two hosts have in common is unsafe to neither; the
 * quick answers are those of the findings. Prints TAP.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/input.h"
#include "migrate/migration.h"

struct machine {
	struct host *host;
	struct side side;
};

struct machines {
	struct machine *list;
	size_t count;
	unsigned char *safe; /* count x count, a bit for each class */
};

static int failed(const char *law, const struct machine *a,
		  const struct machine *b)
{
	printf("not ok %s: %s, %s\n", law, a->host->name, b->host->name);
	return 1;
}

static void load(struct machines *machines, char *const *paths, int count)
{
	struct input_error error;
	int i, skipped = 0;

	machines->list = calloc((size_t)count, sizeof(*machines->list));
	if (!machines->list)
		exit(1);
	for (i = 0; i < count; i++) {
		struct machine *machine = &machines->list[machines->count];

		machine->host = input_file(paths[i], &error);
		if (!machine->host) {
			skipped++;
			continue;
		}
		if (side_of(&machine->side, machine->host))
			exit(1);
		machines->count++;
	}
	printf("# %zu machines, %d files are in no form that is read\n",
	       machines->count, skipped);
}

/* The answers with findings and those without are the same. */
static int judge_pair(struct machines *machines, size_t i, size_t j)
{
	const struct machine *a = &machines->list[i], *b = &machines->list[j];
	enum migration_answer answers[NR_GUEST_CLASSES];
	enum guest_class guest;
	struct migration migration;
	int failures = 0;

	if (migration_judge(&migration, &a->side, &b->side))
		exit(1);
	migration_answers(answers, &a->side, &b->side);
	if (memcmp(answers, migration.answer, sizeof(answers)))
		failures = failed("one answer", a, b);
	for (guest = 0; guest < NR_GUEST_CLASSES; guest++)
		if (answers[guest] == MIGRATION_SAFE)
			machines->safe[i * machines->count + j] |= 1U << guest;
	migration_free(&migration);
	return failures;
}

/* The rule that what two have in common breaks to one of them. */
static int in_common_to(const struct side *common, const struct machine *to,
			const struct machine *other)
{
	struct migration migration;
	size_t i;
	int failures = 0;

	if (migration_judge(&migration, common, &to->side))
		exit(1);
	for (i = 0; i < migration.count && !failures; i++)
		if (migration.list[i].answer == MIGRATION_UNSAFE)
			failures = failed(
				migration_rule_info(migration.list[i].rule)
					->name,
				to, other);
	migration_free(&migration);
	return failures;
}

/*
 * To the first of the two: another vendor's component at another place is
 * levelled by no CPU model, and then the first one's is taken.
 */
static int in_common(const struct machine *a, const struct machine *b)
{
	const struct side *sides[] = { &a->side, &b->side };
	struct side common;
	int failures;

	if (side_intersection(&common, sides, 2))
		exit(1);
	failures = in_common_to(&common, a, b);
	side_free(&common);
	return failures;
}

static int all_pairs(struct machines *machines)
{
	size_t i, j, k, n = machines->count, safe = 0;
	int failures = 0;

	for (i = 0; i < n; i++)
		for (j = 0; j < n; j++)
			failures += judge_pair(machines, i, j) +
				    in_common(&machines->list[i],
					      &machines->list[j]);
	for (i = 0; i < n; i++) {
		if (machines->safe[i * n + i] != (1U << NR_GUEST_CLASSES) - 1)
			failures += failed("safe to itself", &machines->list[i],
					   &machines->list[i]);
		for (j = 0; j < n; j++)
			for (k = 0; machines->safe[i * n + j] && k < n; k++)
				if (machines->safe[i * n + j] &
				    machines->safe[j * n + k] &
				    ~machines->safe[i * n + k])
					failures += failed("transitive",
							   &machines->list[i],
							   &machines->list[k]);
		for (j = 0; j < n; j++)
			safe += machines->safe[i * n + j] != 0;
	}
	printf("# %zu pairs, %zu of them safe for some guest\n", n * n, safe);
	return failures;
}

int main(int argc, char **argv)
{
	struct machines machines = { .list = NULL };
	int failures;
	size_t i;

	load(&machines, argv + 1, argc - 1);
	machines.safe = calloc(machines.count * machines.count + 1, 1);
	if (!machines.safe)
		return 1;
	failures = machines.count ? all_pairs(&machines) : 1;
	if (!failures)
		printf("ok migration laws\n");
	for (i = 0; i < machines.count; i++) {
		side_free(&machines.list[i].side);
		host_free(machines.list[i].host);
	}
	free(machines.list);
	free(machines.safe);
	return failures ? 1 : 0;
}
