// SPDX-License-Identifier: GPL-2.0-only
/* Forms that have some registers or modules only: rdmsr and others. */
#include "verdict.h"

#define LEAVES                                                                              \
	"   0x00000000 0x00: eax=0x0000000b ebx=0x756e6547 ecx=0x6c65746e edx=0x49656e69\n" \
	"   0x00000001 0x00: eax=0x000206a7 ebx=0x00100800 ecx=0x17bae3ff edx=0xbfebfbff\n" \
	"   0x80000000 0x00: eax=0x80000008 ebx=0x00000000 ecx=0x00000000 edx=0x00000000\n" \
	"   0x80000001 0x00: eax=0x00000000 ebx=0x00000000 ecx=0x00000001 edx=0x28100800\n"
#define TWO_CPUS "CPU 0:\n" LEAVES "CPU 1:\n" LEAVES

static void assert_msr(const struct host *host, unsigned int cpu,
		       enum vi_msr msr, u64 expected)
{
	const struct host_group *group = host_group_of(host, cpu);

	assert_non_null(group);
	assert_int_equal(group->sample.msr_status[msr], VI_READ);
	assert_int_equal(group->sample.msr[msr], expected);
}

/* CPU 0 of a paste of the command and its output. */
static void assert_rdmsr(const char *text, u64 expected)
{
	struct host *host = parse_string(text);

	assert_int_equal(host->source, HOST_RDMSR);
	assert_int_equal(host->ignored, 0);
	assert_msr(host, 0, VI_IA32_FEATURE_CONTROL, expected);
	host_free(host);
}

static void rdmsr_options(void **state)
{
	(void)state;
	assert_rdmsr("$ sudo rdmsr 0x3a\n5\n", 5);
	assert_rdmsr("> rdmsr 58\n> 100005\n", 0x100005);
	assert_rdmsr("# rdmsr -x0 0x3a\n0000000000100005\n", 0x100005);
	assert_rdmsr("# rdmsr -Xc -p0 0x3a\n0x10000F\n", 0x10000f);
	assert_rdmsr("# rdmsr --decimal --cpu=0 0x3a\n1048581\n", 0x100005);
	assert_rdmsr("# rdmsr -uc 0x3a\n21U\n", 21);
	assert_rdmsr("# rdmsr -d 0x3a\n-1\n", ~0ULL);
	assert_rdmsr("# modprobe msr && sudo rdmsr 0x3a\n\n11\n", 0x11);
}

static void rdmsr_cpus(void **state)
{
	struct host *host = parse_string("a word\n"
					 "$ rdmsr -a 0x3a\n5\n5\n1\n"
					 "$ rdmsr -p 2 0x480\nda0400000011\n"
					 "$ rdmsr 0x1\n77\n"
					 "$ uname -r\n6.1\n");

	(void)state;
	assert_msr(host, 1, VI_IA32_FEATURE_CONTROL, 5);
	assert_msr(host, 2, VI_IA32_FEATURE_CONTROL, 1);
	assert_msr(host, 2, VI_IA32_VMX_BASIC, 0xda0400000011);
	assert_null(host_group_of(host, 3));
	assert_fact(host, "kernel", "6.1");
	assert_int_equal(host->ignored, 1);
	host_free(host);
}

static void rdmsr_fault(void **state)
{
	struct host *host =
		parse_string("$ rdmsr 0x3a\n"
			     "rdmsr: CPU 0 cannot read MSR 0x0000003a\n");

	(void)state;
	assert_int_equal(host_group_of(host, 0)
				 ->sample.msr_status[VI_IA32_FEATURE_CONTROL],
			 VI_GP);
	host_free(host);
	host = parse_string("$ rdmsr 0x3a\nrdmsr: open: No such file\n");
	assert_int_equal(host->nr_groups, 0);
	assert_fact(host, "source note",
		    "nothing is known from the output of rdmsr");
	host_free(host);
}

