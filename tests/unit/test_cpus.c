// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtinfo cpus of a machine whose cores differ in what they can virtualize,
 * as Lakefield's do: one large core, four small ones.
 */
#include "input.h"

#include "reported.h"

#define CPU(number, apic, core)                                                \
	"------[ CPUID Registers / Logical CPU #" number " ]------\r\n"        \
	"CPUID 00000000: 0000001B-756E6547-6C65746E-49656E69\r\n"              \
	"CPUID 00000001: 000806A1-" apic "100800-4FD8EBBF-BFEBFBFF\r\n"        \
	"CPUID 00000007: 00000000-239422C3-00400104-BC008400 [SL 00]\r\n"      \
	"CPUID 0000001A: " core "000000-00000000-00000000-00000000\r\n"
#define MSRS(number, controls)                                                 \
	"------[ MSR Registers / Logical CPU #" number " ]------\r\n"          \
	"MSR 0000003A: 0000-0000-0000-0005\r\n"                                \
	"MSR 00000480: 00DA-0500-0000-0013\r\n"                                \
	"MSR 00000482: FFF9-FFFE-0401-E172\r\n"                                \
	"MSR 0000048B: " controls "\r\n"
#define SMALL_CORE "035D-6FFF-0000-0000"
#define LARGE_CORE "435D-6FFB-0000-0000" /* one control more, one less */

static const char dump[] =
	CPU("0", "00", "20") CPU("1", "02", "20") CPU("2", "04", "20")
		CPU("3", "06", "20") CPU("4", "08", "40") MSRS("0", SMALL_CORE)
			MSRS("1", SMALL_CORE) MSRS("2", SMALL_CORE)
				MSRS("3", SMALL_CORE) MSRS("4", LARGE_CORE);

/* The report of a dump, in new memory. */
static char *report_of(const char *machine, const struct options *options)
{
	struct host *host = parse_string(machine);
	char *text;

	assert_int_equal(host->nr_groups, 2);
	assert_int_equal(
		reported(&text, report_cpus, plain_out, &host, options), 0);
	host_free(host);
	return text;
}

static char *report(const struct options *options)
{
	return report_of(dump, options);
}

/* A line of it that begins with start and then has these words. */
static void has_line(const char *text, const char *start, const char *words)
{
	const char *line = strstr(text, start);
	char have[256] = "";
	size_t at = 0;

	if (!line)
		fail_msg("no line \"%s\" in:\n%s", start, text);
	for (line += strlen(start); *line && *line != '\n'; line++)
		if (*line != ' ' || (at && have[at - 1] != ' '))
			have[at++] = *line;
	assert_string_equal(have, words);
}

static void the_difference_and_the_intersection(void **state)
{
	const struct options options = { .command = COMMAND_CPUS };
	char *text = report(&options);

	(void)state;
	assert_non_null(strstr(text, "2 kinds of CPU; odd: CPU 4"));
	has_line(text, "\nFIELD ", "0-3 4 ALL CPUS");
	has_line(text, "\n0x0000001a:0:eax.core_type ", "Atom Core differs");
	/* What one kind lacks, the machine lacks. */
	has_line(text, "\nIA32_VMX_PROCBASED_CTLS2.vmm_bus_lock_detection ",
		 "no yes no");
	has_line(text, "\nIA32_VMX_PROCBASED_CTLS2.descriptor_table_exiting ",
		 "yes no no");
	/* What both have is no difference, nor is the APIC id. */
	assert_null(strstr(text, "enable_ept"));
	assert_null(strstr(text, "initial_apic_id"));
	free(text);
}

static void the_same_as_json(void **state)
{
	struct options options = { .command = COMMAND_CPUS };
	char *text;

	(void)state;
	options.value[OPT_JSON] = "";
	text = report(&options);
	assert_non_null(strstr(text, "\"schema\": \"virtinfo.cpus/1\""));
	assert_non_null(strstr(text, "\"vmm_bus_lock_detection\""));
	assert_non_null(strstr(text, "\"odd\": true"));
	free(text);
}

