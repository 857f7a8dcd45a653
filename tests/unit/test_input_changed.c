// SPDX-License-Identifier: GPL-2.0-only
/* What mail programs, web pages, terminals and grep do to what is pasted. */
#include "words.h"

#include "input/plain.h"
#include "input/rejoin.h"

#define OFF "kvm: disabled by bios"

static void assert_off(const char *text)
{
	struct host *host = parse_string(text);

	assert_fact(host, "log kvm_bios", OFF);
	assert_int_equal(host->ignored, 0);
	host_free(host);
}

static void characters(void **state)
{
	struct buffer text;
	static const char changed[] =
		"a\xc2\xa0"
		"b\xe2\x80\x8b\xe2\x80\x99 \033[1;31mc\033[0m \xe2\x80\x94\n\033]0;title\ad&gt;&amp;e\\_f<br>\n";

	(void)state;
	assert_int_equal(plain_text(&text, changed, strlen(changed)), 0);
	assert_int_equal(text.length, strlen("a b' c --\nd>&e_f\n"));
	assert_memory_equal(text.data, "a b' c --\nd>&e_f\n", text.length);
	free(text.data);
	/* Nothing to do, and nothing but an escape that has no end. */
	assert_int_equal(plain_text(&text, "abc\n", 4), 0);
	assert_null(text.data);
	assert_int_equal(plain_text(&text, "\033[31", 4), 0);
	assert_int_equal(text.length, 4);
	free(text.data);
}

static void around_each_line(void **state)
{
	(void)state;
	assert_off("[    9.375520] " OFF "\n");
	assert_off(
		"\033[32m[    9.375520] \033[0m\033[33mkvm\033[0m: \033[31mdisabled by bios\033[0m\n");
	assert_off("812:[    9.375520] " OFF "\n");
	assert_off("    12\t" OFF "\n    13\t" OFF "\n");
	assert_off("/var/log/kern.log:Jan  5 17:05:29 pc kernel: " OFF "\n");
	assert_off("- " OFF "\n");
	assert_off("| " OFF " |\n");
	assert_off("`" OFF "`.\n");
	assert_off("2024-05-11T08:11:22.1234567Z " OFF "\n");
	assert_off("[2024-05-11T08:11:22.123Z] " OFF "\n");
	assert_off(":" OFF "\n");
}

/* Numbers that do not grow are no line numbers; a path is no prefix alone. */
static void is_no_prefix(void **state)
{
	struct host *host = parse_string("3:" OFF "\n3:x\n");

	(void)state;
	assert_int_equal(host->ignored, 1);
	host_free(host);
	refuse("/proc/cpuinfo: no\n12: x\n", unknown_form("f:1"));
}

static void lines_keep_their_numbers(void **state)
{
	struct host *host = parse_string(
		"> what\n> Nov 27 10:42:07 host kernel: kvm_intel: VMX not enabled (by BIOS) in\n"
		"> MSR_IA32_FEAT_CTL on CPU 0\n> end\n");

	(void)state;
	assert_fact(
		host, "log kvm_intel_feat_ctl",
		"kvm_intel: VMX not enabled (by BIOS) in MSR_IA32_FEAT_CTL on CPU 0");
	assert_int_equal(host->ignored, 2);
	assert_int_equal(host->lines, 0);
	host_free(host);
	host = parse_string(
		"so\n   0x00000000 0x00: eax=0x00000016 ebx=0x756e6547 ecx=0x6c65746e\n"
		"edx=0x49656e69\n"
		"   0x00000001 0x00: eax=0x000506e3 ebx=0x00100800 ecx=0x7ffafbbf\n"
		"edx=0xbfebfbff\nso\n");
	assert_int_equal(host->nr_groups, 1);
	assert_int_equal(host->groups[0]->sample.leaf[VI_L1][VI_EDX],
			 0xbfebfbff);
	assert_int_equal(host->ignored, 2);
	host_free(host);
	/* Of a dump without text around it as well. */
	host = parse_string(
		"CPU 0:\n   0x00000000 0x00: eax=0x00000016 ebx=0x756e6547 ecx=0x6c65746e\n"
		"edx=0x49656e69\n"
		"   0x00000001 0x00: eax=0x000506e3 ebx=0x00100800 ecx=0x7ffafbbf edx=0xbfebfbff\n");
	assert_int_equal(host->groups[0]->sample.leaf[VI_L0][VI_EDX],
			 0x49656e69);
	assert_int_equal(host->ignored, 0);
	host_free(host);
}

#define FLAGS_1                                                                \
	"flags\t: fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat\n"
#define FLAGS_2                                                                \
	"pse36 clflush dts acpi mmx fxsr sse sse2 ss ht tm pbe syscall nx pdpe1gb\n"
#define FLAGS_3                                                                \
	"rdtscp lm constant_tsc pni vmx est tm2 ssse3 sse4_1 lahf_lm abm\n"

static void broken_flags(void **state)
{
	struct host *host =
		parse_string(FLAGS_1 FLAGS_2 FLAGS_3 "bugs\t: cpu_meltdown\n");

	(void)state;
	assert_fact(host, "cpuinfo vmx", "all");
	assert_fact(host, "cpuinfo svm", "none");
	assert_int_equal(host->ignored, 0);
	host_free(host);
	/* Prose is no flag. */
	host = parse_string("vendor_id\t: GenuineIntel\n" FLAGS_1
			    "that is all it says of the processor\n");
	assert_int_equal(host->ignored, 1);
	host_free(host);
}

static void nothing_is_joined(void **state)
{
	static const char whole[] =
		"[    4.123456] kvm: disabled by bios, or so it says here, in all of these\n"
		"words that are of nobody\n" OFF "\nwhy?\n";
	struct buffer text;

	(void)state;
	assert_int_equal(rejoin_lines(&text, whole, strlen(whole)), 0);
	assert_null(text.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(characters),
		cmocka_unit_test(around_each_line),
		cmocka_unit_test(is_no_prefix),
		cmocka_unit_test(lines_keep_their_numbers),
		cmocka_unit_test(broken_flags),
		cmocka_unit_test(nothing_is_joined),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
