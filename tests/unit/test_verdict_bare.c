// SPDX-License-Identifier: GPL-2.0-only
/* A verdict without evidence is the verdict. */
#include "captures.h"

#include "verdict/verdict.h"

static void same_text(const char *one, const char *other)
{
	assert_int_equal(!one, !other);
	if (one)
		assert_string_equal(one, other);
}

static void compare(const struct host *host, const char *name, void *data)
{
	struct verdict *whole = verdict_of(host, NULL);
	struct verdict *bare = verdict_bare(host);
	size_t i, *evidence = data;

	(void)name;
	assert_non_null(whole);
	assert_non_null(bare);
	assert_int_equal(bare->reason, whole->reason);
	assert_int_equal(bare->usable, whole->usable);
	same_text(bare->summary, whole->summary);
	same_text(bare->remedy, whole->remedy);
	assert_int_equal(bare->nr_stages, whole->nr_stages);
	for (i = 0; i < whole->nr_stages; i++) {
		assert_int_equal(bare->stages[i].status,
				 whole->stages[i].status);
		assert_int_equal(bare->stages[i].nr_evidence, 0);
		*evidence += whole->stages[i].nr_evidence;
	}
	verdict_free(whole);
	verdict_free(bare);
}

static void only_evidence_is_left_out(void **state)
{
	size_t evidence = 0;

	(void)state;
	assert_true(each_capture(compare, &evidence));
	assert_true(evidence);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_evidence_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
