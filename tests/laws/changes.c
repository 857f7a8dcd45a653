// SPDX-License-Identifier: GPL-2.0-only
/*
 * Laws of what two machines differ in, over machines in files that are given: a
 * machine does not differ from itself, and what differs does so with the two in
 * the other order; a machine that is read twice is nowhere unsafe to the other
 * reading; where a rule is broken something differs. Prints TAP.
 */
#include "machines.h"
#include "migrate/changes.h"

static bool same_word(const char *a, const char *b)
{
	return (!a && !b) || (a && b && !strcmp(a, b));
}

/* Does the other way have that change, with the values swapped? */
static bool is_mirrored(const struct change *change,
			const struct changes *other)
{
	size_t i;

	for (i = 0; i < other->count; i++) {
		const struct change *at = &other->list[i];

		if (at->cause == change->cause &&
		    !strcmp(at->name, change->name))
			return same_word(at->a, change->b) &&
			       same_word(at->b, change->a);
	}
	return false;
}

/*
 * What KVM cannot restore is refused by the host that it was read from, too:
 * then nothing has to differ.
 */
static bool is_of_two(const struct migration_finding *finding)
{
	return finding->answer == MIGRATION_UNSAFE &&
	       finding->rule != RULE_VMX_NOT_RESTORED;
}

static const char *broken_rule(const struct side *from, const struct side *to)
{
	const char *name = NULL;
	struct migration migration;
	size_t i;

	if (migration_judge(&migration, from, to))
		exit(1);
	for (i = 0; i < migration.count && !name; i++)
		if (is_of_two(&migration.list[i]))
			name = migration_rule_info(migration.list[i].rule)
				       ->name;
	migration_free(&migration);
	return name;
}

/* Read again, with a fact more, so that it is not taken for the same host. */
static int check_twin(const struct machine *machine)
{
	struct machine twin = { .path = machine->path };
	struct input_error error;
	struct changes changes;
	const char *rule;
	int failures = 0;

	twin.host = input_file(machine->path, &error);
	if (!twin.host || facts_add(twin.host->facts, "user twin", "yes") ||
	    side_of(&twin.side, twin.host) ||
	    changes_of(&changes, machine->host, twin.host))
		exit(1);
	if (changes.count)
		failures = failed(changes.list[0].name, machine, &twin);
	rule = broken_rule(&machine->side, &twin.side);
	if (rule)
		failures += failed(rule, machine, &twin);
	changes_free(&changes);
	side_free(&twin.side);
	host_free(twin.host);
	return failures;
}

static int check_pair(const struct machine *a, const struct machine *b)
{
	struct changes there, back;
	int failures = 0;
	size_t i;

	if (changes_of(&there, a->host, b->host) ||
	    changes_of(&back, b->host, a->host))
		exit(1);
	if (there.count != back.count)
		failures += failed("as many differences both ways", a, b);
	for (i = 0; i < there.count && !failures; i++)
		if (!is_mirrored(&there.list[i], &back))
			failures += failed(there.list[i].name, a, b);
	if (!there.count && (broken_rule(&a->side, &b->side) ||
			     broken_rule(&b->side, &a->side)))
		failures += failed("what is unsafe differs", a, b);
	changes_free(&there);
	changes_free(&back);
	return failures;
}

int main(int argc, char **argv)
{
	/* Not all pairs: that takes minutes. Near ones are of like forms. */
	static const size_t apart[] = { 1, 2, 3, 7, 19, 53, 101 };
	struct machines machines = { .list = NULL };
	size_t i, j, pairs = 0;
	int failures = 0;

	load(&machines, argv + 1, argc - 1);
	for (i = 0; i < machines.count; i++) {
		failures += check_twin(&machines.list[i]);
		for (j = 0; j < sizeof(apart) / sizeof(*apart); j++, pairs++)
			failures += check_pair(&machines.list[i],
					       &machines.list[(i + apart[j]) %
							      machines.count]);
	}
	printf("# %zu pairs\n", pairs);
	if (!pairs)
		failures = 1;
	if (!failures)
		printf("ok laws of differences\n");
	unload(&machines);
	return failures ? 1 : 0;
}
