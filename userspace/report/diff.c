// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtinfo diff: in what two hosts differ, and which guest may move which way.
 */
#include "report/diff.h"

#include <stdio.h>
#include <stdlib.h>

#include "migrate/words.h"
#include "report/baseline.h"
#include "report/report.h"

static enum guest_class guest_of(const struct options *options)
{
	const char *word = options->value[OPT_GUEST];

	return word ? guest_class_find(word) : GUEST_PLAIN;
}

static int judge(struct diff *diff)
{
	if (side_of(&diff->side_a, diff->a) || side_of(&diff->side_b, diff->b))
		return -1;
	diff->same = sides_same(&diff->side_a, &diff->side_b);
	if (changes_of(&diff->changes, diff->a, diff->b) ||
	    migration_judge(&diff->to_b, &diff->side_a, &diff->side_b) ||
	    migration_judge(&diff->to_a, &diff->side_b, &diff->side_a))
		return -1;
	if (diff->proved && migration_prove(&diff->proof, &diff->side_a,
					    &diff->side_b, &diff->to_b, NULL))
		return -1;
	diff->status = migration_status(diff->to_b.answer[diff->guest],
					diff->to_a.answer[diff->guest]);
	return 0;
}

static void diff_free(struct diff *diff)
{
	side_free(&diff->side_a);
	side_free(&diff->side_b);
	changes_free(&diff->changes);
	migration_free(&diff->to_b);
	migration_free(&diff->to_a);
	migration_proof_free(&diff->proof);
}

static int baseline_of_hosts(struct out *out, struct host *const *hosts,
			     const struct options *options)
{
	size_t i, made = 0, count = 0;
	const struct side **pointers;
	struct side *sides;
	int error;

	while (hosts[count])
		count++;
	sides = calloc(count, sizeof(*sides));
	pointers = calloc(count, sizeof(*pointers));
	error = !sides || !pointers;
	for (i = 0; i < count && !error; i++) {
		error = side_of(&sides[i], hosts[i]);
		pointers[i] = &sides[i];
		made++;
	}
	if (!error)
		error = report_baseline(out, pointers, count, count, options);
	while (made--)
		side_free(&sides[made]);
	free(pointers);
	free(sides);
	return error ? report_out_of_memory() : STATUS_OK;
}

int report_diff(struct out *out, struct host *const *hosts,
		const struct options *options)
{
	struct diff diff = { .a = hosts[0],
			     .b = hosts[1],
			     .proved = options_has(options, OPT_PROVE),
			     .guest = guest_of(options) };
	int status, error;

	if (options_has(options, OPT_BASELINE))
		return baseline_of_hosts(out, hosts, options);
	error = judge(&diff) ||
		(options_has(options, OPT_JSON) ? diff_json(out, &diff) :
						  diff_text(out, &diff));
	if (!error)
		status = diff.status;
	else /* main() says what came of writing. */
		status = ferror(out->file) ? STATUS_FAILED :
					     report_out_of_memory();
	diff_free(&diff);
	return status;
}