static void rdmsr_with_cpuid(void **state)
{
	(void)state;
	assert_reason(TWO_CPUS, "unknown");
	assert_reason(TWO_CPUS "$ rdmsr -a 0x3a\n5\n5\n", "hardware-ready");
	assert_reason("$ rdmsr -a 0x3a\n1\n1\n\n" TWO_CPUS,
		      "firmware-disabled");
	assert_reason("$ cpuid -r\n" TWO_CPUS "$ rdmsr 0x3a\n1\n",
		      "firmware-disabled");
	assert_reason("$ rdmsr -a 0x3a\n5\n5\n", "unknown");
}

static void rdmsr_damaged(void **state)
{
	(void)state;
	refuse("$ rdmsr -f 2:2 0x3a\n1\n",
	       "f:1: rdmsr -f: only whole values in hexadecimal or decimal are read");
	refuse("$ rdmsr --bitfield=2:2 0x3a\n1\n",
	       "f:1: rdmsr -f: only whole values in hexadecimal or decimal are read");
	refuse("$ rdmsr 0x3a\n5\n5\n",
	       "f:3: a second value of one CPU: rdmsr without -a");
	refuse("$ rdmsr -d 0x3a\n0x5\n", "f:2: not a decimal value of rdmsr");
	refuse("$ rdmsr -p 1 0x3a\n5\n$ rdmsr -p 1 0x3a\n1\n",
	       "f:4: a second value of IA32_FEATURE_CONTROL, which is also in line 2");
	refuse("$ rdmsr -p 8192 0x3a\n5\n",
	       "f:2: CPU number out of range: the highest is 8191");
	/* Words about it, and an output that is not its own. */
	refuse("rdmsr 0x3a prints 5\n5\n", unknown_form("f:1"));
	refuse("$ rdmsr 0x3a | wc -c\n2\n", unknown_form("f:1"));
}

#define X86INFO                                                                             \
	"eax in: 0x00000000, eax = 0000000b ebx = 756e6547 ecx = 6c65746e edx = 49656e69\n" \
	"eax in: 0x00000001, eax = 000206a7 ebx = 00100800 ecx = 17bae3ff edx = bfebfbff\n"

static void x86info_leaves(void **state)
{
	struct host *host = parse_string("x86info v1.30.  Dave Jones\n"
					 "Found 2 identical CPUs\n" X86INFO);

	(void)state;
	assert_int_equal(host->source, HOST_X86INFO);
	assert_int_equal(host->ignored, 0);
	assert_true(host->any_cpu);
	assert_cpus(&host->groups[0]->cpus, "0");
	assert_int_equal(host->groups[0]->sample.leaf[VI_L1][VI_EAX], 0x206a7);
	host_free(host);
	host = parse_string("CPU #1:\n" X86INFO "CPU #2:\na word\n" X86INFO);
	assert_false(host->any_cpu);
	assert_cpus(&host->groups[0]->cpus, "0-1");
	host_free(host);
}

static void x86info_with_rdmsr(void **state)
{
	(void)state;
	assert_reason(X86INFO, "unknown");
	assert_reason(X86INFO "\n$ rdmsr -a 0x3a\n5\n5\n", "hardware-ready");
}

static void x86info_damaged(void **state)
{
	(void)state;
	refuse("eax in: 0x00000000, eax = 0000000b ebx = 756e6547\n",
	       "f:1: not a leaf and 4 words of x86info -r");
	refuse("eax in: 0x00000000, eax = 1 ebx = 2 ecx = 3 edx = 4 5\n",
	       "f:1: not a leaf and 4 words of x86info -r");
	refuse(X86INFO X86INFO "eax in: 0x1, eax = 1 ebx = 2 ecx = 3 edx = 4\n",
	       "f:5: a second value of CPUID 0x00000001.0x0, which is also in line 2");
	refuse("x86info v1.30\n",
	       "f:1: truncated: no CPU with CPUID leaf 1 in this dump");
}

#define LSMOD_HEADER "Module                  Size  Used by\n"

