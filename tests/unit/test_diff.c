// SPDX-License-Identifier: GPL-2.0-only
/* What virtinfo diff prints: hostile names, and machines known in part. */
#include <stdlib.h>

#include "group.h"
#include "input.h"
#include "reported.h"

/* What it prints of two, to be freed. */
static char *printed(struct host *a, struct host *b, int status)
{
	const struct options options = { .command = COMMAND_DIFF };
	struct host *const hosts[] = { a, b, NULL };
	char *text;

	assert_int_equal(
		reported(&text, report_diff, plain_out, hosts, &options),
		status);
	return text;
}

static void no_escape_reaches_a_terminal(void **state)
{
	struct host *hosts[] = { host_new(HOST_CAPTURE, "a\x1b[31m"),
				 host_new(HOST_CAPTURE, "b\x1b[31m") };
	char *text;

	(void)state;
	assert_int_equal(facts_add(hosts[0]->facts, "kernel", "6\xc2\x9b"), 0);
	text = printed(hosts[0], hosts[1], 73);
	assert_non_null(strstr(text, "a\\x1b[31m"));
	assert_null(strchr(text, '\x1b'));
	assert_null(strstr(text, "\xc2\x9b"));
	free(text);
	host_free(hosts[0]);
	host_free(hosts[1]);
}

/* A capture of one CPU, or of two, from words that told these bits of two leaves. */
#define WORDS(bits)                                                            \
	"bits 0x00000001.0x0 : 0x0/0xffffffff 0x0/0x0 " bits " 0x0/0x0\n"      \
	"bits 0x00000000.0x0 : 0x0/0x0 0x756e6547/0xffffffff "                 \
	"0x6c65746e/0xffffffff 0x49656e69/0xffffffff\n"
#define HEAD	  "virtinfo : 1\n"
#define ONE(bits) HEAD "\ncpus : 0\n" WORDS(bits)
#define TWO(bits, others)                                                      \
	HEAD "\ncpus : 0\n" WORDS(bits) "\ncpus : 1\n" WORDS(others)

/* What one of them tells, and what both of one machine's CPUs tell, is compared. */
static void words_are_compared(void **state)
{
	struct host *with = parse_string(ONE("0x20/0x21"));
	struct host *without = parse_string(ONE("0x0/0x21"));
	struct host *silent = parse_string(ONE("0x0/0x1"));
	struct host *mixed = parse_string(TWO("0x21/0x21", "0x20/0x20"));
	char *text;

	(void)state;
	text = printed(with, without, 73);
	assert_non_null(strstr(text, "0x00000001:0:ecx.vmx yes no"));
	free(text);
	text = printed(with, silent, 73);
	assert_null(strstr(text, "ecx.vmx yes no"));
	free(text);
	text = printed(mixed, without, 73);
	assert_non_null(strstr(text, "0x00000001:0:ecx.vmx yes no"));
	assert_null(strstr(text, "ecx.sse3"));
	free(text);
	host_free(with);
	host_free(without);
	host_free(silent);
	host_free(mixed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_escape_reaches_a_terminal),
		cmocka_unit_test(words_are_compared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
