// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo show as text. */
#include "input.h"

#include <locale.h>

#include "output/width.h"
#include "reported.h"

#define WIDTH 80
/* A guest of KVM whose leaves are behind those of Hyper-V. */
#define MACHINE                                                                \
	"virtinfo : 1\n\ncpus : 0\n"                                           \
	"cpuid 0x00000000.0x0 : 0x00000016 0x756e6547 0x6c65746e 0x49656e69\n" \
	"cpuid 0x00000001.0x0 : 0x000506e3 0x00010800 0x80000020 0x00000000\n" \
	"cpuid 0x40000000.0x0 : 0x40000001 0x7263694d 0x666f736f 0x76482074\n" \
	"cpuid 0x40000001.0x0 : 0x31237648 0x00000000 0x00000000 0x00000000\n" \
	"cpuid 0x40000100.0x0 : 0x40000101 0x4b4d564b 0x564b4d56 0x0000004d\n" \
	"cpuid 0x40000101.0x0 : 0x00000001 0x00000000 0x00000000 0x00000000\n" \
	"CR4 : #GP\n"                                                          \
	"msr 0x0000003a IA32_FEATURE_CONTROL : 0x0000000000000005\n"           \
	"msr 0x00000480 IA32_VMX_BASIC : 0x00da040000000004\n"                 \
	"msr 0x00000485 IA32_VMX_MISC : 0x000000007004c1e7\n"                  \
	"msr 0x00000488 IA32_VMX_CR4_FIXED0 : 0x0000000000002000\n"            \
	"msr 0x00000489 IA32_VMX_CR4_FIXED1 : 0x00000000003767ff\n"            \
	"msr 0xc0010131 SEV_STATUS : not attempted\n"

/* To be freed. */
static char *shown(const char *machine, const char *word, struct out out,
		   bool brief)
{
	char *words[] = { (char *)word, NULL };
	struct options options = { .command = COMMAND_SHOW,
				   .arguments = words,
				   .nr_arguments = word ? 1 : 0 };
	struct host *host = parse_string(machine);
	char *text;

	if (brief)
		options.value[OPT_BRIEF] = "";
	assert_int_equal(reported(&text, report_show, out, &host, &options), 0);
	host_free(host);
	return text;
}

static char *show(bool terminal, bool brief, int width)
{
	return shown(MACHINE, NULL,
		     (struct out){ .terminal = terminal, .width = width },
		     brief);
}

static void fits(const char *text, size_t width)
{
	for (; *text; text += strcspn(text, "\n") + 1)
		if (strcspn(text, "\n") > width)
			fail_msg("too wide: %.*s", (int)strcspn(text, "\n"),
				 text);
}

static void a_terminal_is_wide_enough(void **state)
{
	char *text = show(true, false, WIDTH);

	(void)state;
	fits(text, WIDTH);
	assert_non_null(strstr(text, "\n  max_leaf      "));
	free(text);
	text = show(true, true, WIDTH);
	fits(text, WIDTH);
	free(text);
	text = show(true, false, 60);
	fits(text, 60);
	free(text);
}

static void a_pipe_is_as_wide(void **state)
{
	char *text = show(false, false, WIDTH);

	(void)state;
	fits(text, WIDTH);
	assert_non_null(strstr(text, "\n  max_leaf                             "
				     "0x16 (22)  Maximum input value"));
	assert_non_null(strstr(text, "\nCR4: the read faulted (#GP)\n"));
	free(text);
}

/* What is asked first is shown first. */
static void virtualization_comes_first(void **state)
{
	char *text = show(false, false, WIDTH);
	const char *vmx = strstr(text, "\nIA32_VMX_BASIC (");
	const char *hypervisor = strstr(text, "\n0x40000000:0:eax: ");
	const char *leaf = strstr(text, "\n0x00000000:0:eax: ");

	(void)state;
	assert_true(vmx && hypervisor && leaf);
	assert_true(vmx < hypervisor && hypervisor < leaf);
	free(text);
}

static void texts_masks_and_what_varies(void **state)
{
	char *text = show(false, false, 200);

	(void)state;
	assert_non_null(strstr(text, " vendor_1                             "
				     "\"Genu\"    Vendor string part 1\n"));
	assert_non_null(strstr(text, " 0x3767ff  "));
	assert_non_null(strstr(text, ": vme pvi tsd "));
	assert_non_null(
		strstr(text, "Initial APIC ID (like CPUs differ in it)\n"));
	assert_non_null(strstr(text, " OSXSAVE (like CPUs differ in it)\n"));
	free(text);
}