static void lsmod_lines(void **state)
{
	struct host *host =
		parse_string("$ lsmod | grep -e kvm -e vm\n"
			     "kvm_intel             401408  3\n"
			     "kvm                  1019904  1 kvm_intel\n"
			     "vmmon  151552 0\n"
			     "other 4096 2 one,two\n");

	(void)state;
	assert_int_equal(host->source, HOST_LSMOD);
	assert_int_equal(host->ignored, 0);
	assert_fact(host, "module kvm_intel", "loaded");
	assert_fact(host, "module kvm_intel users", "3");
	assert_fact(host, "module vmmon", "loaded");
	/* What is not there uses kvm neither. */
	assert_fact(host, "module kvm_amd", "unknown");
	assert_null(facts_get(host->facts, "module vboxdrv"));
	host_free(host);
}

static void lsmod_users(void **state)
{
	struct host *host = parse_string(LSMOD_HEADER "kvm 1019904 1 kvm_amd\n"
						      "ccp 100000 -2 \n");

	(void)state;
	assert_fact(host, "module kvm_amd", "loaded");
	assert_null(facts_get(host->facts, "module kvm_amd users"));
	assert_fact(host, "module kvm_intel", "unknown");
	assert_fact(host, "module ccp", "loaded");
	assert_null(facts_get(host->facts, "module ccp users"));
	host_free(host);
	/* Of a kernel that does not count nobody knows who uses it. */
	host = parse_string("kvm 1019904 -2\n");
	assert_null(facts_get(host->facts, "module kvm_intel"));
	host_free(host);
	/* Two lists. */
	host = parse_string("kvm 1019904 0\n\nkvm 1019904 1 kvm_intel\n");
	assert_fact(host, "module kvm users", "0");
	assert_fact(host, "module kvm_intel", "loaded");
	assert_keys_once(host->facts);
	host_free(host);
}

#define FIVE_MODULES(n)                                                        \
	n "a 1 0\n" n "b 2 0\n" n "c 3 0\n" n "d 4 0\n" n "e 5 0\n"

static void lsmod_without_kvm(void **state)
{
	struct host *host =
		parse_string(LSMOD_HEADER FIVE_MODULES("x") FIVE_MODULES("y"));

	(void)state;
	assert_fact(host, "module kvm", "unknown");
	assert_fact(host, "module kvm_intel", "unknown");
	host_free(host);
	/* Some of a list. */
	host = parse_string(LSMOD_HEADER FIVE_MODULES("x"));
	assert_null(facts_get(host->facts, "module kvm"));
	host_free(host);
	refuse(FIVE_MODULES("x") FIVE_MODULES("y"), unknown_form("f:1"));
	refuse("kvm 1\nkvm 1 x\nkvm x 1\nkvm1 2\n", unknown_form("f:1"));
}

/* Whether it could be loaded a list of the loaded ones does not say. */
static void lsmod_with_registers(void **state)
{
	struct host *host = parse_string(
		TWO_CPUS "$ rdmsr -a 0x3a\n5\n5\n$ lsmod\n" LSMOD_HEADER
			 "kvm 1019904 0\n");

	(void)state;
	assert_cpus(&host->groups[0]->cpus, "0-1");
	assert_fact(host, "module kvm_intel", "unknown");
	assert_int_equal(host->contradictions, 0);
	host_free(host);
	assert_reason(TWO_CPUS "$ rdmsr -a 0x3a\n5\n5\n$ lsmod\n" LSMOD_HEADER
			       "kvm 1019904 0\n",
		      "unknown");
	assert_reason(TWO_CPUS "$ rdmsr -a 0x3a\n1\n1\n$ lsmod\n" LSMOD_HEADER
			       "kvm 1019904 0\n",
		      "firmware-disabled");
}

