// SPDX-License-Identifier: GPL-2.0-only
/* Dumps of cpuid -r and of AIDA64. */
#include "input.h"

#define R_LEAF_0                                                               \
	"   0x00000000 0x00: eax=0x0000000d ebx=0x756e6547 ecx=0x6c65746e edx=0x49656e69\n"
#define R_LEAF_1(apic, ecx)                                                    \
	"   0x00000001 0x00: eax=0x000306c3 ebx=0x" apic "100800 ecx=0x" ecx   \
	" edx=0xbfebfbff\n"
#define R_LEAVES R_LEAF_0 R_LEAF_1("00", "00000020")

static void test_cpuid_r(void **state)
{
	struct host *host = parse_string(
		"# a comment: of 0x00\nCPU 0:\n" R_LEAVES
		"   0x00000007 0x01: eax=0x1 ebx=0x2 ecx=0x3 edx=0x4\n"
		"   0x0000000d 0x00: eax=0x1 ebx=0x2 ecx=0x3 edx=0x4\n"
		"\nCPU 1:\n" R_LEAF_0 R_LEAF_1(
			"01",
			"00000020") "   0x00000007 0x01: eax=0x1 ebx=0x2 ecx=0x3 edx=0x4\n"
				    "CPU 7:\n" R_LEAF_0 R_LEAF_1("07",
								 "00000000"));
	const struct vi_sample *sample = &host->groups[0]->sample;

	(void)state;
	assert_int_equal(host->source, HOST_CPUID_DUMP);
	assert_int_equal(host->nr_groups, 2);
	assert_cpus(&host->groups[0]->cpus, "0-1");
	assert_cpus(&host->groups[1]->cpus, "7");
	assert_int_equal(sample->leaf[VI_L0][VI_EDX], 0x49656e69);
	assert_int_equal(sample->leaf_status[VI_L7_1], VI_READ);
	assert_int_equal(sample->leaf[VI_L7_1][VI_ECX], 3);
	assert_int_equal(sample->leaf_status[VI_L7_0], VI_ABSENT);
	assert_int_equal(sample->leaf_status[VI_L80000000], VI_ABSENT);
	assert_int_equal(sample->msr_status[VI_IA32_EFER], VI_ABSENT);
	assert_false(host->groups[0]->on_known);
	host_free(host);
}

static void test_cpuid_r_of_one(void **state)
{
	static const char *const texts[] = { "CPU:\n" R_LEAVES, R_LEAVES };
	unsigned int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct host *host = parse_string(texts[i]);

		assert_int_equal(host->nr_groups, 1);
		assert_cpus(&host->groups[0]->cpus, "0");
		host_free(host);
	}
}

#define R_KVM                                                                  \
	"   0x40000000 0x00: eax=0x40000001 ebx=0x4b4d564b ecx=0x564b4d56 edx=0x0000004d\n"
#define R_KVM_FEATURES                                                         \
	"   0x40000001 0x00: eax=0x01007efb ebx=0x0 ecx=0x0 edx=0x0\n"

static void test_hypervisor_leaves(void **state)
{
	struct host *host;

	(void)state;
	/* In any order; a leaf that is not there is not made up. */
	host = parse_string("CPU 0:\n" R_KVM_FEATURES R_KVM R_LEAF_0 R_LEAF_1(
		"00",
		"80000020") "   0x40000100 0x00: eax=0x40000103 ebx=0x566e6558 "
			    "ecx=0x65584d4d edx=0x4d4d566e\n"
			    "   0x40000103 0x02: eax=0x9 ebx=0x8 ecx=0x7 edx=0x6\n");
	assert_int_equal(host->groups[0]->hv.count, 4);
	assert_int_equal(host->groups[0]->hv.leaves[0].leaf, 0x40000000);
	assert_int_equal(host->groups[0]->hv.leaves[1].reg[VI_EAX], 0x01007efb);
	assert_int_equal(host->groups[0]->hv.leaves[3].leaf, 0x40000103);
	assert_int_equal(host->groups[0]->hv.leaves[3].subleaf, 2);
	host_free(host);

	/* Not while the hypervisor bit is clear. */
	host = parse_string("CPU 0:\n" R_LEAVES R_KVM R_KVM_FEATURES);
	assert_int_equal(host->groups[0]->hv.count, 0);
	host_free(host);

	/* Nor what a processor answers above its highest leaf. */
	host = parse_string("CPU 0:\n" R_LEAF_0 R_LEAF_1(
		"00",
		"80000020") "   0x40000000 0x00: eax=0x00000007 ebx=0x00000340 "
			    "ecx=0x00000340 edx=0x00000000\n");
	assert_int_equal(host->groups[0]->hv.count, 0);
	host_free(host);
}

