// SPDX-License-Identifier: GPL-2.0-only
/* VBox.log of all ages, whole and cut. */
#include "verdict.h"

#define SYSTEM(product, release)                                               \
	"00:00:02.000000 OS Product: " product "\n"                            \
	"00:00:02.000001 OS Release: " release "\n"
#define HOST_AMD                                                                \
	"00:00:02.100000 Gst: 00000000  00000005 68747541 444d4163 69746e65\n"  \
	"00:00:02.100001 Hst:           00000005 68747541 444d4163 69746e65\n"  \
	"00:00:02.100002 Gst: 00000001  00100f22 00000800 00000009 078bf3bf\n"  \
	"00:00:02.100003 Hst:           00100f22 00040800 00802009 178bfbff\n"  \
	"00:00:02.100004 Gst: 80000000  80000008 68747541 444d4163 69746e65\n"  \
	"00:00:02.100005 Hst:           8000001a 68747541 444d4163 69746e65\n"  \
	"00:00:02.100006 Gst: 80000001  00100f22 10000000 00000010 cb83f33f*\n" \
	"00:00:02.100007 Hst:           00100f22 10000000 000007ff efd3fbff\n"
#define HOST_INTEL(ecx)                                                             \
	"00:00:01.5 not a time\n"                                                   \
	"00:00:01.500001 Gst: 00000000/0000  00000016 756e6547 6c65746e 49656e69\n" \
	"00:00:01.500002 Hst:                00000016 756e6547 6c65746e 49656e69\n" \
	"00:00:01.500003 Gst: 00000001/0000  000806e9 00010800 56da220b 178bfbff\n" \
	"00:00:01.500004 Hst:                000806e9 00100800 " ecx                \
	" bfebfbff\n"                                                               \
	"00:00:01.500005 Hst: 80000000/0000  80000008 00000000 00000000 00000000\n" \
	"00:00:01.500006 Hst: 80000001/0000  00000000 00000000 00000121 2c100800\n"
#define WITH_VMX    "7ffafbbf"
#define WITHOUT_VMX "fffaf38b"

static const struct vi_sample *sample_of(const struct host *host)
{
	assert_int_equal(host->nr_groups, 1);
	assert_cpus(&host->groups[0]->cpus, "0");
	return &host->groups[0]->sample;
}

static void before_sub_leaves(void **state)
{
	struct host *host =
		parse_string(SYSTEM("Windows 7", "6.1.7600") HOST_AMD
			     "00:00:02.2 HWACCM: x\n"
			     "00:00:02.200000 HWACCM: AMD HWCR MSR"
			     "                      = 1000010\n");
	const struct vi_sample *sample = sample_of(host);

	(void)state;
	assert_int_equal(host->source, HOST_VBOX_LOG);
	assert_string_equal(host_source_name(host), "VBox.log");
	assert_int_equal(sample->leaf[VI_L1][VI_EBX], 0x40800);
	assert_int_equal(sample->leaf[VI_L80000001][VI_ECX], 0x7ff);
	assert_int_equal(sample->msr[VI_HWCR], 0x1000010);
	assert_int_equal(sample->msr_status[VI_VM_CR], VI_ABSENT);
	assert_fact(host, "os product", "Windows 7");
	assert_fact(host, "os release", "6.1.7600");
	assert_null(facts_get(host->facts, "kernel"));
	host_free(host);
}