#define CPU(number, basic)                                                     \
	"\ncpus : " #number "\n"                                               \
	"cpuid 0x00000000.0x0 : 0x00000016 0x756e6547 0x6c65746e 0x49656e69\n" \
	"cpuid 0x00000001.0x0 : 0x000506e3 0x0" #number                        \
	"010800 0x00000020 0x00000000\n"                                       \
	"msr 0x00000480 IA32_VMX_BASIC : " basic "\n"

/* Groups in which what was asked for is the same are one. */
static void like_groups_are_shown_once(void **state)
{
	static const char machine[] =
		"virtinfo : 1\n" CPU(0, "0x00da040000000004")
			CPU(1, "0x00c0040000000004")
				CPU(2, "0x00da040000000005");
	struct out out = { .width = WIDTH };
	char *text = shown(machine, "vmx", out, false);

	(void)state;
	assert_non_null(strstr(text, "CPUs 0-2: GenuineIntel\n"));
	assert_null(strstr(text, "CPU 1"));
	free(text);
	text = shown(machine, "vmcs_mem_type", out, false);
	assert_non_null(strstr(text, "CPUs 0,2: GenuineIntel\n"));
	assert_non_null(strstr(text, "\nCPU 1: GenuineIntel\n"));
	free(text);
	text = shown(machine, NULL, out, false);
	assert_non_null(strstr(text, "CPU 0: GenuineIntel\n"));
	assert_non_null(strstr(text, "\nCPU 2: GenuineIntel\n"));
	free(text);
}

static void wide_characters_take_two_columns(void **state)
{
	(void)state;
	assert_int_equal(text_columns("abc", 3), 3);
	assert_int_equal(text_columns("abc", 2), 2);
	/* In whatever locale a byte that is no character is no two columns. */
	assert_int_equal(text_columns("\xff", 1), 1);
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip();
	assert_int_equal(text_columns("\xe6\xbc\xa2", 3), 2);
	assert_int_equal(text_columns("e\xcc\x81", 3), 1);
	assert_int_equal(text_columns("\xc3\xa9", 2), 1);
	setlocale(LC_CTYPE, "C");
}

/* What the name says already is not said again in brackets. */
static void addresses_of_hypervisor_leaves(void **state)
{
	char *text = show(false, false, WIDTH);

	(void)state;
	assert_non_null(strstr(text, "\n0x40000000:0:eax: 0x40000001\n"));
	assert_non_null(
		strstr(text, "\n0x40000001:0:eax@hyperv: 0x31237648\n"));
	assert_non_null(strstr(
		text,
		"\n0x40000001:0:eax@kvm (0x40000101:0:eax): 0x00000001\n"));
	assert_non_null(strstr(text, "\nIA32_VMX_BASIC (0x480): 0x"));
	free(text);
}

static void folded(int width, int indent, const char *text, const char *lines)
{
	struct out out = { .terminal = true, .width = width };
	char *got = NULL;
	size_t size;

	out.file = open_memstream(&got, &size);
	assert_non_null(out.file);
	out_paragraph(&out, indent, text);
	assert_int_equal(fclose(out.file), 0);
	assert_string_equal(got, lines);
	free(got);
}

/* Blanks may be of a signature, and then mean something. */
static void blanks_inside_a_line_are_kept(void **state)
{
	(void)state;
	folded(40, 2, "it says \"bhyve  bhyve\"",
	       "  it says \"bhyve  bhyve\"\n");
	folded(12, 2, "aaaa  bbbb  cccc", "  aaaa  bbbb\n  cccc\n");
	folded(11, 2, "aaaa  bbbb", "  aaaa\n  bbbb\n");
	folded(40, 2, " ends here \nx", "  ends here\n  x\n");
	folded(6, 2, "wider-than-that", "  wider-than-that\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_terminal_is_wide_enough),
		cmocka_unit_test(a_pipe_is_as_wide),
		cmocka_unit_test(virtualization_comes_first),
		cmocka_unit_test(texts_masks_and_what_varies),
		cmocka_unit_test(like_groups_are_shown_once),
		cmocka_unit_test(wide_characters_take_two_columns),
		cmocka_unit_test(addresses_of_hypervisor_leaves),
		cmocka_unit_test(blanks_inside_a_line_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
