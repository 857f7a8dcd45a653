// SPDX-License-Identifier: GPL-2.0-only
/* The output of cpuid in words, and what is known of a leaf in part. */
#include "verdict.h"

#include "input.h"
#include "model/decode.h"
#include "model/differences.h"

#define HEAD                                                                   \
	"CPU 0:\n   vendor_id = \"GenuineIntel\"\n"                            \
	"   version information (1/eax):\n"                                    \
	"      processor type  = primary processor (0)\n"                      \
	"      family          = 0x6 (6)\n"                                    \
	"      model           = 0xe (14)\n"                                   \
	"      stepping id     = 0x3 (3)\n"                                    \
	"      extended family = 0x0 (0)\n"                                    \
	"      extended model  = 0x5 (5)\n"
#define ECX(vmx)                                                               \
	"   feature information (1/ecx):\n"                                    \
	"      PNI/SSE3: Prescott New Instructions     = true\n"               \
	"      VMX: virtual machine extensions         = " vmx "\n"            \
	"      hypervisor guest status                 = false\n"

static void intel(void **state)
{
	struct host *host = parse_string(HEAD ECX("true"));
	const struct host_group *group = host->groups[0];
	struct register_value value;

	(void)state;
	assert_int_equal(host->source, HOST_CPUID_WORDS);
	assert_int_equal(host->ignored, 0);
	assert_false(host->any_cpu);
	assert_int_equal(group->sample.leaf_status[VI_L1], VI_BITS);
	assert_int_equal(group->sample.leaf[VI_L1][VI_EAX], 0x506e3);
	assert_int_equal(group->known.leaf[VI_L1][VI_EAX], 0x0fff3fff);
	assert_int_equal(group->sample.leaf[VI_L1][VI_ECX], 0x21);
	assert_int_equal(group->known.leaf[VI_L1][VI_ECX], 0x80000021);
	assert_int_equal(vi_extension(&group->sample), VI_VMX);
	assert_true(vendor_is_known(group));
	/* A register is whole, known in part or not known at all. */
	value = register_value(group, REG_CPUID_L0_EBX);
	assert_int_equal(value.status, VI_READ);
	assert_int_equal(value.value, 0x756e6547);
	assert_int_equal(register_value(group, REG_CPUID_L0_EAX).status,
			 VI_ABSENT);
	assert_int_equal(register_value(group, REG_CPUID_L1_ECX).status,
			 VI_BITS);
	assert_int_equal(field_answer(group, FIELD_CPUID_L1_ECX_vmx),
			 ANSWER_YES);
	assert_int_equal(field_answer(group, FIELD_CPUID_L1_ECX_hypervisor),
			 ANSWER_NO);
	assert_int_equal(field_answer(group, FIELD_CPUID_L1_ECX_pcid),
			 ANSWER_UNKNOWN);
	assert_int_equal(field_answer(group, FIELD_CPUID_L7_0_EBX_sgx),
			 ANSWER_UNKNOWN);
	assert_int_equal(register_unnamed_bits(group, REG_CPUID_L1_ECX), 0);
	host_free(host);
}

static void verdicts(void **state)
{
	(void)state;
	assert_reason(HEAD ECX("true"), "unknown");
	assert_reason(HEAD ECX("true") "\n$ rdmsr -a 0x3a\n5\n",
		      "hardware-ready");
	assert_reason(HEAD ECX("true") "\n$ rdmsr -a 0x3a\n1\n",
		      "firmware-disabled");
	/* Skylake has VMX: firmware may hide it. */
	assert_reason(HEAD ECX("false"), "no-extension");
	/* Words that say nothing of it are no "no". */
	assert_reason(HEAD, "unknown");
}