static void with_sub_leaves(void **state)
{
	struct host *host = parse_string(
		"00:00:01.000000 VirtualBox VM 7.1.0 r1 linux.amd64 (Jan  1 2025 00:00:00) release log\n" SYSTEM(
			"Linux", "6.12.7-test")
			HOST_INTEL(
				WITH_VMX) "00:00:01.600000 HM: Host CR4                 = 0x7626f0\n"
					  "00:00:01.600001 HM: Host MSR_IA32_FEATURE_CONTROL = 0x5\n"
					  "00:00:01.600002 HM: MSR_IA32_FEATURE_CONTROL = 0x5\n"
					  "00:00:01.600003 HM:   LOCK\n"
					  "00:00:01.600004 HM: MSR_A32_VMX_VMFUNC       = 0x1\n"
					  "00:00:01.600005 HM:   MSR_IA32_VMX_MISC      = 0x1\n"
					  "00:00:01.700000 CPUM: Logical host processors: 8 present, 8 max\n"
					  "00:00:09.000000 VMMDev: Guest Log: 07:18:29 OS Product: Windows 11\n");
	const struct vi_sample *sample = sample_of(host);

	(void)state;
	assert_int_equal(sample->leaf[VI_L1][VI_ECX], 0x7ffafbbf);
	assert_int_equal(sample->leaf[VI_L80000001][VI_ECX], 0x121);
	assert_int_equal(sample->msr[VI_IA32_FEATURE_CONTROL], 5);
	assert_int_equal(sample->msr[VI_IA32_VMX_VMFUNC], 1);
	assert_int_equal(sample->msr[VI_CR4], 0x7626f0);
	assert_int_equal(sample->msr_status[VI_IA32_VMX_MISC], VI_ABSENT);
	assert_cpus(&host->groups[0]->vmx_on, "0");
	assert_int_equal(host->groups[0]->lines.msr[VI_IA32_FEATURE_CONTROL],
			 12);
	assert_fact(host, "kernel", "6.12.7-test");
	assert_fact(host, "vbox version", "7.1.0 r1 linux.amd64");
	assert_fact(host, "source note",
		    "VBox.log has the registers of one CPU of 8");
	assert_int_equal(host->ignored, 1); /* "not a time" */
	host_free(host);
}

/* The guest's leaf says of which leaf the host's line is. */
static void a_leaf_without_its_number(void **state)
{
	struct host *host = parse_string(
		"00:00:01.500002 Hst:                00000016 756e6547 6c65746e 49656e69\n"
		"00:00:01.500003 Gst: 00000001/0000  000806e9 00010800 56da220b 178bfbff\n"
		"00:00:01.500004 Hst:                000806e9 00100800 7ffafbbf bfebfbff\n"
		"00:00:01.500005 Hst:                000806e8 00100800 7ffafbbf bfebfbff\n");

	(void)state;
	assert_int_equal(sample_of(host)->leaf_status[VI_L0], VI_ABSENT);
	assert_int_equal(sample_of(host)->leaf[VI_L1][VI_EAX], 0x806e9);
	host_free(host);
}

static void words_of_hm(void **state)
{
	(void)state;
	assert_reason(HOST_AMD, "unknown");
	assert_reason(HOST_AMD
		      "00:00:02.200001 HWACCM: AMD-V revision      = 1\n",
		      "hardware-ready");
	assert_reason(HOST_AMD
		      "00:00:02.200001 HM: HMR3Init: AMD-V w/ nested paging\n",
		      "hardware-ready");
	/* A word of the other maker's extension is none of this one. */
	assert_reason(HOST_AMD "00:00:02.200001 HM: HMR3Init: VT-x\n",
		      "unknown");
	assert_reason(
		HOST_INTEL(WITH_VMX) "00:00:02.200001 HM: HMR3Init: VT-x\n",
		"hardware-ready");
	assert_reason(
		HOST_INTEL(
			WITH_VMX) "00:00:02.200001 HM: HMR3Init: Falling back on IEM: VT-x is disabled in the BIOS for all CPU modes\n",
		"firmware-disabled");
	assert_reason(
		HOST_AMD
		"00:00:02.200001 Power up failed (vrc=VERR_SVM_DISABLED, hrc=E_FAIL (0x80004005))\n",
		"firmware-disabled");
	/* The register is the better witness. */
	assert_reason(
		HOST_INTEL(
			WITH_VMX) "00:00:02.200001 HM: MSR_IA32_FEATURE_CONTROL = 0x5\n"
				  "00:00:02.200002 HM: HMR3Init: Falling back on IEM: VT-x is disabled in the BIOS\n",
		"hardware-ready");
}

