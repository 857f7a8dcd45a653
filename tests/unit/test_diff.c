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

#define CPU HEAD "\ncpus : 0\n"
#define LEAVES(vendor, signature, twice)                                       \
	"cpuid 0x00000000.0x0 : 0xd " vendor "\n"                              \
	"cpuid 0x00000001.0x0 : " signature " 0x0 0x0 0x0\n"                   \
	"cpuid 0x80000001.0x0 : " twice " 0x0 0x0 0x0\n"
#define NAME(bytes)                                                            \
	"cpuid 0x80000002.0x0 : " bytes " 0x0 0x0 0x0\n"                       \
	"cpuid 0x80000003.0x0 : 0x0 0x0 0x0 0x0\n"                             \
	"cpuid 0x80000004.0x0 : 0x0 0x0 0x0 0x0\n"

static const char intel_text[] = CPU LEAVES(
	"0x756e6547 0x6c65746e 0x49656e69", "0x000306c3",
	"0x0") "cpuid 0x80000000.0x0 : 0x80000004 0x0 0x0 0x0\n" NAME("0x6e4f") "cpuinfo model name : One\n";
static const char amd_text[] = CPU
	LEAVES("0x68747541 0x444d4163 0x69746e65", "0x00a20f10", "0x00a20f10") "cpuid 0x80000000.0x0 : 0x80000004 0x68747541 0x444d4163 0x69746e65\n" NAME(
		"0x6f7754") "cpuinfo model name : Two\n";

/* No register of CPUID in hexadecimal, and nothing twice. */
static void processors_are_told_in_words(void **state)
{
	struct host *intel = parse_string(intel_text);
	struct host *amd = parse_string(amd_text);
	char *text, *end;

	(void)state;
	text = printed(intel, amd, 72);
	end = strstr(text, "\n\nGUEST MOVES");
	assert_non_null(end);
	*end = '\0';
	assert_non_null(strstr(text, "The processor\n"
				     "DIFFERENCE A            B\n"
				     "vendor     GenuineIntel AuthenticAMD\n"
				     "family     6            25\n"
				     "model      60           33\n"
				     "stepping   3            0\n"
				     "model name On           Two"));
	assert_null(strstr(text, "0x"));
	assert_null(strstr(text, "One"));
	free(text);
	host_free(intel);
	host_free(amd);
}

