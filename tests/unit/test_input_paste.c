// SPDX-License-Identifier: GPL-2.0-only
/* Several forms in one file, and what people put around them. */
#include "input.h"

#include "input/paste.h"
#include "input/wrap.h"

#define LEAF_0                                                                 \
	"   0x00000000 0x00: eax=0x00000016 ebx=0x756e6547 ecx=0x6c65746e edx=0x49656e69\n"
#define LEAF_1                                                                 \
	"   0x00000001 0x00: eax=0x000506e3 ebx=0x00100800 ecx=0x7ffafbbf edx=0xbfebfbff\n"
#define CPU_0 "CPU 0:\n" LEAF_0 LEAF_1
#define MSRS(cpu, value)                                                       \
	"------[ MSR Registers / Logical CPU #" cpu " ]------\n"               \
	"MSR 0000003A: 0000-0000-0000-000" value "\n"
#define CAPTURE                                                                \
	"virtinfo\t: 1\nkernel\t\t: 6.8.0\n\ncpus\t\t: 0-1\n"                  \
	"cpuid 0x00000000.0x0\t: 0x16 0x756e6547 0x6c65746e 0x49656e69\n"      \
	"cpuid 0x00000001.0x0\t: 0x506e3 0x100800 0x7ffafbbf 0xbfebfbff\n"     \
	"\nmodule kvm\t: loaded\n"

static const struct vi_sample *first_sample(const struct host *host)
{
	return &host->groups[0]->sample;
}

static void assert_cpu_0(const char *text, unsigned long ignored,
			 unsigned long first)
{
	struct host *host = parse_string(text);

	assert_int_equal(host->source, HOST_CPUID_DUMP);
	assert_int_equal(host->nr_groups, 1);
	assert_int_equal(first_sample(host)->leaf[VI_L1][VI_EAX], 0x506e3);
	assert_int_equal(host->ignored, ignored);
	if (ignored)
		assert_int_equal(host->first_ignored, first);
	host_free(host);
}

static void what_is_around_a_piece(void **state)
{
	(void)state;
	assert_cpu_0(CPU_0, 0, 0);
	/* Fences, prompts and blank lines are nothing that was ignored. */
	assert_cpu_0("```\n$ cpuid -r\n" CPU_0 "```\n", 0, 0);
	assert_cpu_0("[CODE]\nme@host:~# sudo cpuid -r\n" CPU_0 "[/CODE]\n", 0,
		     0);
	assert_cpu_0("Hello,\n\nthis is it:\n" CPU_0 "\nThanks\n", 3, 1);
	assert_cpu_0("\n" CPU_0 "\nThanks,\na user\n", 2, 6);
	assert_cpu_0("> CPU 0:\n> " LEAF_0 "> " LEAF_1 "> \nIt is.\n", 1, 5);
	assert_cpu_0("> > CPU 0:\r\n>> " LEAF_0 ">>" LEAF_1, 0, 0);
	assert_cpu_0("\tx\n\t   CPU 0:\n\t" LEAF_0 "\t" LEAF_1, 1, 1);
	assert_cpu_0("so\n\xc2\xa0\xc2\xa0" LEAF_0 "\xc2\xa0" LEAF_1, 1, 1);
	assert_cpu_0("CPU 0:  \n" LEAF_0 "   " LEAF_1, 0, 0);
}

/* What is not certain is of the piece that follows directly. */
static void a_possible_beginning(void **state)
{
	struct host *host = parse_string("so:\nCPU 3:\n" LEAF_0 LEAF_1);

	(void)state;
	assert_cpus(&host->groups[0]->cpus, "3");
	assert_int_equal(host->ignored, 1);
	host_free(host);
	host = parse_string("so:\nCPU 3:\nor\n" LEAF_0 LEAF_1);
	assert_cpus(&host->groups[0]->cpus, "0");
	assert_int_equal(host->ignored, 3);
	assert_int_equal(host->first_ignored, 1);
	host_free(host);
}