static void test_bad_cpuid_r(void **state)
{
	char text[65536] = "CPU 0:\n" R_LEAVES;
	unsigned int i;

	(void)state;
	refuse("CPU 0:\n" R_LEAVES "CPU 0:\n" R_LEAVES,
	       "f:5: this CPU is in the dump a second time");
	refuse("CPU 0:\n",
	       "f:1: truncated: no CPU with CPUID leaf 1 in this dump");
	refuse("CPU 0:\n" R_LEAF_0,
	       "f:2: truncated: no CPU with CPUID leaf 1 in this dump");
	refuse("CPU 8192:\n" R_LEAVES,
	       "f:1: CPU number out of range: the highest is 8191");
	refuse("CPU 99999999999:\n" R_LEAVES,
	       "f:1: CPU number out of range: the highest is 8191");
	refuse("CPU 0:\nCPU x:\n", "f:2: not a \"CPU N:\" line: \"CPU x:\"");
	refuse("CPU 0:\n   vendor: GenuineIntel\n",
	       "f:2: not a line of cpuid -r: \"   vendor: GenuineIntel\"");
	refuse("CPU 0:\n   0x00000000 0x00: eax=0x1 ebx=0x2 ecx=0x3\n",
	       "f:2: 3 of 4 words in this line");
	refuse("CPU 0:\n   0x00000000 0x00:\n",
	       "f:2: 0 of 4 words in this line");
	refuse("CPU 0:\n   0x00000000 0x00: eax=0x1 ebx=0x2 ecx=0x3 edx=0x\n",
	       "f:2: bad number after \"edx=\"");
	refuse("CPU 0:\n   0x00000000 0x00: eax=0x123456789 ebx=0x2 ecx=0x3 edx=0x\n",
	       "f:2: bad number after \"eax=\"");
	refuse("CPU 0:\n   0x0 0x0: eax=0x1 ebx=0x2 ecx=0x3 edx=0x4 esi=0x5\n",
	       "f:2: more than 4 words in this line: \"   0x0 0x0: eax=0x1 ebx=0x2 ecx=...\"");
	for (i = 0; i < 257; i++)
		sprintf(text + strlen(text),
			"   0x%08x 0x00: eax=0x1 ebx=0x2 ecx=0x3 edx=0x4\n",
			0x4000ffff - i);
	refuse(text, "f:260: more than 256 hypervisor leaves of one CPU");
}

#define A_LEAF_0                                                               \
	"CPUID 00000000: 0000000D-756E6547-6C65746E-49656E69 [GenuineIntel]\n"
#define A_LEAF_1(apic)                                                         \
	"CPUID 00000001: 000306C3-" apic "100800-00000020-BFEBFBFF\n"
#define A_LEAVES(apic) A_LEAF_0 A_LEAF_1(apic)