static void words_of_nem(void **state)
{
	struct host *host;

	(void)state;
	assert_reason(
		HOST_INTEL(
			WITHOUT_VMX) "00:00:02.200001 NEM: WHvCapabilityCodeHypervisorPresent is TRUE, so this might work...\n",
		"owned-by-hypervisor");
	assert_reason(
		HOST_INTEL(
			WITHOUT_VMX) "00:00:02.200001 NEM: WHvCapabilityCodeHypervisorPresent is FALSE! (0)\n",
		"hidden-by-hypervisor");
	host = parse_string(
		"HM: HMR3Init: Attempting fall back to NEM: VT-x is not available\n"
		"VBoxManage.exe: error: (VERR_NEM_NOT_AVAILABLE). VT-x (VERR_VMX_NO_VMX)\n"
		"VBoxManage.exe: error: (VERR_VMX_NO_VMX), VERR_ACCESS_DENIED\n");
	assert_int_equal(host->nr_groups, 0);
	assert_fact(host, "vbox hm refused", "VT-x is not available");
	assert_int_equal(facts_count(host->facts), 3);
	assert_string_equal(facts_at(host->facts, 1).value,
			    "VERR_NEM_NOT_AVAILABLE");
	assert_string_equal(facts_at(host->facts, 2).value, "VERR_VMX_NO_VMX");
	host_free(host);
	/* Words alone, and what a capture has of them. */
	assert_reason(
		"NEM: WHvCapabilityCodeHypervisorPresent is TRUE, so this might work...\n",
		"owned-by-hypervisor");
	assert_reason(
		"virtinfo\t: 1\n\ncapture\t: from VBox.log\nvbox nem hypervisor\t: present\n",
		"owned-by-hypervisor");
}

/* VirtualBox reads a CPU's APIC ID wherever it runs. */
static void what_is_there_twice(void **state)
{
	(void)state;
	host_free(parse_string(HOST_INTEL(
		WITH_VMX) "00:00:01.600000 x\n"
			  "Hst: 00000001/0000 000806e9 01100800 7ffafbbf bfebfbff\n"));
	refuse(HOST_AMD
	       "Hst: 00000001/0000 00100f23 00040800 00802009 178bfbff\n",
	       "f:9: a second value of CPUID 0x00000001.0x0, which is also in line 4");
	refuse("HM: MSR_IA32_FEATURE_CONTROL = 0x5\n"
	       "HM: MSR_IA32_FEATURE_CONTROL = 0x1\n",
	       "f:2: a second value of IA32_FEATURE_CONTROL, which is also in line 1");
}

static void damaged_lines(void **state)
{
	(void)state;
	refuse("00:00:01.500000 Hst: 00000015/0000  00000002 000000d8\n",
	       "f:1: not 4 words of CPUID behind \"Hst:\"");
	refuse("00:00:01.500000 Hst: 00000015/0000  00000002 000000d8 1 2 3\n",
	       "f:1: not 4 words of CPUID behind \"Hst:\"");
	refuse("00:00:01.500000 HM: Host CR4 = 0xq\n",
	       "f:1: bad number of Host CR4");
	refuse("00:00:01.500000 HM: Host CR4 = 0x12345678912345678\n",
	       "f:1: bad number of Host CR4");
	refuse("00:00:01.500000 HM: nothing\n",
	       "f:1: truncated: nothing of the host in this VBox.log");
}

/* One machine with the rdmsr of another CPU. */
static void with_a_dump(void **state)
{
	struct host *host = parse_string(HOST_INTEL(
		WITH_VMX) "\n```\n------[ MSR Registers / Logical CPU #2 ]------\n"
			  "MSR 0000003A: 0000-0000-0000-0005\n");

	(void)state;
	assert_string_equal(host_source_name(host),
			    "VBox.log and a dump of AIDA64");
	assert_int_equal(host->nr_groups, 1);
	assert_cpus(&host->groups[0]->cpus, "0,2");
	assert_cpus(&host->groups[0]->msrs_known, "2");
	host_free(host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(before_sub_leaves),
		cmocka_unit_test(with_sub_leaves),
		cmocka_unit_test(a_leaf_without_its_number),
		cmocka_unit_test(words_of_hm),
		cmocka_unit_test(words_of_nem),
		cmocka_unit_test(what_is_there_twice),
		cmocka_unit_test(damaged_lines),
		cmocka_unit_test(with_a_dump),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
