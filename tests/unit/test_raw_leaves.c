// SPDX-License-Identifier: GPL-2.0-only
/* CPUID leaves that the table has no row for: kept, shown and compared. */
#include "input.h"

#include "model/differences.h"
#include "reported.h"

#define LEAF(number, sub, a, b, c, d)                                          \
	"   " number " " sub ": eax=" a " ebx=" b " ecx=" c " edx=" d "\n"
#define CPU(number, apic, cache)                                               \
	"CPU " number ":\n" LEAF("0x00000000", "0x00", "0x0000001f",           \
				 "0x756e6547", "0x6c65746e", "0x49656e69")     \
		LEAF("0x00000001", "0x00", "0x000b0671", "0x00100800",         \
		     "0x00000020", "0xbfebfbff")                               \
			LEAF("0x00000004", "0x01", cache, "0x02c0003f",        \
			     "0x0000003f", "0x0")                              \
				LEAF("0x0000000b", "0x00", "0x1", "0x2",       \
				     "0x100", apic)

static const char two_kinds[] = CPU("0", "0x0", "0x122")
	CPU("1", "0x1", "0x122") CPU("2", "0x2", "0x121")
		LEAF("0x00000002", "0x00", "0xff01", "0x0", "0x0", "0x0");

static void a_leaf_without_a_row_is_kept(void **state)
{
	struct host *host = parse_string(two_kinds);
	const struct raw_leaves *others = &host->groups[0]->others;
	const struct raw_leaf *leaf;

	(void)state;
	/* What is not in the table parts no group. */
	assert_int_equal(host->nr_groups, 1);
	assert_int_equal(others->count, 3);
	leaf = raw_leaves_find(others, 0x4, 1);
	assert_non_null(leaf);
	assert_int_equal(leaf->reg[VI_EAX], 0x122);
	assert_int_equal(leaf->varies[VI_EAX], 0x3);
	assert_int_equal(leaf->varies[VI_EBX], 0);
	assert_null(raw_leaves_find(others, 0x4, 0));
	assert_non_null(raw_leaves_find(others, 0x2, 0));
	host_free(host);
}

/* What an old processor answers above its maximum is no leaf. */
static void nothing_above_the_maximum_is_believed(void **state)
{
	struct host *host = parse_string(
		CPU("0", "0x0", "0x122") LEAF("0x00000020", "0x00", "0x7",
					      "0x7", "0x7", "0x7")
			LEAF("0x80000000", "0x00", "0x80000004", "0x0", "0x0",
			     "0x0") LEAF("0x80000005", "0x00", "0x7", "0x7",
					 "0x7", "0x7")
				LEAF("0x80000008", "0x00", "0x3027", "0x7",
				     "0x7", "0x7")
					LEAF("0x20000000", "0x00", "0x7", "0x7",
					     "0x7", "0x7"));
	const struct host_group *group = host->groups[0];

	(void)state;
	assert_null(raw_leaves_find(&group->others, 0x20, 0));
	assert_null(raw_leaves_find(&group->others, 0x80000005, 0));
	assert_null(raw_leaves_find(&group->others, 0x20000000, 0));
	assert_non_null(raw_leaves_find(&group->others, 0xb, 0));
	assert_int_equal(group->sample.leaf_status[VI_L80000008],
			 VI_NOT_ATTEMPTED);
	assert_int_equal(group->sample.leaf[VI_L80000008][VI_EAX], 0);
	assert_int_equal(group->sample.leaf_status[VI_L80000000], VI_READ);
	host_free(host);
}

static char *report_of(struct host *host, reporter *report, bool json)
{
	struct options options = { .command = COMMAND_SHOW };
	char *text;

	if (json)
		options.value[OPT_JSON] = "";
	assert_int_equal(reported(&text, report, plain_out, &host, &options),
			 0);
	return text;
}

static void captures_and_reports_have_it(void **state)
{
	static const char line[] =
		"cpuid 0x0000000b.0x0\t: 0x00000001 0x00000002 0x00000100 0x00000000\n";
	struct host *host = parse_string(two_kinds), *copy;
	char *text = report_of(host, report_capture, false), *again;

	(void)state;
	assert_non_null(strstr(text, line));
	copy = parse_string(text);
	again = report_of(copy, report_capture, false);
	assert_string_equal(again, text);
	free(again);
	free(text);
	text = report_of(copy, report_show, false);
	assert_non_null(strstr(
		text,
		"  0x0000000b:0  0x00000001 0x00000002 0x00000100 0x00000000\n"));
	free(text);
	text = report_of(copy, report_show, true);
	assert_non_null(strstr(text, "\"leaf\": \"0x0000000b\""));
	free(text);
	host_free(copy);
	host_free(host);
	refuse("virtinfo : 1\n\ncpus : 0\n"
	       "cpuid 0x0000000b.0x0 : 0x1 0x2 0x3 0x4\n"
	       "cpuid 0x0000000b.0x0 : 0x1 0x2 0x3 0x4\n",
	       "f:5: a second time in this stanza: \"cpuid 0x0000000b.0x0\"");
}