static void test_aida64(void **state)
{
	struct host *host = parse_string(
		"------[ Versions ]------\r\n\r\nProgram Version : AIDA64 \xae\r\n"
		"CPUID Manufacturer: GenuineIntel\r\n"
		"MSR Something: else\r\n"
		"------[ CPUID Registers / Logical CPU #0 ]------\r\n\r\n"
		"allcpu: Package 0 / Core 0 / Thread 0: Valid\r\n" A_LEAVES(
			"00") "CPUID 00000007: 00000000-00000001-00000000-BC000400 [SL 00]\r\n"
			      "CPUID 00000007: 00000401-00000001-00000002-00000003 [SL 01] [x]\r\n"
			      "------[ CPUID Registers / Logical CPU #1 ]------\r\n" A_LEAVES(
				      "01") "CPUID 00000007: 00000000-00000001-00000000-BC000400 [SL 00]\r\n"
					    "CPUID 00000007: 00000401-00000001-00000002-00000003 [SL 01]\r\n"
					    "------[ All CPUs ]------\r\n"
					    "CPU   0: APICID    0 / Package 0 / Core   0 / Thread 0: Valid\r\n"
					    "MSR 0000003A: FFFF-FFFF-FFFF-FFFF\r\n"
					    "------[ MSR Registers / Logical CPU #0 ]------\r\n"
					    "MSR 00000017: 0004-0000-0000-0000 [PlatID = 1]\r\n"
					    "MSR 0000003A: 0000-0000-0000-0005\r\n"
					    "MSR 00000480: < FAILED >\r\n"
					    "MSR 00000481: 0000-0000-0000-0001 [S200]\r\n"
					    "MSR 00000481: 00F0-0123-89AB-CDEF [S200]\r\n"
					    "------[ MSR Registers / Logical CPU #1 ]------\r\n"
					    "MSR 0000003A: 0000-0000-0000-0001\r\n");
	const struct vi_sample *sample = &host->groups[0]->sample;

	(void)state;
	assert_int_equal(host->source, HOST_AIDA64_DUMP);
	assert_int_equal(host->nr_groups, 2);
	assert_cpus(&host->groups[0]->cpus, "0");
	assert_cpus(&host->groups[1]->cpus, "1");
	assert_int_equal(sample->leaf[VI_L1][VI_EBX], 0x00100800);
	assert_int_equal(sample->leaf[VI_L7_0][VI_EDX], 0xbc000400);
	assert_int_equal(sample->leaf[VI_L7_1][VI_EAX], 0x401);
	assert_int_equal(sample->msr[VI_IA32_FEATURE_CONTROL], 5);
	assert_int_equal(sample->msr_status[VI_IA32_VMX_BASIC], VI_GP);
	assert_int_equal(sample->msr[VI_IA32_VMX_PINBASED_CTLS],
			 0x00f0012389abcdef);
	assert_int_equal(sample->msr_status[VI_IA32_VMX_MISC], VI_ABSENT);
	sample = &host->groups[1]->sample;
	assert_int_equal(sample->msr[VI_IA32_FEATURE_CONTROL], 1);
	assert_int_equal(sample->msr_status[VI_IA32_VMX_BASIC], VI_ABSENT);
	assert_null(facts_get(host->facts, "source note"));
	host_free(host);
}

static void test_older_aida64(void **state)
{
	struct host *host = parse_string(
		"------[ Logical CPU #0 ]------\n" A_LEAVES("00") "------[ Logical CPU #1 ]------\n" A_LEAVES(
			"01") "------[ Logical CPU #2 ]------\n" A_LEAVES("02") "------[ MSR Registers ]------\n"
										"MSR 0000003A: 0000-0000-0000-0005\n");

	(void)state;
	assert_int_equal(host->nr_groups, 1);
	assert_cpus(&host->groups[0]->cpus, "0-2");
	assert_cpus(&host->groups[0]->msrs_known, "0");
	assert_int_equal(host->groups[0]->sample.msr[VI_IA32_FEATURE_CONTROL],
			 5);
	assert_fact(host, "source note",
		    "this dump has the MSRs of CPU 0 only");
	host_free(host);
}

