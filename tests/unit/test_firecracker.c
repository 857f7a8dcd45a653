// SPDX-License-Identifier: GPL-2.0-only
/* Fingerprints and templates of Firecracker. */
#include "input.h"

#define WORD(register, bits)                                                   \
	"{ \"register\": \"" register "\", \"bitmap\": \"0b" bits "\" }"
#define LEAF(number, subleaf, eax, ebx, ecx, edx)                              \
	"{ \"leaf\": \"" number "\", \"subleaf\": \"" subleaf                  \
	"\", \"flags\": 0, \"modifiers\": [\n" WORD("eax", eax) ",\n" WORD(    \
		"ebx", ebx) ",\n" WORD("ecx", ecx) ",\n" WORD("edx",           \
							      edx) "\n]}"

/* GenuineIntel, a maximum of 0x16; leaf 1 with a hypervisor's bit, no VMX. */
#define LEAF_0                                                                 \
	LEAF("0x0", "0x0", "10110", "01110101011011100110010101000111",        \
	     "01101100011001010111010001101110",                               \
	     "01001001011001010110111001101001")
#define LEAF_1                                                                 \
	LEAF("1", "0x0", "0000_0110_0000_0110_1010_0110", "0",                 \
	     "10000000000000000000000000000001", "1")

#define CONFIG(leaves, msrs)                                                   \
	"{ \"kvm_capabilities\": [],\n\"cpuid_modifiers\": [\n" leaves         \
	"\n],\n\"msr_modifiers\": [\n" msrs "\n]\n}"
#define FINGERPRINT(config)                                                    \
	"{\n  \"firecracker_version\": \"1.12.0-dev\",\n"                      \
	"  \"kernel_version\": \"6.1.129\",\n  \"guest_cpu_config\": " config  \
	"\n}\n"
#define MSR(address, bits)                                                     \
	"{ \"addr\": \"" address "\", \"bitmap\": \"0b" bits "\" }"

static void fingerprint(void **state)
{
	struct host *host = parse_string(FINGERPRINT(CONFIG(
		LEAF_0 "," LEAF_1, MSR("0x3a", "101") "," MSR("0xfff", "1"))));
	const struct vi_sample *sample = &host->groups[0]->sample;

	(void)state;
	assert_int_equal(host->source, HOST_FIRECRACKER);
	assert_int_equal(host->ignored, 0);
	assert_true(host->any_cpu);
	assert_int_equal(sample->leaf[VI_L0][VI_EBX], 0x756e6547);
	assert_int_equal(sample->leaf[VI_L0][VI_EDX], 0x49656e69);
	assert_int_equal(sample->leaf[VI_L1][VI_EAX], 0x606a6);
	assert_int_equal(sample->leaf[VI_L1][VI_ECX], 0x80000001);
	assert_int_equal(sample->msr[VI_IA32_FEATURE_CONTROL], 5);
	assert_int_equal(sample->msr_status[VI_VM_CR], VI_ABSENT);
	assert_string_equal(
		facts_get(host->facts, "source note"),
		"CPUID and MSRs are those that Firecracker 1.12.0-dev gives to a guest on Linux 6.1.129, not those of the host");
	host_free(host);
}

/* What "template dump" prints has no versions, and may be one line. */
static void template_dump(void **state)
{
	struct host *host = parse_string(CONFIG(LEAF_0 "," LEAF_1, ""));

	(void)state;
	assert_int_equal(host->nr_groups, 1);
	assert_string_equal(
		facts_get(host->facts, "source note"),
		"CPUID and MSRs are those that Firecracker gives to a guest, not those of the host");
	host_free(host);
}

/* x is a bit that a template leaves alone: that register is not known. */
static void bits_left_alone(void **state)
{
	struct host *host = parse_string(FINGERPRINT(CONFIG(
		LEAF_0 "," LEAF_1
		       "," LEAF("0x80000001", "0x0", "0", "0", "x00", "0"),
		MSR("0x3a", "1x1"))));
	const struct vi_sample *sample = &host->groups[0]->sample;

	(void)state;
	assert_int_equal(sample->leaf_status[VI_L1], VI_READ);
	assert_int_equal(sample->leaf_status[VI_L80000001], VI_ABSENT);
	assert_int_equal(sample->msr_status[VI_IA32_FEATURE_CONTROL],
			 VI_ABSENT);
	host_free(host);
}

static void refuse_at_end(const char *text, const char *what)
{
	char message[256];
	unsigned int lines = 1;
	const char *at;

	for (at = text; at[0] && at[1]; at++)
		lines += *at == '\n';
	snprintf(message, sizeof(message), "f:%u: the JSON of Firecracker %s",
		 lines, what);
	refuse(text, message);
}

static void damaged(void **state)
{
	static const char cut[] = FINGERPRINT("{");

	(void)state;
	refuse_at_end(
		FINGERPRINT(CONFIG(LEAF("x", "0", "0", "0", "0", "0"), "")),
		"has a leaf without a number");
	refuse_at_end(
		FINGERPRINT(CONFIG(LEAF("0x1", "0x0", "2", "0", "0", "0"), "")),
		"has a leaf with a bad bitmap");
	refuse_at_end(
		FINGERPRINT(CONFIG(LEAF("0x1", "0x0", "0", "0", "0",
					"000000000000000000000000000000001"),
				   "")),
		"has a leaf with a bad bitmap");
	refuse_at_end(FINGERPRINT(CONFIG(
			      "{ \"leaf\": \"1\", \"subleaf\": \"0\" }", "")),
		      "has a leaf without modifiers");
	refuse_at_end(FINGERPRINT(CONFIG("", MSR("", "1"))),
		      "has an MSR without an address");
	refuse_at_end(FINGERPRINT(CONFIG("", MSR("0x3a", ""))),
		      "has an MSR with a bad bitmap");
	refuse_at_end(FINGERPRINT(CONFIG("", MSR("0x3a", "1\\u0000"))),
		      "has an MSR with a bad bitmap");
	refuse_at_end(FINGERPRINT("{\"reg_modifiers\": []}"),
		      "is of a processor that is not x86");
	refuse_at_end(cut, "has no end");
	refuse("\"firecracker_version\": \"1\"\n",
	       "f:1: the JSON of Firecracker is damaged");
	refuse(FINGERPRINT(CONFIG(LEAF_0, "")),
	       "f:17: truncated: no CPU with CPUID leaf 1 in this dump");
	refuse_at_end(FINGERPRINT("{}") "{}\n", "goes on behind its end");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fingerprint),
		cmocka_unit_test(template_dump),
		cmocka_unit_test(bits_left_alone),
		cmocka_unit_test(damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