static void vmxcap_values(void **state)
{
	struct host *host =
		parse_string("Basic VMX Information\n"
			     "  Hex: 0xda0400000011\n"
			     "  Revision                                 17\n"
			     "pin-based controls\n"
			     "  External interrupt exiting               yes\n"
			     "  NMI exiting                              ?\n"
			     "VPID and EPT capabilities\n"
			     "  Hex: 0xf0106334141\n"
			     "VM Functions\n"
			     "  Hex: 0x0\n"
			     "  EPTP Switching                           no\n"
			     "that is all\n");

	(void)state;
	assert_int_equal(host->source, HOST_VMXCAP);
	assert_int_equal(host->ignored, 1);
	assert_msr(host, 0, VI_IA32_VMX_BASIC, 0xda0400000011);
	assert_msr(host, 0, VI_IA32_VMX_EPT_VPID_CAP, 0xf0106334141);
	/* One that could not be read has the value 0. */
	assert_int_equal(host->groups[0]->sample.msr_status[VI_IA32_VMX_VMFUNC],
			 VI_ABSENT);
	assert_int_equal(
		host->groups[0]->sample.msr_status[VI_IA32_VMX_PINBASED_CTLS],
		VI_ABSENT);
	host_free(host);
}

static void vmxcap_with_others(void **state)
{
	struct host *host = parse_string(
		TWO_CPUS "$ rdmsr -a 0x3a\n5\n5\n# vmxcap\n"
			 "Miscellaneous data\n  Hex: 0x100401e5\n");

	(void)state;
	assert_msr(host, 0, VI_IA32_VMX_MISC, 0x100401e5);
	assert_msr(host, 1, VI_IA32_FEATURE_CONTROL, 5);
	host_free(host);
	host = parse_string("$ rdmsr 0x485\n100401e4\n"
			    "Miscellaneous data\n  Hex: 0x100401e5\n");
	assert_int_equal(host->contradictions, 1);
	assert_msr(host, 0, VI_IA32_VMX_MISC, 0x100401e4);
	host_free(host);
}

static void vmxcap_damaged(void **state)
{
	(void)state;
	refuse("Miscellaneous data\n  Hex: 0x1004g\n",
	       "f:2: not a value of vmxcap");
	refuse("Miscellaneous data\n  Hex: 0x1\n  Hex: 0x2\n",
	       "f:3: a second value of IA32_VMX_MISC, which is also in line 2");
}

static void turbostat_control(void **state)
{
	struct host *host = parse_string(
		"turbostat version 2023.11.07 - Len Brown <lenb@kernel.org>\n"
		"CPUID(1): SSE3 MONITOR SMX EIST TM2 TSC MSR ACPI-TM HT TM\n"
		"cpu1: MSR_IA32_FEATURE_CONTROL: 0x00040001 (Locked SGX)\n"
		"cpu1: MSR_IA32_MISC_ENABLE: 0x00850089 (TCC EIST)\n"
		"Core CPU Avg_MHz\n");

	(void)state;
	assert_int_equal(host->source, HOST_TURBOSTAT);
	assert_int_equal(host->ignored, 1);
	assert_null(host_group_of(host, 0));
	assert_msr(host, 1, VI_IA32_FEATURE_CONTROL, 0x40001);
	host_free(host);
	assert_reason(TWO_CPUS
		      "# turbostat\n"
		      "cpu0: MSR_IA32_FEATURE_CONTROL: 0x00000001 (Locked )\n",
		      "firmware-disabled");
	refuse("cpu0: MSR_IA32_FEATURE_CONTROL: (Locked )\n",
	       "f:1: bad number of MSR_IA32_FEATURE_CONTROL");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rdmsr_options),
		cmocka_unit_test(rdmsr_cpus),
		cmocka_unit_test(rdmsr_fault),
		cmocka_unit_test(rdmsr_with_cpuid),
		cmocka_unit_test(rdmsr_damaged),
		cmocka_unit_test(x86info_leaves),
		cmocka_unit_test(x86info_with_rdmsr),
		cmocka_unit_test(x86info_damaged),
		cmocka_unit_test(lsmod_lines),
		cmocka_unit_test(lsmod_users),
		cmocka_unit_test(lsmod_without_kvm),
		cmocka_unit_test(lsmod_with_registers),
		cmocka_unit_test(vmxcap_values),
		cmocka_unit_test(vmxcap_with_others),
		cmocka_unit_test(vmxcap_damaged),
		cmocka_unit_test(turbostat_control),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