static void test_oldest_aida64(void **state)
{
	struct host *host;

	(void)state;
	host = parse_string("CPUID Registers (CPU #1):\n" A_LEAVES(
		"00") "CPUID Registers (CPU #2):\n" A_LEAVES("01"));
	assert_int_equal(host->nr_groups, 1);
	assert_cpus(&host->groups[0]->cpus, "0-1");
	assert_null(facts_get(host->facts, "cpus named"));
	host_free(host);

	host = parse_string(A_LEAVES("00") "MSR 0000003A: 0000-0000-0000-0005\n"
					   "CPUID 80000000: 80000008-0-0-0");
	assert_cpus(&host->groups[0]->cpus, "0");
	assert_int_equal(host->groups[0]->sample.leaf[VI_L80000000][VI_EAX],
			 0x80000008);
	assert_fact(host, "source note",
		    "this dump names no CPU: it is taken to be of CPU 0");
	host_free(host);

	host = parse_string("CPUID Registers (CPU #0):\n" A_LEAVES(
		"00") "CPUID Registers (CPU #1):\n" A_LEAVES("01"));
	assert_cpus(&host->groups[0]->cpus, "0-1");
	host_free(host);
}

/* A header with a mask, as another old program wrote it. */
static void test_mask_headers(void **state)
{
	struct host *host =
		parse_string("CPU#000 AffMask: 0x0000000000000001\n" A_LEAVES(
			"00") "CPU#003 AffMask: 0x0000000000000008\n" A_LEAVES("03"));

	(void)state;
	assert_cpus(&host->groups[0]->cpus, "0,3");
	assert_null(facts_get(host->facts, "source note"));
	host_free(host);
}

/* A header that is no CPU's ends the section before it, not the file. */
static void test_header_of_no_cpu(void **state)
{
	struct host *host = parse_string(
		"------[ CPUID Registers / Logical CPU #0 ]------\n" A_LEAVES(
			"00") "------[ MSR Registers / Logical CPU #0 ]------\n"
			      "MSR 0000003A: 0000-0000-0000-0005\n"
			      "------[ MSR Registers / Logical CPU # Clock (Turbo),3700 MHz ]------\n"
			      "MSR 0000003A: 0000-0000-0000-0001\n");

	(void)state;
	assert_int_equal(host->groups[0]->sample.msr[VI_IA32_FEATURE_CONTROL],
			 5);
	host_free(host);
}

static void test_no_colon(void **state)
{
	struct host *host = parse_string(
		"CPUID Registers (CPU #1):\n"
		"CPUID 00000000  \t0000000D-756E6547-6C65746E-49656E69\n"
		"CPUID 00000001  \t000206A7-00100800-1FBAE3FF-BFEBFBFF\n"
		"CPUID 00000001  stepping\n"
		"------[ MSR Registers ]------\n"
		"MSR 0000003A\t0000-0000-0000-0005\nMSR 00000480 < FAILED >\n");

	(void)state;
	assert_int_equal(host->groups[0]->sample.leaf[VI_L1][VI_EAX], 0x206a7);
	assert_int_equal(host->groups[0]->sample.msr[VI_IA32_FEATURE_CONTROL],
			 5);
	assert_int_equal(host->groups[0]->sample.msr_status[VI_IA32_VMX_BASIC],
			 VI_GP);
	host_free(host);
}

/* Old programs listed the subleaves of a leaf without their numbers. */
static void test_subleaves_without_number(void **state)
{
	struct host *host = parse_string("CPUID Registers (CPU #1):\n" A_LEAVES(
		"00") "CPUID 00000007: 00000001-00000002-00000003-00000004\n"
		      "CPUID 00000007: 00000005-00000006-00000007-00000008\n"
		      "CPUID Registers (CPU #2):\n" A_LEAVES(
			      "01") "CPUID 00000007: 00000001-00000002-00000003-00000004\n"
				    "CPUID 00000007: 00000005-00000006-00000007-00000008\n");

	(void)state;
	assert_int_equal(host->nr_groups, 1);
	assert_int_equal(host->groups[0]->sample.leaf[VI_L7_0][VI_EAX], 1);
	assert_int_equal(host->groups[0]->sample.leaf[VI_L7_1][VI_EAX], 5);
	host_free(host);
}