#define LEAVES(signature, ebx)                                                 \
	"cpuid 0x00000000.0x0 : 0x1b 0x756e6547 0x6c65746e 0x49656e69\n"       \
	"cpuid 0x00000001.0x0 : " signature " 0x100800 0x20 0xbfebfbff\n"      \
	"cpuid 0x00000007.0x0 : 0x0 " ebx " 0x98c007bc 0xfc184410\n"

/*
 * Bits that have no field split groups as well: AVX-512 on the large cores
 * of the first hybrids. So do reserved bits, and registers with no field.
 */
static void what_has_no_field_differs_too(void **state)
{
	static const char machine[] =
		"virtinfo : 1\n"
		"\ncpus : 0-7\n" LEAVES(
			"0x90672",
			"0x239d27eb") "cpuid 0x00000014.0x0 : 0x1 0x60f 0x7 0x0\n"
				      "cpuid 0x80000000.0x0 : 0x80000008 0x0 0x0 0x0\n"
				      "cpuid 0x80000002.0x0 : 0x41 0x0 0x0 0x0\n"
				      "msr 0x00000480 IA32_VMX_BASIC : 0x03da050000000013\n"
				      "\ncpus : 8-11\n" LEAVES(
					      "0x90672",
					      "0x239c27eb") "cpuid 0x00000014.0x0 : 0x1 0xf 0x7 0x0\n"
							    "cpuid 0x80000000.0x0 : 0x80000008 0x0 0x0 0x0\n"
							    "cpuid 0x80000002.0x0 : 0x42 0x0 0x0 0x0\n"
							    "msr 0x00000480 IA32_VMX_BASIC : 0x00da050000000013\n";
	struct options options = { .command = COMMAND_CPUS };
	char *text = report_of(machine, &options);

	(void)state;
	has_line(text, "\n0x00000007:0:ebx.avx512f ", "yes no no");
	has_line(text, "\n0x00000014:0:ebx, bits not listed ",
		 "0x600 0x0 differs");
	has_line(text, "\nIA32_VMX_BASIC, reserved bits ",
		 "0x200000000000000 0x0 differs");
	has_line(text, "\n0x80000002:0:eax ", "0x41 0x42 differs");
	free(text);
	options.value[OPT_JSON] = "";
	text = report_of(machine, &options);
	assert_non_null(strstr(text, "\"field\": null"));
	assert_non_null(strstr(text, "\"0x600\""));
	assert_non_null(strstr(text, "\"0x80000002:0:eax\""));
	free(text);
}

/* A dump that has the MSRs of one CPU knows less of the others, no more. */
static void what_is_not_told_is_no_difference(void **state)
{
	static const char machine[] = CPU("0", "00", "20") CPU("1", "02", "20")
		CPU("2", "04", "40") MSRS("0", SMALL_CORE);
	struct options options = { .command = COMMAND_CPUS };
	char *text = report_of(machine, &options);

	(void)state;
	assert_non_null(strstr(text, "MSRs are known for CPU 0 only "
				     "(of CPUs 0-1).\n"));
	assert_non_null(strstr(text, "No MSRs are known for CPU 2.\n"));
	assert_non_null(strstr(text, "0x0000001a:0:eax.core_type"));
	assert_null(strstr(text, "IA32_VMX"));
	free(text);
	options.value[OPT_JSON] = "";
	text = report_of(machine, &options);
	assert_non_null(strstr(text, "\"msrs_told_of\": \"none\""));
	assert_null(strstr(text, "IA32_VMX"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_difference_and_the_intersection),
		cmocka_unit_test(the_same_as_json),
		cmocka_unit_test(what_has_no_field_differs_too),
		cmocka_unit_test(what_is_not_told_is_no_difference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
