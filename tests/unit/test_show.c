// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo show as text: of a terminal's width, or a field a line. */
#include "input.h"

#include "report/report.h"

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

static char *show(bool terminal, bool brief, int width)
{
	static char *const none[] = { NULL };
	struct options options = { .command = COMMAND_SHOW, .arguments = none };
	struct host *host = parse_string(MACHINE);
	struct out out = { .terminal = terminal, .width = width };
	char *text = NULL;
	size_t size;

	if (brief)
		options.value[OPT_BRIEF] = "";
	out.file = open_memstream(&text, &size);
	assert_non_null(out.file);
	assert_int_equal(report_show(&out, host, &options), 0);
	assert_int_equal(fclose(out.file), 0);
	host_free(host);
	return text;
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

/* Who reads the lines by a program finds a register or field in each. */
static void elsewhere_a_field_is_a_line(void **state)
{
	char *text = show(false, false, WIDTH);

	(void)state;
	assert_non_null(strstr(
		text, "\n  max_leaf                             22 (0x16)  "
		      "Maximum input value for basic CPUID information\n"));
	assert_non_null(strstr(text, "\nCR4: #GP: the read took a fault\n"));
	assert_null(strstr(text, "\n    "));
	free(text);
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
		cmocka_unit_test(elsewhere_a_field_is_a_line),
		cmocka_unit_test(addresses_of_hypervisor_leaves),
		cmocka_unit_test(blanks_inside_a_line_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