static void amd(void **state)
{
	static const char text[] =
		"CPU:\n   vendor_id = \"AuthenticAMD\"\n"
		"   feature information (1/ecx):\n"
		"      VMX: virtual machine extensions         = false\n"
		"      hypervisor guest status                 = true\n"
		"   hypervisor_id (0x40000000) = \"KVMKVMKVM\\0\\0\\0\"\n"
		"   hypervisor_id (0x40000100) = \"XenVMMXenVMM\"\n"
		"   AMD feature flags (0x80000001/ecx):\n"
		"      SVM: secure virtual machine            = %s\n"
		"   brand = \"AMD EPYC 7B12\"\n"
		"   SVM Secure Virtual Machine (0x8000000a/eax):\n"
		"      SvmRev: SVM revision = 0x1 (1)\n"
		"   SVM Secure Virtual Machine (0x8000000a/edx):\n"
		"      nested paging                           = true\n"
		"   NASID: number of address space identifiers = 0x8000 (32768):\n";
	char one[1024];
	const struct host_group *group;
	struct host *host;

	(void)state;
	snprintf(one, sizeof(one), text, "true");
	host = parse_string(one);
	group = host->groups[0];
	assert_int_equal(host->ignored, 0);
	assert_true(host->any_cpu);
	assert_int_equal(vi_extension(&group->sample), VI_SVM);
	assert_string_equal(facts_get(host->facts, "cpuid hypervisor_id"),
			    "KVMKVMKVM");
	assert_int_equal(register_value(group, REG_CPUID_L8000000A_EBX).value,
			 32768);
	assert_int_equal(field_answer(group, FIELD_CPUID_L8000000A_EDX_np),
			 ANSWER_YES);
	/* The string's NUL is told, what is behind it is not. */
	assert_int_equal(group->sample.leaf[VI_L80000002][VI_EDX], 0x32);
	assert_int_equal(group->known.leaf[VI_L80000002][VI_EDX], 0xffff);
	assert_int_equal(group->sample.leaf_status[VI_L80000003], VI_ABSENT);
	host_free(host);
	snprintf(one, sizeof(one), text, "false");
	assert_reason(one, "hidden-by-hypervisor");
}

#define GUEST_OF(id)                                                           \
	"   feature information (1/ecx):\n"                                    \
	"      VMX: virtual machine extensions         = false\n"              \
	"      hypervisor guest status                 = true\n"               \
	"   hypervisor_id (0x40000000) = \"" id "\"\n"
#define PARTITION(create)                                                      \
	"   hypervisor partition creation flags (0x40000003/ebx):\n"           \
	"      CreatePartitions         = " create "\n"                        \
	"      AccessVpRegisters        = false\n"
#define KVM_FEATURES(leaf)                                                     \
	"   hypervisor features (" leaf "/eax):\n"                             \
	"      kvmclock available at MSR 0x4b564d00     = true\n"              \
	"      async pf enable available by MSR         = false\n"

static enum answer asked(const char *text, enum field_id field)
{
	struct host *host = parse_string(text);
	enum answer answer = field_answer(host->groups[0], field);

	assert_int_equal(host->ignored, 0);
	host_free(host);
	return answer;
}

/* The words of a hypervisor's leaf are of the interface that is named. */
static void hypervisors(void **state)
{
	static const char both[] = HEAD GUEST_OF("Microsoft Hv")
		PARTITION("false") "   hypervisor_id (0x40000100) = \"KVMKVMKVM\\0\\0\\0\"\n" KVM_FEATURES(
			"0x40000101");
	enum field_id clock = FIELD_HV_KVM_1_0_EAX_clocksource2;

	(void)state;
	assert_int_equal(asked(both, clock), ANSWER_YES);
	assert_int_equal(asked(both, FIELD_HV_KVM_1_0_EAX_async_pf), ANSWER_NO);
	assert_int_equal(asked(both, FIELD_HV_KVM_1_0_EAX_pv_eoi),
			 ANSWER_UNKNOWN);
	assert_int_equal(asked(both, FIELD_HV_HYPERV_3_0_EBX_create_partitions),
			 ANSWER_NO);
	/* A version that has blanks for NULs. */
	assert_int_equal(asked(HEAD GUEST_OF("KVMKVMKVM   ")
				       KVM_FEATURES("0x40000001"),
			       clock),
			 ANSWER_YES);
	/* Another's leaf, no range, and a string that is none. */
	assert_int_equal(asked(HEAD GUEST_OF("XenVMMXenVMM")
				       KVM_FEATURES("0x40000001"),
			       clock),
			 ANSWER_UNKNOWN);
	assert_int_equal(asked(HEAD KVM_FEATURES("0x40000001"), clock),
			 ANSWER_UNKNOWN);
	assert_int_equal(asked(HEAD GUEST_OF("KVMKVMKVM\\0")
				       KVM_FEATURES("0x40000001"),
			       clock),
			 ANSWER_UNKNOWN);
	/* Without a hypervisor the leaf is another's data. */
	assert_int_equal(
		asked(HEAD ECX("true") "   hypervisor_id (0x40000000) = \"KVMKVMKVM\\0\\0\\0\"\n" KVM_FEATURES(
			      "0x40000001"),
		      clock),
		ANSWER_NO);
	refuse(HEAD GUEST_OF("Microsoft Hv") PARTITION("true")
		       PARTITION("false"),
	       "f:18: a second value of bits of CPUID 0x40000003.0x0");
}