static void test_bad_aida64(void **state)
{
	(void)state;
	refuse("------[ Logical CPU #0 ]------\n" A_LEAVES(
		       "00") "------[ Logical CPU #0 ]------\n" A_LEAVES("00"),
	       "f:4: this CPU is in the dump a second time");
	refuse("------[ Versions ]------\n",
	       "f:1: truncated: no CPU with CPUID leaf 1 in this dump");
	refuse("------[ Logical CPU #8192 ]------\n",
	       "f:1: CPU number out of range: the highest is 8191");
	refuse("------[ Logical CPU #x ]------\n",
	       "f:1: truncated: no CPU with CPUID leaf 1 in this dump");
	refuse("CPUID Registers (CPU #1):\nCPUID Registers (CPU #0):\n",
	       "f:2: bad number of a CPU: \"0):\"");
	refuse("CPUID 00000000: 0000000D-756E6547-6C65\n",
	       "f:1: not 4 words of CPUID: \"0000000D-756E6547-6C65\"");
	refuse("CPUID 00000000: 0000000D-756E6547-6C65746E-\n",
	       "f:1: bad number in CPUID: \"0000000D-756E6547-6C65746E-\"");
	refuse("CPUID 00000000: 0000000D-756E6547-6C65746E0-1\n",
	       "f:1: bad number in CPUID: \"0000000D-756E6547-6C65746E0-1\"");
	refuse(A_LEAVES("00") "------[ MSR Registers ]------\n"
			      "MSR 0000003A: 0000-0000-0000\n",
	       "f:4: not a value of an MSR: \"0000-0000-0000\"");
	refuse(A_LEAVES("00") "------[ MSR Registers ]------\n"
			      "MSR 0000003A: 0000-0000-0000-00005\n",
	       "f:4: bad number in an MSR: \"0000-0000-0000-00005\"");
}

/* MSR 0x11 and 0x12 count events on a Pentium; under KVM they are clocks. */
static void test_numbers_of_kvm(void **state)
{
#define COUNTERS                                                               \
	"MSR 00000010: 0000-0000-0000-1234\n"                                  \
	"MSR 00000011: 0000-0000-0000-0001\n"                                  \
	"MSR 00000012: 0000-0000-0000-0002\n"
	struct host *host = parse_string(
		"------[ CPUID Registers / Logical CPU #0 ]------\n"
		"CPUID 00000000: 00000001-756E6547-6C65746E-49656E69\n"
		"CPUID 00000001: 00000543-00000000-00000000-008001BF\n"
		"------[ MSR Registers / Logical CPU #0 ]------\n" COUNTERS);
	const u8 *status = host->groups[0]->sample.msr_status;

	(void)state;
	assert_int_equal(status[VI_MSR_KVM_WALL_CLOCK], VI_ABSENT);
	assert_int_equal(status[VI_MSR_KVM_SYSTEM_TIME], VI_ABSENT);
	host_free(host);
	host = parse_string(
		"------[ CPUID Registers / Logical CPU #0 ]------\n"
		"CPUID 00000000: 00000001-756E6547-6C65746E-49656E69\n"
		"CPUID 00000001: 000306C3-00000000-80000000-008001BF\n"
		"CPUID 40000000: 40000001-4B4D564B-564B4D56-0000004D\n"
		"CPUID 40000001: 01007EFB-00000000-00000000-00000000\n"
		"------[ MSR Registers / Logical CPU #0 ]------\n" COUNTERS);
	status = host->groups[0]->sample.msr_status;
	assert_int_equal(status[VI_MSR_KVM_WALL_CLOCK], VI_READ);
	assert_true(host->groups[0]->sample.msr[VI_MSR_KVM_SYSTEM_TIME] == 2);
	host_free(host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cpuid_r),
		cmocka_unit_test(test_cpuid_r_of_one),
		cmocka_unit_test(test_hypervisor_leaves),
		cmocka_unit_test(test_bad_cpuid_r),
		cmocka_unit_test(test_aida64),
		cmocka_unit_test(test_older_aida64),
		cmocka_unit_test(test_oldest_aida64),
		cmocka_unit_test(test_mask_headers),
		cmocka_unit_test(test_header_of_no_cpu),
		cmocka_unit_test(test_no_colon),
		cmocka_unit_test(test_subleaves_without_number),
		cmocka_unit_test(test_bad_aida64),
		cmocka_unit_test(test_numbers_of_kvm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