/* Two kinds of cores: their caches differ, and so do the ids of each CPU. */
static void groups_are_compared_by_it(void **state)
{
	static const char machine[] =
		"virtinfo : 1\n\ncpus : 0-1\n"
		"cpuid 0x00000000.0x0 : 0xb 0x756e6547 0x6c65746e 0x49656e69\n"
		"cpuid 0x00000001.0x0 : 0x90672 0x100800 0x20 0xbfebfbff\n"
		"cpuid 0x00000004.0x1 : 0x122 0x2c0003f 0x3f 0x0\n"
		"cpuid 0x0000000b.0x0 : 0x1 0x2 0x100 0x0\n"
		"\ncpus : 2\n"
		"cpuid 0x00000000.0x0 : 0xb 0x756e6547 0x6c65746e 0x49656e69\n"
		"cpuid 0x00000001.0x0 : 0x90673 0x100800 0x20 0xbfebfbff\n"
		"cpuid 0x00000004.0x1 : 0x121 0x2c0003f 0x3f 0x0\n"
		"cpuid 0x0000000b.0x0 : 0x1 0x1 0x100 0x8\n";
	struct differences differences = { .list = NULL };
	char name[REGISTER_ADDRESS_SIZE], word[DIFFERENCE_WORD_SIZE];
	struct host *host = parse_string(machine);
	const struct difference *difference;

	(void)state;
	assert_int_equal(differences_of(&differences, host), 0);
	/* The stepping, the cache, the threads of a core; no x2APIC id. */
	assert_int_equal(differences.count, 3);
	difference = &differences.list[1];
	assert_string_equal(difference_register(name, difference),
			    "0x00000004:1:eax");
	assert_string_equal(difference_word(word, host->groups[0], difference),
			    "0x122");
	assert_string_equal(difference_word(word, host->groups[1], difference),
			    "0x121");
	assert_string_equal(difference_register(name, &differences.list[2]),
			    "0x0000000b:0:ebx");
	differences_free(&differences);
	host_free(host);
}

static void there_is_an_end_to_it(void **state)
{
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);
	unsigned int i;

	(void)state;
	assert_non_null(file);
	fprintf(file, "%s", CPU("0", "0x0", "0x122"));
	for (i = 1; i <= 1023; i++)
		fprintf(file,
			"   0x00000018 0x%x: eax=0x1 ebx=0x2 ecx=0x3 edx=0x4\n",
			1024 - i);
	assert_int_equal(fclose(file), 0);
	refuse(text, "f:1028: more than 1024 CPUID leaves of one CPU");
	free(text);
}

/*
 * Before processors had sub-leaf 1 of leaf 0DH the line behind sub-leaf 0 was
 * that of sub-leaf 2, without a number.
 */
static void an_unnumbered_state_component(void **state)
{
	struct host *host = parse_string(
		"CPUID Registers (CPU #1):\n"
		"CPUID 00000000: 0000000D-756E6547-6C65746E-49656E69\n"
		"CPUID 00000001: 000206A7-00100800-1E9AE3BF-BFEBFBFF\n"
		"CPUID 0000000D: 00000007-00000340-00000340-00000000\n"
		"CPUID 0000000D: 00000100-00000240-00000000-00000000\n");
	const u8 *status = host->groups[0]->sample.leaf_status;

	(void)state;
	assert_int_equal(status[VI_LD_0], VI_READ);
	assert_int_equal(status[VI_LD_1], VI_ABSENT);
	assert_int_equal(status[VI_LD_2], VI_ABSENT);
	host_free(host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_leaf_without_a_row_is_kept),
		cmocka_unit_test(nothing_above_the_maximum_is_believed),
		cmocka_unit_test(captures_and_reports_have_it),
		cmocka_unit_test(groups_are_compared_by_it),
		cmocka_unit_test(there_is_an_end_to_it),
		cmocka_unit_test(an_unnumbered_state_component),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