static void root_partition(void **state)
{
	(void)state;
	assert_reason(HEAD GUEST_OF("Microsoft Hv") PARTITION("true"),
		      "owned-by-hypervisor");
	assert_reason(HEAD GUEST_OF("Microsoft Hv") PARTITION("false"),
		      "hidden-by-hypervisor");
}

/* A capture has the bits, and reads them. */
static void hypervisor_bits_of_a_capture(void **state)
{
	static const char text[] =
		"virtinfo\t: 1\n\ncpus\t: 0\nvendor\t:\n"
		"bits 0x00000001.0x0\t: 0x0/0x0 0x0/0x0 0x80000000/0x80000020 0x0/0x0\n"
		"bits 0x40000000.0x0\t: 0x0/0x0 0x4b4d564b/0xffffffff 0x564b4d56/0xffffffff 0x4d/0xffffffff\n"
		"bits 0x40000001.0x0\t: 0x8/0x18 0x0/0x0 0x0/0x0 0x0/0x0\n\n"
		"capture\t: by hand\n";

	(void)state;
	assert_int_equal(asked(text, FIELD_HV_KVM_1_0_EAX_clocksource2),
			 ANSWER_YES);
	assert_int_equal(asked(text, FIELD_HV_KVM_1_0_EAX_async_pf), ANSWER_NO);
	assert_int_equal(asked(text, FIELD_HV_KVM_1_0_EAX_clocksource),
			 ANSWER_UNKNOWN);
}

/* Of a processor of AMD no "no" where the words of SVM are cut off. */
static void cut_before_svm(void **state)
{
	(void)state;
	assert_reason("CPU 0:\n   vendor_id = \"AuthenticAMD\"\n"
		      "   feature information (1/ecx):\n"
		      "      VMX: virtual machine extensions  = false\n"
		      "      hypervisor guest status          = false\n",
		      "unknown");
}

/* cpuid | grep, without a heading. */
static void lines_alone(void **state)
{
	struct host *host = parse_string(
		"      SVM: secure virtual machine            = true\n"
		"      SVM: secure virtual machine            = true\n"
		/* Leaves 1 and 0x80000001 have these words. */
		"      RDMSR and WRMSR support                = false\n");

	(void)state;
	assert_int_equal(vi_extension(&host->groups[0]->sample), VI_SVM);
	assert_int_equal(host->groups[0]->sample.leaf_status[VI_L1], VI_ABSENT);
	assert_int_equal(host->groups[0]->known.leaf[VI_L80000001][VI_EDX], 0);
	host_free(host);
}

