// SPDX-License-Identifier: GPL-2.0-only
/* Laws of migration that hold whatever the machines are. */
#include <stdlib.h>

#include "migration_hosts.h"
#include "migrate/words.h"

/* A bit that has to be equal is no feature that a guest may do without. */
static bool has_to_be_equal(const struct comparison *comparison, u64 bit)
{
	size_t i;

	for (i = 0; i < NR_COMPARISONS; i++)
		if (comparison->reg != NR_REGISTERS &&
		    comparisons[i].reg == comparison->reg &&
		    comparisons[i].how != SUBSET && comparisons[i].bits & bit)
			return true;
	return false;
}

#define MACHINES 120

/*
 * Machines that lack one, two or three random bits of the same features, so
 * that one is often a part of another.
 */
static void make_machines(struct made machines[MACHINES])
{
	size_t i, holes;

	srand(14);
	for (i = 0; i < MACHINES; i++) {
		machines[i] = make();
		for (holes = (size_t)rand() % 4; holes; holes--) {
			const struct comparison *comparison =
				&comparisons[(size_t)rand() % NR_COMPARISONS];
			u64 value = get(machines[i].host, comparison);
			u64 bit = lowest(value & comparison->bits);

			/* The bits that say whether a rule is asked stay. */
			if (comparison->how == SUBSET && bit &&
			    comparison->rule != RULE_NESTED &&
			    !has_to_be_equal(comparison, bit))
				set(machines[i].host, comparison, value & ~bit);
		}
		take_again(&machines[i]);
	}
}

static bool all_safe(const struct side *from, const struct side *to)
{
	enum migration_answer answers[NR_GUEST_CLASSES];
	enum guest_class guest;

	migration_answers(answers, from, to);
	for (guest = 0; guest < NR_GUEST_CLASSES; guest++)
		if (answers[guest] != MIGRATION_SAFE)
			return false;
	return true;
}

/*
 * Over equal frequencies of the TSC: KVM's tolerance, and scaling, make that
 * rule one of which guest began where.
 */
static void safe_is_transitive(void **state)
{
	static bool safe[MACHINES][MACHINES];
	struct made *machines = calloc(MACHINES, sizeof(*machines));
	size_t i, j, k, pairs = 0, chains = 0;

	(void)state;
	make_machines(machines);
	for (i = 0; i < MACHINES; i++)
		for (j = 0; j < MACHINES; j++)
			pairs += safe[i][j] =
				all_safe(&machines[i].side, &machines[j].side);
	for (i = 0; i < MACHINES; i++) {
		assert_true(safe[i][i]);
		for (j = 0; j < MACHINES; j++)
			for (k = 0; safe[i][j] && k < MACHINES; k++) {
				chains += safe[j][k] && i != j && j != k;
				assert_true(!safe[j][k] || safe[i][k]);
			}
	}
	/* Else nothing was tried. */
	assert_true(pairs > MACHINES && pairs < MACHINES * MACHINES);
	assert_true(chains > MACHINES);
	for (i = 0; i < MACHINES; i++)
		drop(&machines[i]);
	free(machines);
}

/* A guest that has less is no less safe. */
static void less_is_never_worse(void **state)
{
	struct made *machines = calloc(MACHINES, sizeof(*machines));
	enum migration_answer before[NR_GUEST_CLASSES], after[NR_GUEST_CLASSES];
	size_t i, row, tried = 0;
	enum guest_class guest;

	(void)state;
	make_machines(machines);
	for (i = 0; i + 1 < MACHINES; i += 2)
		for (row = 0; row < NR_COMPARISONS; row++) {
			const struct comparison *comparison = &comparisons[row];
			struct made *a = &machines[i], *b = &machines[i + 1];
			u64 value = get(a->host, comparison);
			u64 bit = lowest(value & comparison->bits);

			if (comparison->how != SUBSET || !bit ||
			    has_to_be_equal(comparison, bit))
				continue;
			migration_answers(before, &a->side, &b->side);
			set(a->host, comparison, value & ~bit);
			take_again(a);
			migration_answers(after, &a->side, &b->side);
			set(a->host, comparison, value);
			take_again(a);
			for (guest = 0; guest < NR_GUEST_CLASSES; guest++)
				assert_true(after[guest] <= before[guest]);
			tried++;
		}
	assert_true(tried > 1000);
	for (i = 0; i < MACHINES; i++)
		drop(&machines[i]);
	free(machines);
}

static void an_intersection_is_safe_to_each(void **state)
{
	struct made *machines = calloc(MACHINES, sizeof(*machines));
	const struct side *sides[5];
	struct side all;
	size_t i, j;

	(void)state;
	make_machines(machines);
	for (i = 0; i + 5 <= MACHINES; i++) {
		for (j = 0; j < 5; j++)
			sides[j] = &machines[i + j].side;
		assert_int_equal(side_intersection(&all, sides, 5), 0);
		for (j = 0; j < 5; j++)
			assert_true(all_safe(&all, sides[j]));
		side_free(&all);
	}
	for (i = 0; i < MACHINES; i++)
		drop(&machines[i]);
	free(machines);
}

/* Swapped hosts have swapped answers. */
static void status_mirrors(void **state)
{
	static const struct {
		enum migration_answer to_b, to_a;
		int status, swapped;
	} rows[] = {
		{ MIGRATION_SAFE, MIGRATION_SAFE, 0, 0 },
		{ MIGRATION_SAFE, MIGRATION_UNSAFE, 70, 71 },
		{ MIGRATION_UNSAFE, MIGRATION_UNSAFE, 72, 72 },
		{ MIGRATION_SAFE, MIGRATION_UNKNOWN, 73, 73 },
		{ MIGRATION_UNSAFE, MIGRATION_UNKNOWN, 73, 73 },
		{ MIGRATION_UNKNOWN, MIGRATION_UNKNOWN, 73, 73 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(migration_status(rows[i].to_b, rows[i].to_a),
				 rows[i].status);
		assert_int_equal(migration_status(rows[i].to_a, rows[i].to_b),
				 rows[i].swapped);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(safe_is_transitive),
		cmocka_unit_test(less_is_never_worse),
		cmocka_unit_test(an_intersection_is_safe_to_each),
		cmocka_unit_test(status_mirrors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