/* A name too long for a line, as others of its cause, is below its register. */
static void long_names_fit_the_screen(void **state)
{
#define GIVEN CPU LEAVES("0x1 0x2 0x3", "0x1", "0x1")
	struct host *a = parse_string(
		GIVEN "msr 0x48c IA32_VMX_EPT_VPID_CAP : 0x0000080000004000\n");
	struct host *b = parse_string(
		GIVEN "msr 0x48c IA32_VMX_EPT_VPID_CAP : 0x0000000000000000\n");
	char *text, *line;

	(void)state;
	text = printed(a, b, 73);
	assert_non_null(strstr(text, "\nIA32_VMX_EPT_VPID_CAP "));
	assert_non_null(strstr(text, "\n  ept_mt_wb "));
	assert_non_null(strstr(
		text, "\n  invvpid_single_context_retaining_globals yes no\n"));
	for (line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		assert_true(strlen(line) <= 80);
	free(text);
	host_free(a);
	host_free(b);
}

/* AMD's leaf 80000001H says something else than leaf 1: then it is shown. */
static void what_no_word_says_is_shown(void **state)
{
	struct host *a = parse_string(CPU LEAVES("0x1 0x2 0x3", "0x1", "0x1"));
	struct host *b = parse_string(CPU LEAVES("0x1 0x2 0x3", "0x1", "0x5"));
	char *text;

	(void)state;
	text = printed(a, b, 73);
	assert_non_null(strstr(text, "ext_stepping 0x1 0x5"));
	free(text);
	host_free(a);
	host_free(b);
}

/* The same leaf of two hypervisors is no register of both. */
static void hypervisors_are_told_in_words(void **state)
{
#define UNDER(signature, leaf)                                                 \
	CPU "cpuid 0x00000000.0x0 : 0x1 0x1 0x2 0x3\n"                         \
	    "cpuid 0x00000001.0x0 : 0x1 0x0 0x80000000 0x0\n"                  \
	    "cpuid 0x40000000.0x0 : 0x40000001 " signature "\n"                \
	    "cpuid 0x40000001.0x0 : " leaf " 0x0 0x0 0x0\n"
	struct host *kvm =
		parse_string(UNDER("0x4b4d564b 0x564b4d56 0x4d", "0x01007efb"));
	struct host *tcg =
		parse_string(UNDER("0x54474354 0x43544743 0x47435447", "0x0"));
	char *text;

	(void)state;
	text = printed(kvm, tcg, 73);
	assert_null(strstr(text, "The processor"));
	assert_non_null(strstr(text, "The hypervisor that it runs under\n"
				     "DIFFERENCE           A         B\n"
				     "hypervisor signature KVMKVMKVM "
				     "TCGTCGTCGTCG\n"
				     "0x40000001:0:eax     0x1007efb 0x0\n"));
	assert_null(strstr(text, "hv_signature"));
	free(text);
	host_free(kvm);
	host_free(tcg);
}

/* KVM's leaves and MSRs, of a capture. */
#define OFFERS(ebx, capabilities)                                              \
	"\nkvm device open : ok\nkvm api : 12\n"                               \
	"kvm cpuid 0x00000007 0x0 : 0x0 " ebx " 0x0 0x0\n"                     \
	"kvm cpuid 0x40000001 0x0 : 0x0 0x0 0x0 0x0\n"                         \
	"kvm msrs : 0x10a\nkvm msr 0x10a : " capabilities "\n"

/* Field by field, where it is not just what the processors differ in. */
static void what_kvm_offers_has_fields(void **state)
{
#define SEVEN(ebx) "cpuid 0x00000007.0x0 : 0x0 " ebx " 0x0 0x0\n"
#define PART                                                                   \
	CPU "cpuid 0x00000000.0x0 : 0x7 0x1 0x2 0x3\n"                         \
	    "cpuid 0x00000001.0x0 : 0x1 0x0 0x0 0x0\n"
	struct host *a = parse_string(PART SEVEN("0x20") OFFERS("0x28", "0x1"));
	struct host *b = parse_string(PART SEVEN("0x0") OFFERS("0x0", "0x0"));
	char *text;

	(void)state;
	text = printed(a, b, 73);
	assert_non_null(strstr(text, "\n0x00000007:0:ebx.avx2 yes no\n"));
	assert_null(strstr(text, "kvm 0x00000007:0:ebx.avx2"));
	assert_non_null(strstr(text, "\nkvm 0x00000007:0:ebx.bmi1 "));
	assert_non_null(
		strstr(text, "\nkvm IA32_ARCH_CAPABILITIES.rdcl_no yes"));
	assert_null(strstr(text, "kvm cpuid"));
	assert_null(strstr(text, "kvm msr"));
	free(text);
	host_free(a);
	host_free(b);
}

/* KVM may list a leaf of which all is 0, or leave it out. */
static void a_leaf_of_zeros_is_none(void **state)
{
#define LISTED                                                                 \
	CPU LEAVES("0x1 0x2 0x3", "0x1",                                       \
		   "0x1") "\nkvm cpuid 0x00000001 0x0 : 0x1 0x2 0x3 0x4\n"
	struct host *a = parse_string(
		LISTED "kvm cpuid 0x00000011 0x0 : 0x0 0x0 0x0 0x00000000\n");
	struct host *b = parse_string(LISTED);
	char *text;

	(void)state;
	text = printed(a, b, 73);
	assert_non_null(strstr(text, "No difference was found."));
	free(text);
	host_free(a);
	host_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_escape_reaches_a_terminal),
		cmocka_unit_test(words_are_compared),
		cmocka_unit_test(processors_are_told_in_words),
		cmocka_unit_test(long_names_fit_the_screen),
		cmocka_unit_test(what_no_word_says_is_shown),
		cmocka_unit_test(hypervisors_are_told_in_words),
		cmocka_unit_test(what_kvm_offers_has_fields),
		cmocka_unit_test(a_leaf_of_zeros_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