/* The same words mean nothing below the heading of another leaf. */
static void of_other_leaves(void **state)
{
	struct host *host = parse_string(
		HEAD "   hypervisor features (0x40000001/eax):\n"
		     "      VMX: virtual machine extensions   = true\n"
		     "   (instruction supported synth):\n"
		     "      RDTSCP                            = true\n"
		     "   0x00000014 0x00: eax=0x0 ebx=0x1 ecx=0x0 edx=0x0\n");
	const struct host_group *group = host->groups[0];

	(void)state;
	assert_int_equal(host->ignored, 0);
	assert_int_equal(group->known.leaf[VI_L1][VI_ECX], 0);
	assert_int_equal(group->sample.leaf_status[VI_L80000001], VI_ABSENT);
	/* A leaf without words is printed as with -r. */
	assert_int_equal(group->sample.leaf_status[VI_L14_0], VI_READ);
	assert_int_equal(group->sample.leaf[VI_L14_0][VI_EBX], 1);
	host_free(host);
}

/* A line that ends as a heading does and has no parenthesis before. */
static void no_heading(void **state)
{
	struct host *host = parse_string(HEAD "abcd):\n");

	(void)state;
	assert_int_equal(host->ignored, 1);
	host_free(host);
}

static void damaged(void **state)
{
	(void)state;
	refuse(HEAD "      model           = 0xf (15)\n",
	       "f:10: a second value of bits of CPUID 0x00000001.0x0, which is also in line 4");
	refuse(HEAD "      stepping id     = 0x10 (16)\n",
	       "f:10: more than the 4 bits of \"stepping id\"");
	refuse("CPU 8192:\n   vendor_id = \"GenuineIntel\"\n",
	       "f:2: CPU number out of range: the highest is 8191");
}

#define R_LEAVES(ecx)                                                                       \
	"CPU 0:\n"                                                                          \
	"   0x00000000 0x00: eax=0x0000000d ebx=0x756e6547 ecx=0x6c65746e edx=0x49656e69\n" \
	"   0x00000001 0x00: eax=0x000506e3 ebx=0x00100800 ecx=0x" ecx                      \
	" edx=0xbfebfbff\n"

/* Whole leaves count where another piece has words; what differs is told. */
static void with_whole_leaves(void **state)
{
	static const char *const texts[] = {
		R_LEAVES("7ffafbbf") "\n" HEAD ECX("true"),
		HEAD ECX("true") "\n" R_LEAVES("7ffafbbf"),
	};
	struct host *host;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		host = parse_string(texts[i]);
		assert_int_equal(host->contradictions, 0);
		assert_int_equal(host->nr_groups, 1);
		assert_int_equal(host->groups[0]->sample.leaf_status[VI_L1],
				 VI_READ);
		assert_int_equal(host->groups[0]->sample.leaf[VI_L1][VI_ECX],
				 0x7ffafbbf);
		host_free(host);
	}
	host = parse_string(
		HEAD ECX("false") "\n$ cpuid -r\n" R_LEAVES("7ffafbbf"));
	assert_int_equal(host->contradictions, 1);
	host_free(host);
	/* Directly behind, they are of the same output. */
	refuse(HEAD ECX("false") R_LEAVES("7ffafbbf"),
	       "f:16: a second value of bits of CPUID 0x00000001.0x0, which is also in line 4");
}

/* A capture has the same bits, and no more. */
static void captured(void **state)
{
	static const char text[] =
		"virtinfo\t: 1\n\ncpus\t\t: 0-1\nvendor\t\t: GenuineIntel\n"
		"bits 0x00000000.0x0\t: 0x0/0x0 0x756e6547/0xffffffff "
		"0x6c65746e/0xffffffff 0x49656e69/0xffffffff\n"
		"bits 0x00000001.0x0\t: 0x0/0x0 0x0/0x0 0x20/0x80000020 0x0/0x0\n";
	struct host *host = parse_string(text);
	const struct host_group *group = host->groups[0];
	char *out = NULL;
	size_t size;
	FILE *file = open_memstream(&out, &size);

	(void)state;
	assert_non_null(file);
	assert_int_equal(group->sample.leaf_status[VI_L1], VI_BITS);
	assert_int_equal(group->known.leaf[VI_L1][VI_ECX], 0x80000020);
	assert_int_equal(field_answer(group, FIELD_CPUID_L1_ECX_vmx),
			 ANSWER_YES);
	known_bits_print(file, &group->sample, &group->known);
	assert_int_equal(fclose(file), 0);
	assert_string_equal(
		out,
		"bits 0x00000000.0x0\t: 0x00000000/0x00000000 0x756e6547/0xffffffff "
		"0x6c65746e/0xffffffff 0x49656e69/0xffffffff\n"
		"bits 0x00000001.0x0\t: 0x00000000/0x00000000 0x00000000/0x00000000 "
		"0x00000020/0x80000020 0x00000000/0x00000000\n");
	free(out);
	host_free(host);
}