/* A file of one form is of that form as a whole. */
static void damage_is_no_paste(void **state)
{
	(void)state;
	refuse(CPU_0 "what\n", "f:4: not a line of cpuid -r: \"what\"");
	refuse("CPU 0:\n" LEAF_0 "\nwhat\n" LEAF_1,
	       "f:4: not a line of cpuid -r: \"what\"");
	refuse(CAPTURE "\nThanks\n",
	       "f:10: not a \"key : value\" line: \"Thanks\"");
	refuse("Hello\n" CPU_0 "   0x00000007 0x00: eax=0x1\n",
	       "f:5: 1 of 4 words in this line");
	refuse("> CPU 0:\n>" LEAF_0 "> 0x1 what\n> CPU 1:\n>" LEAF_0 LEAF_1,
	       "f:3: not a line of cpuid -r: \"0x1 what\"");
	refuse("Hello\n", unknown_form("f:1"));
}

static void two_forms_are_one_machine(void **state)
{
	struct host *host = parse_string(
		"My CPU:\n\n" CPU_0 "\nand its registers\n" MSRS("0", "5"));

	(void)state;
	assert_int_equal(host->source, HOST_SEVERAL);
	assert_string_equal(host_source_name(host),
			    "a dump of cpuid -r and a dump of AIDA64");
	assert_int_equal(host->nr_groups, 1);
	assert_cpus(&host->groups[0]->cpus, "0");
	assert_int_equal(first_sample(host)->msr[VI_IA32_FEATURE_CONTROL], 5);
	assert_int_equal(first_sample(host)->leaf[VI_L1][VI_EAX], 0x506e3);
	assert_int_equal(host->contradictions, 0);
	assert_int_equal(host->ignored, 2);
	assert_fact(host, "origin registers",
		    "a dump of cpuid -r, lines 3 to 5");
	host_free(host);
}

/* CPUs that only one piece has, and those that both have. */
static void cpus_of_both(void **state)
{
	struct host *host =
		parse_string(CAPTURE "\n" MSRS("1", "5") MSRS("2", "5"));

	(void)state;
	assert_int_equal(host->nr_groups, 1);
	assert_cpus(&host->groups[0]->cpus, "0-2");
	assert_cpus(&host->groups[0]->msrs_known, "1-2");
	assert_fact(host, "module kvm", "loaded");
	assert_fact(host, "origin module kvm", "a capture, line 8");
	assert_fact(host, "origin kernel", "a capture, line 2");
	host_free(host);
}

static void contradictions_are_kept(void **state)
{
	struct host *host = parse_string(
		CAPTURE "msr 0x0000003a\t: 0x1\n\n" MSRS("1", "5"));
	struct input_error error;

	(void)state;
	/* A fact of the capture's last stanza is no register. */
	assert_int_equal(host->contradictions, 0);
	host_free(host);

	host = parse_string(
		"virtinfo\t: 1\n\ncpus\t: 0\n"
		"cpuid 0x00000000.0x0\t: 0x1 0x2 0x3 0x4\n"
		"cpuid 0x00000001.0x0\t: 0x1 0x2 0x20 0x4\n"
		"msr 0x0000003a IA32_FEATURE_CONTROL\t: 0x1\n\n" MSRS("0",
								      "5"));
	assert_int_equal(host->contradictions, 1);
	assert_int_equal(first_sample(host)->msr[VI_IA32_FEATURE_CONTROL], 1);
	assert_fact(
		host, FACT_CONTRADICTION,
		"IA32_FEATURE_CONTROL of CPU 0 is 0x1 in line 6 and 0x5 in line 9");
	assert_int_equal(input_strict(host, &error), -1);
	assert_string_equal(
		error.text,
		"f: contradiction: IA32_FEATURE_CONTROL of CPU 0 is 0x1 in line 6 and 0x5 in line 9");
	assert_int_equal(error.status, STATUS_BAD_INPUT);
	host_free(host);

	host = parse_string(
		CAPTURE
		"\n```\n   0x00000001 0x00: eax=0x000506e4 ebx=0x01100800 ecx=0x7ffafbbf edx=0xbfebfbff\n");
	assert_int_equal(host->contradictions, 1);
	assert_fact(
		host, FACT_CONTRADICTION,
		"CPUID 0x00000001.0x0 of CPU 0 is not the same in line 6 and in line 11");
	host_free(host);
}

