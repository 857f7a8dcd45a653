// SPDX-License-Identifier: GPL-2.0-only
/*
 * Laws of migration, over all pairs of the machines in files that are given:
 * one host is safe to itself; a guest that may move from A to B and from B to C
 * may move from A to C; what two hosts have in common is unsafe to neither; the
 * quick answers are those of the findings. Prints TAP.
 */
#include "machines.h"

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

	load(&machines, argv + 1, argc - 1);
	machines.safe = calloc(machines.count * machines.count + 1, 1);
	if (!machines.safe)
		return 1;
	failures = machines.count ? all_pairs(&machines) : 1;
	if (!failures)
		printf("ok migration laws\n");
	unload(&machines);
	return failures ? 1 : 0;
}