#define STANZA "virtinfo\t: 1\n\ncpus\t\t: 0\nvendor\t\t: GenuineIntel\n"

static void damaged_capture(void **state)
{
	(void)state;
	refuse(STANZA "bits 0x1.0x0\t: 0x0/0x0 0x0/0x0 0x1/0x2 0x0/0x0\n",
	       "f:5: a bit that is not known is 1 in \"0x0/0x0 0x0/0x0 0x1/0x2 0x0/0x0\"");
	refuse(STANZA "bits 0x1.0x0\t: 0x0/0x0 0x0/0x0 0x0\n",
	       "f:5: bad number \"0x0\"");
	refuse(STANZA "bits 0x1.0x0\t: 0x0/0x0 0x0/0x0\n",
	       "f:5: 2 of 4 words in this bits line");
	refuse(STANZA "bits 0x1.0x0\t: 0x1/0x1 0x0/0x0 0x0/0x0 0x0/0x0\n"
		      "cpuid 0x00000001.0x0\t: 0x1 0x2 0x3 0x4\n",
	       "f:6: a second time in this stanza: \"cpuid 0x00000001.0x0\"");
	refuse(STANZA "bits 1.0x0\t: 0x0/0x0 0x0/0x0 0x0/0x0 0x0/0x0\n",
	       "f:5: bad leaf \"1.0x0\"");
}

/* What is not known of one group is no difference to another. */
static void no_difference(void **state)
{
	struct host *host = parse_string(HEAD ECX(
		"true") "CPU 1:\n   vendor_id = \"GenuineIntel\"\n"
			"   feature information (1/ecx):\n"
			"      VMX: virtual machine extensions = false\n");
	struct differences differences = { 0 };
	size_t i;

	(void)state;
	assert_int_equal(host->nr_groups, 2);
	assert_int_equal(differences_of(&differences, host), 0);
	assert_int_equal(differences.count, 1);
	for (i = 0; i < differences.count; i++)
		assert_int_equal(differences.list[i].field,
				 FIELD_CPUID_L1_ECX_vmx);
	differences_free(&differences);
	host_free(host);
}

/* The same words are of one field only, in a leaf. */
static void no_words_twice(void **state)
{
	static const struct {
		enum field_id field;
		const char *words;
	} rows[] = {
#define CPUID_WORDS(register, name, text) { FIELD_##register##_##name, text },
#include "tables/cpuid_words.def"
	};
	size_t i, j;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		for (j = 0; j < i; j++)
			if (!strcmp(rows[i].words, rows[j].words) &&
			    register_info(field_info(rows[i].field)->reg)
					    ->address ==
				    register_info(
					    field_info(rows[j].field)->reg)
					    ->address)
				fail_msg("\"%s\" is twice in one leaf",
					 rows[i].words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(intel),
		cmocka_unit_test(verdicts),
		cmocka_unit_test(amd),
		cmocka_unit_test(hypervisors),
		cmocka_unit_test(root_partition),
		cmocka_unit_test(hypervisor_bits_of_a_capture),
		cmocka_unit_test(cut_before_svm),
		cmocka_unit_test(lines_alone),
		cmocka_unit_test(of_other_leaves),
		cmocka_unit_test(no_heading),
		cmocka_unit_test(damaged),
		cmocka_unit_test(with_whole_leaves),
		cmocka_unit_test(captured),
		cmocka_unit_test(damaged_capture),
		cmocka_unit_test(no_difference),
		cmocka_unit_test(no_words_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
