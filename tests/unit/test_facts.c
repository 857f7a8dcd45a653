// SPDX-License-Identifier: GPL-2.0-only
#include "input.h"

static void test_order_and_first(void **state)
{
	struct facts *facts = facts_new();

	(void)state;
	assert_non_null(facts);
	assert_int_equal(facts_count(facts), 0);
	assert_null(facts_get(facts, "kernel"));
	assert_int_equal(facts_add(facts, "kernel", "6.1"), 0);
	assert_int_equal(facts_add(facts, "module", "kvm"), 0);
	assert_int_equal(facts_add(facts, "module", "kvm_intel"), 0);
	assert_int_equal(facts_format(facts, "count", "%d of %s", 2, "3"), 0);
	assert_int_equal(facts_count(facts), 4);
	assert_string_equal(facts_get(facts, "module"), "kvm");
	assert_string_equal(facts_get(facts, "count"), "2 of 3");
	assert_null(facts_get(facts, "modul"));
	assert_string_equal(facts_at(facts, 2).key, "module");
	assert_string_equal(facts_at(facts, 2).value, "kvm_intel");
	facts_free(facts);
}

static void test_many(void **state)
{
	struct facts *facts = facts_new();
	char key[16];
	int i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		sprintf(key, "key %d", i);
		assert_int_equal(facts_format(facts, key, "%d", i), 0);
	}
	assert_int_equal(facts_count(facts), 1000);
	assert_string_equal(facts_get(facts, "key 999"), "999");
	assert_string_equal(facts_at(facts, 31).value, "31");
	facts_free(facts);
}

static void test_lines_and_keys(void **state)
{
	struct facts *facts = facts_new();
	char module[200];

	(void)state;
	facts_add_line(facts, 7, "module kvm users: 3", 16, "3,", 1);
	facts_add_line(facts, 9, "module kvm users", 16, "4", 1);
	facts_add(facts, "parameter kvm.ept", "Y");
	assert_int_equal(facts_at(facts, 0).line, 7);
	assert_null(facts_at(facts, 0).first);
	assert_int_equal(facts_at(facts, 1).line, 9);
	assert_int_equal(facts_at(facts, 1).first->line, 7);
	assert_int_equal(facts_at(facts, 2).line, 0);
	assert_null(facts_get(facts, "parameter"));
	assert_string_equal(facts_getf(facts, "module %s users", "kvm"), "3");
	assert_string_equal(facts_getf(facts, "parameter %s.%s", "kvm", "ept"),
			    "Y");
	/* A key that is too long to be asked for is none, not a shorter one. */
	memset(module, ' ', sizeof(module));
	strcpy(module + sizeof(module) - 4, "kvm");
	assert_null(facts_getf(facts, "module %s", module));
	facts_free(facts);
}

/* A value can neither end its line nor move a cursor. */
static void test_values_are_safe(void **state)
{
	struct facts *facts = facts_new();

	(void)state;
	facts_add(facts, "a", "one\ntwo\r\x1b[2J");
	facts_add(facts, "b\n", "\xff\xc3\xa9");
	assert_string_equal(facts_get(facts, "a"), "one\\x0atwo\\x0d\\x1b[2J");
	assert_string_equal(facts_at(facts, 1).key, "b\\x0a");
	assert_string_equal(facts_at(facts, 1).value, "\\xff\xc3\xa9");
	facts_free(facts);
	facts_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order_and_first),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_lines_and_keys),
		cmocka_unit_test(test_values_are_safe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
