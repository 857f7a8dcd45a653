// SPDX-License-Identifier: GPL-2.0-only
#include "input.h"

static void parses_as(const char *text, const char *expected,
		      unsigned int weight)
{
	struct cpulist list = { 0 };

	assert_int_equal(cpulist_parse(&list, text, strlen(text)), 0);
	assert_cpus(&list, expected);
	assert_int_equal(cpulist_weight(&list), weight);
	cpulist_free(&list);
}

static void refused(const char *text, int result)
{
	struct cpulist list = { 0 };

	assert_int_equal(cpulist_parse(&list, text, strlen(text)), result);
	cpulist_free(&list);
}

static void test_parse(void **state)
{
	(void)state;
	parses_as("", "none", 0);
	parses_as("none", "none", 0);
	parses_as("0", "0", 1);
	parses_as("0-3,8,10-11", "0-3,8,10-11", 7);
	parses_as("65535", "65535", 1);
	parses_as("0-65535", "0-65535", 65536);
	parses_as("007", "7", 1);
}

static void test_ranges_are_joined(void **state)
{
	(void)state;
	parses_as("2,1,0", "0-2", 3);
	parses_as("0-1,2-3", "0-3", 4);
	parses_as("8-9,0-1,4-5", "0-1,4-5,8-9", 6);
	parses_as("0,2,4,6,0-6", "0-6", 7);
	parses_as("0-9,3-4", "0-9", 10);
	parses_as("5,3,4", "3-5", 3);
}

static void test_refuse(void **state)
{
	(void)state;
	refused(" ", -2);
	refused("None", -2);
	refused("0-", -2);
	refused("-1", -2);
	refused("3-1", -2);
	refused("0,", -2);
	refused(",0", -2);
	refused("0 1", -2);
	refused("0-1-2", -2);
	refused("0x1", -2);
	refused("0\n", -2);
	refused("65536", -3);
	refused("0-65536", -3);
	refused("4294967296", -3);
	refused("0-18446744073709551616", -3);
}

/* Only length bytes are looked at. */
static void test_length(void **state)
{
	struct cpulist list = { 0 };

	(void)state;
	assert_int_equal(cpulist_parse(&list, "12345", 2), 0);
	assert_cpus(&list, "12");
	cpulist_free(&list);
}

static void test_has(void **state)
{
	struct cpulist list = { 0 };

	(void)state;
	assert_false(cpulist_has(&list, 0));
	assert_int_equal(cpulist_add(&list, 4, 7), 0);
	assert_int_equal(cpulist_add(&list, 9, 9), 0);
	assert_false(cpulist_has(&list, 3));
	assert_true(cpulist_has(&list, 4));
	assert_true(cpulist_has(&list, 7));
	assert_false(cpulist_has(&list, 8));
	assert_true(cpulist_has(&list, 9));
	assert_false(cpulist_has(&list, 10));
	cpulist_free(&list);
}

static void words_are(const char *text, const char *words)
{
	struct cpulist list = { 0 };
	char *got;

	assert_int_equal(cpulist_parse(&list, text, strlen(text)), 0);
	got = cpulist_words(&list);
	assert_non_null(got);
	assert_string_equal(got, words);
	free(got);
	cpulist_free(&list);
}

static void test_in_words(void **state)
{
	(void)state;
	words_are("0", "CPU 0");
	words_are("8191", "CPU 8191");
	words_are("0-1", "CPUs 0-1");
	words_are("0,2", "CPUs 0,2");
	words_are("none", "no CPU");
}

/* Against the plainest set there is. */
static void test_add_against_an_array(void **state)
{
	unsigned char in[256];
	unsigned int round, i, seed = 1;

	(void)state;
	for (round = 0; round < 200; round++) {
		struct cpulist list = { 0 };
		unsigned int weight = 0;

		memset(in, 0, sizeof(in));
		for (i = 0; i < 40; i++) {
			unsigned int first, last;

			seed = seed * 1103515245 + 12345;
			first = seed >> 16 & 0xff;
			last = first + (seed >> 24 & 7);
			last = last > 255 ? 255 : last;
			memset(&in[first], 1, last - first + 1);
			assert_int_equal(cpulist_add(&list, first, last), 0);
		}
		for (i = 0; i < 256; i++) {
			weight += in[i];
			assert_int_equal(cpulist_has(&list, i), in[i]);
		}
		assert_int_equal(cpulist_weight(&list), weight);
		for (i = 1; i < list.count; i++)
			assert_true(list.ranges[i - 1].last + 1 <
				    list.ranges[i].first);
		cpulist_free(&list);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_ranges_are_joined),
		cmocka_unit_test(test_refuse),
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_has),
		cmocka_unit_test(test_in_words),
		cmocka_unit_test(test_add_against_an_array),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