/* Leaf 1 of the first has no hypervisor: the second's leaves are not of it. */
static void hypervisor_of_another_leaf_1(void **state)
{
	static const char guest[] =
		"\n```\nCPU 0:\n" LEAF_0
		"   0x00000001 0x00: eax=0x000506e3 ebx=0x01100800 ecx=0xfffafbbf edx=0xbfebfbff\n"
		"   0x40000000 0x00: eax=0x40000001 ebx=0x4b4d564b ecx=0x564b4d56 edx=0x0000004d\n"
		"   0x40000001 0x00: eax=0x01007efb ebx=0x0 ecx=0x0 edx=0x0\n";
	struct host *host = parse_string(guest);
	char both[1024];

	(void)state;
	assert_int_equal(host->groups[0]->hv.count, 2);
	host_free(host);
	snprintf(both, sizeof(both), "%s%s", CAPTURE, guest);
	host = parse_string(both);
	assert_int_equal(host->groups[0]->hv.count, 0);
	host_free(host);
}

static char *remarks_of(const struct host *host)
{
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	assert_non_null(file);
	input_remarks(file, host);
	assert_int_equal(fclose(file), 0);
	return text;
}

static void remarks_name_the_file(void **state)
{
	struct host *host = parse_string("One\n" CPU_0 "\ntwo\x1b[1m\n");
	struct input_error error;
	char *text = remarks_of(host);

	(void)state;
	assert_string_equal(text,
			    "virtinfo: f: 2 lines ignored, first at line 1\n");
	free(text);
	assert_int_equal(input_strict(host, &error), -1);
	assert_string_equal(error.text, "f: 2 lines ignored, first at line 1");
	host_free(host);

	host = parse_string(CPU_0);
	text = remarks_of(host);
	assert_string_equal(text, "");
	free(text);
	assert_int_equal(input_strict(host, &error), 0);
	host_free(host);
}

/* Alone either would be refused; here each leaves it to the other. */
static void nothing_in_any_piece(void **state)
{
	(void)state;
	refuse("microcode\t: 0xb6\nflags\t\t: fpu vm\n\nx86info v1.31pre\n",
	       "f:4: no line of it tells of a machine");
}

static void assert_command(const char *text, const char *expected)
{
	const struct line line = { .text = text, .end = text + strlen(text) };
	const char *command = line_command(&line);

	if (!expected)
		assert_null(command);
	else
		assert_string_equal(command, expected);
}

static void commands_behind_prompts(void **state)
{
	(void)state;
	assert_command("$ rdmsr -a 0x3a", "rdmsr -a 0x3a");
	assert_command("# lscpu", "lscpu");
	assert_command("[me@host ~]$ sudo rdmsr 0x3a", "rdmsr 0x3a");
	assert_command("me@host:/tmp$ dmesg | grep kvm", "dmesg | grep kvm");
	assert_command("bash-5.2# kvm-ok", "kvm-ok");
	assert_command("PS C:\\Users\\me> Coreinfo.exe -v", "Coreinfo.exe -v");
	assert_command("C:\\>systeminfo", "systeminfo");
	assert_command("$ ", NULL);
	assert_command("$", NULL);
	assert_command("it costs 5 $ a day", NULL);
	assert_command("[    0.1] kvm: a # b", NULL);
	assert_command("lscpu", NULL);
}

/* Pieces may have nothing to add; a file of nothing else is no machine. */
static void no_piece_tells(void **state)
{
	(void)state;
	refuse("KVM acceleration can be used\nflags : fpu nx lm pni\n\nhello\n",
	       "f:2: no line of it tells of a machine");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_around_a_piece),
		cmocka_unit_test(a_possible_beginning),
		cmocka_unit_test(damage_is_no_paste),
		cmocka_unit_test(two_forms_are_one_machine),
		cmocka_unit_test(cpus_of_both),
		cmocka_unit_test(contradictions_are_kept),
		cmocka_unit_test(hypervisor_of_another_leaf_1),
		cmocka_unit_test(remarks_name_the_file),
		cmocka_unit_test(nothing_in_any_piece),
		cmocka_unit_test(commands_behind_prompts),
		cmocka_unit_test(no_piece_tells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
