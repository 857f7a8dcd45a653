// SPDX-License-Identifier: GPL-2.0-only
/* A capture gives elsewhere the verdict that it gave here. */
#include "captures.h"
#include "verdict.h"

#include "reported.h"

static char *capture(const struct host *host)
{
	struct options options = { .command = COMMAND_CAPTURE };
	struct host *const hosts[] = { (struct host *)host, NULL };
	char *text;

	assert_int_equal(
		reported(&text, report_capture, plain_out, hosts, &options), 0);
	return text;
}

static void assert_alike(const struct verdict *a, const struct verdict *b)
{
	size_t i, j;

	assert_int_equal(a->reason, b->reason);
	assert_string_equal(a->summary, b->summary);
	assert_int_equal(a->nr_stages, b->nr_stages);
	for (i = 0; i < a->nr_stages; i++) {
		const struct stage *x = &a->stages[i], *y = &b->stages[i];

		assert_int_equal(x->status, y->status);
		assert_int_equal(x->reason, y->reason);
		assert_int_equal(x->nr_evidence, y->nr_evidence);
		for (j = 0; j < x->nr_evidence; j++)
			assert_string_equal(x->evidence[j], y->evidence[j]);
	}
}

static void assert_survives(const struct host *host)
{
	char *text = capture(host), *again;
	struct host *copy = parse_string(text);
	struct verdict *first = verdict_of(host, NULL);
	struct verdict *second = verdict_of(copy, NULL);

	assert_non_null(first);
	assert_non_null(second);
	assert_alike(first, second);
	again = capture(copy);
	assert_string_equal(again, text);
	verdict_free(first);
	verdict_free(second);
	host_free(copy);
	free(again);
	free(text);
}

static void survives(const struct host *host, const char *name, void *data)
{
	(void)name;
	(void)data;
	assert_survives(host);
}

static void test_captures_survive(void **state)
{
	(void)state;
	assert_true(each_capture(survives, NULL) > 40);
}

/* Some CPUs have MSRs and some have not: neither may become the other. */
static void test_partly_told(void **state)
{
	struct host *host = parse_string(MSRS_OF_ONE_CPU);

	(void)state;
	assert_survives(host);
	host_free(host);
}

/* How old a value is goes with it. */
static void test_age(void **state)
{
	struct host *host = parse_string(KERNEL("6.1.0") AMD(
		"0-3", "0x0", "0x5") "older\t: 1,3\nolder by\t: 41\n" FACTS);
	char *text = capture(host);

	(void)state;
	assert_has(text, "\nolder\t\t: 1,3\nolder by\t: 41\n");
	assert_survives(host);
	free(text);
	host_free(host);
}

/* Whoever runs it: a capture is sent to others. */
static void test_no_addresses(void **state)
{
	struct host *host = parse_string(KERNEL("6.1.0") AMD("0", "0x0", "0x5") VM_CR(
		"0x0") "msr 0xc0010117 VM_HSAVE_PA : 0x0000000123456000\n" FACTS);
	char *text = capture(host);

	(void)state;
	assert_has(text, "VM_HSAVE_PA");
	assert_has_not(text, "123456");
	free(text);
	host_free(host);
}

/* What a hostile machine says stays one line. */
static void test_hostile_facts(void **state)
{
	struct host *host =
		parse_string(KERNEL("6.1.0") INTEL("0", "0x0") FACTS);
	char *text;

	(void)state;
	assert_int_equal(facts_add(host->facts, "dmi product_name",
				   "evil\ncpus : 0\n\033[2J"),
			 0);
	text = capture(host);
	assert_has(text, "evil\\x0acpus : 0\\x0a\\x1b[2J");
	free(text);
	assert_survives(host);
	host_free(host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_captures_survive),
		cmocka_unit_test(test_partly_told),
		cmocka_unit_test(test_age),
		cmocka_unit_test(test_no_addresses),
		cmocka_unit_test(test_hostile_facts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
