// SPDX-License-Identifier: GPL-2.0-only
/*
 * What KVM asks of VMX and SVM when it loads: the one thing that is missing is
 * named with its register and bit, for the kernel that asks for it, and whoever
 * can mend it is told.
 */
#include "verdict.h"

/* VMX capabilities of a Skylake, with what a case changes. */
#define BASIC	    "msr 0x480 IA32_VMX_BASIC : 0xda040000000004\n"
#define PIN	    "msr 0x481 IA32_VMX_PINBASED_CTLS : 0x7f00000016\n"
#define PROC	    "msr 0x482 IA32_VMX_PROCBASED_CTLS : 0xfff9fffe0401e172\n"
#define EXIT	    "msr 0x483 IA32_VMX_EXIT_CTLS : 0x1ffffff00036dff\n"
#define ENTRY	    "msr 0x484 IA32_VMX_ENTRY_CTLS : 0x3ffff000011ff\n"
#define PROC2(word) "msr 0x48b IA32_VMX_PROCBASED_CTLS2 : " word "\n"
#define WHOLE	    BASIC PIN PROC EXIT ENTRY PROC2("0x1ffcff00000000")
#define ON	    FEATURE_CONTROL("0x5")
#define LOADABLE    "module kvm : loaded\nmodule kvm_intel : loadable\n"

static const struct {
	const char *machine;
	const char *reason;
	const char *summary; /* a part of it */
} cases[] = {
	{ KERNEL("6.1.0") INTEL("0", VMX) ON WHOLE FACTS LOADABLE,
	  "kvm-not-loaded", "kvm_intel is available" },
	/* RDPMC exiting, which every kernel asks for. */
	{ KERNEL("3.10.0") INTEL("0", VMX) ON
	  "msr 0x482 IA32_VMX_PROCBASED_CTLS : 0xfff9f7fe0401e172\n" FACTS
		  LOADABLE,
	  "extension-incomplete",
	  "rdpmc_exiting (IA32_VMX_PROCBASED_CTLS bit 11)" },
	/* What must be 1 is there, whatever the other half says. */
	{ KERNEL("6.1.0") INTEL("0", VMX) ON
	  "msr 0x482 IA32_VMX_PROCBASED_CTLS : 0xfff9f7fe0401e972\n" FACTS
		  LOADABLE,
	  "kvm-not-loaded", "" },
	/* Interrupts acknowledged on exit: asked for since 4.12. */
	{ KERNEL("4.4.0") INTEL("0", VMX) ON
	  "msr 0x483 IA32_VMX_EXIT_CTLS : 0x1ff7fff00036dff\n" FACTS LOADABLE,
	  "kvm-not-loaded", "" },
	{ KERNEL("5.4.0") INTEL("0", VMX) ON
	  "msr 0x483 IA32_VMX_EXIT_CTLS : 0x1ff7fff00036dff\n" FACTS LOADABLE,
	  "extension-incomplete",
	  "acknowledge_interrupt_on_exit (IA32_VMX_EXIT_CTLS bit 15)" },
	/* I/O bitmaps before 4.16, every I/O exit from then on. */
	{ KERNEL("4.15.0") INTEL("0", VMX) ON
	  "msr 0x482 IA32_VMX_PROCBASED_CTLS : 0xfdf9fffe0401e172\n" FACTS
		  LOADABLE,
	  "extension-incomplete", "use_io_bitmaps" },
	{ KERNEL("4.16.0") INTEL("0", VMX) ON
	  "msr 0x482 IA32_VMX_PROCBASED_CTLS : 0xfdf9fffe0401e172\n" FACTS
		  LOADABLE,
	  "kvm-not-loaded", "" },
	/* Virtual NMIs, for two releases. */
	{ KERNEL("4.13.0") INTEL("0", VMX) ON
	  "msr 0x481 IA32_VMX_PINBASED_CTLS : 0x5f00000016\n" FACTS LOADABLE,
	  "extension-incomplete", "virtual_nmis" },
	{ KERNEL("4.15.0") INTEL("0", VMX) ON
	  "msr 0x481 IA32_VMX_PINBASED_CTLS : 0x5f00000016\n" FACTS LOADABLE,
	  "kvm-not-loaded", "" },
	/* The VMCS. */
	{ KERNEL("6.1.0") INTEL("0", VMX) ON
	  "msr 0x480 IA32_VMX_BASIC : 0xda100100000004\n" FACTS LOADABLE,
	  "extension-incomplete", "vmcs_size (IA32_VMX_BASIC bits 32-44)" },
	{ KERNEL("6.1.0") INTEL("0", VMX) ON
	  "msr 0x480 IA32_VMX_BASIC : 0xc2040000000004\n" FACTS LOADABLE,
	  "extension-incomplete", "vmcs_mem_type" },
	{ KERNEL("6.1.0") INTEL("0", VMX) ON
	  "msr 0x480 IA32_VMX_BASIC : 0xdb040000000004\n" FACTS LOADABLE,
	  "extension-incomplete", "phys_addr_32bit" },
	/* A control of entry without its partner: since 6.0. */
	{ KERNEL("5.19.0") INTEL("0", VMX) ON
	  "msr 0x484 IA32_VMX_ENTRY_CTLS : 0x1fff000011ff\n" EXIT FACTS
		  LOADABLE,
	  "kvm-not-loaded", "" },
	{ KERNEL("6.0.0") INTEL("0", VMX) ON
	  "msr 0x484 IA32_VMX_ENTRY_CTLS : 0x3dfff000011ff\n" EXIT FACTS
		  LOADABLE,
	  "extension-incomplete",
	  "load_ia32_perf_global_ctrl (IA32_VMX_ENTRY_CTLS bit 13)" },
	/* Capabilities of EPT without EPT. */
	{ KERNEL("6.0.0") INTEL("0", VMX) ON PROC PROC2(
		  "0x1ffcfd00000000") "msr 0x48c IA32_VMX_EPT_VPID_CAP : 0xf0106734141\n" FACTS
		  LOADABLE,
	  "extension-incomplete", "enable_ept" },
};

static void test_each_requirement(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct verdict *verdict = judge(cases[i].machine);

		if (strcmp(verdict_name(verdict), cases[i].reason))
			fail_msg("case %zu: %s, not %s", i,
				 verdict_name(verdict), cases[i].reason);
		assert_has(verdict->summary, cases[i].summary);
		verdict_free(verdict);
	}
}

#define NO_NX                                                                  \
	"\ncpus : 0\ncpuid 0x0.0x0 : 0xd " AMD_VENDOR "\n"                     \
	"cpuid 0x1.0x0 : 0xa20f10 0x100800 0x0 0xbfebfbff\n"                   \
	"cpuid 0x80000000.0x0 : 0x80000021 " AMD_VENDOR "\n"                   \
	"cpuid 0x80000001.0x0 : 0x0 0x0 0x5 0x20000800\n"

static void test_svm_needs_nx(void **state)
{
	struct verdict *verdict;

	(void)state;
	assert_reason(KERNEL("5.12.0") NO_NX VM_CR("0x0") FACTS
		      "module kvm_amd : loadable\n",
		      "kvm-not-loaded");
	verdict = judge(KERNEL("5.13.0") NO_NX VM_CR("0x0") FACTS
			"module kvm_amd : loadable\n");
	assert_string_equal(verdict_name(verdict), "extension-incomplete");
	assert_has(verdict->summary, "nx (0x80000001:0:edx bit 20)");
	assert_has(verdict->remedy, "firmware");
	verdict_free(verdict);
}

/* FXSAVE, of either extension. */
static void test_needs_fxsave(void **state)
{
	struct verdict *verdict = judge(KERNEL(
		"6.1.0") "\ncpus : 0\ncpuid 0x0.0x0 : 0xd " INTEL_VENDOR
			 "\ncpuid 0x1.0x0 : 0x306c3 0x100800 0x20 0xbeebfbff\n" ON
						FACTS LOADABLE);

	(void)state;
	assert_string_equal(verdict_name(verdict), "extension-incomplete");
	assert_has(verdict->summary, "fxsr (0x00000001:0:edx bit 24)");
	verdict_free(verdict);
}

#define NO_RDPMC "msr 0x482 IA32_VMX_PROCBASED_CTLS : 0xfff9f7fe0401e172\n"

/* The hypervisor is the culprit in a guest, the machine elsewhere. */
static void test_whom_it_blames(void **state)
{
	struct verdict *verdict = judge(KERNEL("6.1.0") INTEL(
		"0", GUEST_VMX) KVM_ABOVE ON NO_RDPMC FACTS LOADABLE);

	(void)state;
	assert_string_equal(verdict_name(verdict), "extension-incomplete");
	assert_has(verdict->summary, "guest of KVM");
	assert_has(verdict->remedy, "On the KVM host");
	assert_has(verdict->remedy, "Linux 5.2 does not");
	assert_has_not(verdict->remedy, "firmware");
	assert_has_not(verdict->remedy, "dmesg");
	assert_true(has_evidence(stage_of(verdict, STAGE_PROCESSOR),
				 "0xfff9f7fe0401e172: bit 11 (rdpmc_exiting)"));
	verdict_free(verdict);

	verdict = judge(KERNEL("6.1.0") INTEL("0", VMX)
				ON NO_RDPMC FACTS LOADABLE);
	assert_has(verdict->remedy, "microcode");
	assert_has_not(verdict->remedy, "host");
	verdict_free(verdict);

	verdict = judge(
		KERNEL("6.8.0") INTEL("0", VMX) ON
		"msr 0x484 IA32_VMX_ENTRY_CTLS : 0x3dfff000011ff\n" EXIT FACTS
			LOADABLE);
	assert_has(verdict->remedy, "error_on_inconsistent_vmcs_config=0");
	verdict_free(verdict);
}

/* A KVM that loaded, or a guest that ran, knows better. */
static void test_better_witness(void **state)
{
	static const char *const machines[] = {
		KERNEL("6.1.0") INTEL("0", VMX)
			ON NO_RDPMC FACTS LOADED("kvm_intel") DEVICE_OK,
		KERNEL("6.1.0") INTEL("0", VMX)
			ON NO_RDPMC FACTS LOADED("kvm_intel") DEVICE_OK
		"proof : ran\n",
		KERNEL("6.1.0") INTEL("0", VMX)
			ON PROC PROC2("0x1ffcff00000000") INTEL("1", VMX)
				ON PROC PROC2("0x7f00000000")
					FACTS LOADED("kvm_intel") DEVICE_OK,
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(machines); i++) {
		struct verdict *verdict = judge(machines[i]);
		enum stage_id stage = i == 2 ? STAGE_FIRMWARE : STAGE_PROCESSOR;

		assert_string_equal(verdict_name(verdict), "ready");
		assert_int_equal(stage_of(verdict, stage)->status, STAGE_WARN);
		verdict_free(verdict);
	}
}

/* Without a release only what every kernel asks for is a reason. */
static void test_release_not_known(void **state)
{
	struct verdict *verdict =
		judge("virtinfo\t: 1\n" INTEL("0", VMX) ON NO_RDPMC);

	(void)state;
	assert_string_equal(verdict_name(verdict), "extension-incomplete");
	verdict_free(verdict);
	verdict = judge("virtinfo\t: 1\n" INTEL("0", VMX) ON
			"msr 0x483 IA32_VMX_EXIT_CTLS : 0x1ff7fff00036dff\n");
	assert_string_equal(verdict_name(verdict), "hardware-ready");
	assert_int_equal(stage_of(verdict, STAGE_PROCESSOR)->status,
			 STAGE_WARN);
	assert_true(has_evidence(stage_of(verdict, STAGE_PROCESSOR),
				 "since Linux 4.12"));
	verdict_free(verdict);
}

/* VirtualBox and others with a hypervisor of their own do not ask KVM. */
static void test_own_hypervisor(void **state)
{
	struct verdict *verdict = judge_for(KERNEL("6.1.0") INTEL("0", VMX)
						    ON NO_RDPMC FACTS LOADABLE,
					    "virtualbox");

	(void)state;
	assert_int_equal(stage_of(verdict, STAGE_PROCESSOR)->status,
			 STAGE_PASS);
	verdict_free(verdict);
}

#define UNLIKE(odd, release, word)                                             \
	KERNEL(release)                                                        \
	INTEL("0-2", VMX)                                                      \
	ON PROC PROC2("0x1ffcff00000000") INTEL(odd, VMX) ON PROC PROC2(word)  \
	FACTS LOADABLE "module kvm_intel load : EIO\n"

static void test_unlike_cpus(void **state)
{
	struct verdict *verdict =
		judge(UNLIKE("3", "6.1.0", "0x1ffcfd00000000"));

	(void)state;
	assert_string_equal(verdict_name(verdict), "cpus-disagree");
	assert_has(verdict->summary,
		   "IA32_VMX_PROCBASED_CTLS2 on CPU 3 is not as on CPUs 0-2 "
		   "(bit 1 (enable_ept))");
	assert_has(verdict->remedy, "microcode");
	assert_has(verdict->remedy, "/sys/devices/system/cpu/cpuN/online");
	assert_has(verdict->remedy, "suspend");
	assert_has_not(verdict->remedy, "CPU 0 ");
	assert_has_not(verdict->remedy, "dmesg");
	assert_true(has_evidence(stage_of(verdict, STAGE_FIRMWARE),
				 "0x001ffcfd00000000 on CPU 3"));
	verdict_free(verdict);
}

/* What KVM does not use may differ, as it does on hybrid processors. */
static void test_differences_that_kvm_ignores(void **state)
{
	(void)state;
	assert_reason(UNLIKE("3", "6.1.0", "0x3ffcff00000000"), "kvm-refused");
	/* TSC scaling, which 3.10 knows nothing of. */
	assert_reason(UNLIKE("3", "3.10.0", "0x21ffcff00000000"),
		      "kvm-refused");
	assert_reason(UNLIKE("3", "6.1.0", "0x21ffcff00000000"),
		      "cpus-disagree");
}

/* In a guest the hypervisor makes the CPUs what they are. */
static void test_unlike_cpus_of_a_guest(void **state)
{
	struct verdict *verdict = judge(
		KERNEL("6.1.0") INTEL("0", GUEST_VMX) KVM_ABOVE ON PROC PROC2(
			"0x1ffcff00000000") INTEL("1", GUEST_VMX)
			KVM_ABOVE ON PROC PROC2("0x7f00000000") FACTS LOADABLE);

	(void)state;
	assert_string_equal(verdict_name(verdict), "cpus-disagree");
	assert_has(verdict->remedy, "ask whoever runs the host");
	assert_has_not(verdict->remedy, "microcode");
	verdict_free(verdict);
}

/* Features that decide which bits of CR4 are reserved: since 5.6. */
static void test_unlike_features(void **state)
{
#define LEAF7(ebx) "cpuid 0x7.0x0 : 0x0 " ebx " 0x0 0x0\n"
#define SMEP(release)                                                          \
	KERNEL(release)                                                        \
	INTEL("0-2", VMX)                                                      \
	LEAF7("0x80") ON INTEL("3", VMX) LEAF7("0x0") ON FACTS LOADABLE

	(void)state;
	assert_reason(SMEP("5.5.0"), "kvm-not-loaded");
	assert_reason(SMEP("5.6.0"), "cpus-disagree");
}

/* EIO in a guest: what the hypervisor offers, and no line in the log. */
static void test_refused_in_a_guest(void **state)
{
	struct verdict *verdict = judge(KERNEL("4.9.0") INTEL("0", GUEST_VMX)
						KVM_ABOVE ON FACTS LOADABLE
					"module kvm_intel load : EIO\n");

	(void)state;
	assert_string_equal(verdict_name(verdict), "kvm-refused");
	assert_has(verdict->remedy, "lacks something that kvm_intel needs");
	assert_has(verdict->remedy, "On the KVM host");
	assert_has_not(verdict->remedy, "Remove what blocks it");
	assert_has_not(verdict->remedy, "dmesg");
	verdict_free(verdict);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_requirement),
		cmocka_unit_test(test_svm_needs_nx),
		cmocka_unit_test(test_needs_fxsave),
		cmocka_unit_test(test_whom_it_blames),
		cmocka_unit_test(test_better_witness),
		cmocka_unit_test(test_release_not_known),
		cmocka_unit_test(test_own_hypervisor),
		cmocka_unit_test(test_unlike_cpus),
		cmocka_unit_test(test_differences_that_kvm_ignores),
		cmocka_unit_test(test_unlike_cpus_of_a_guest),
		cmocka_unit_test(test_unlike_features),
		cmocka_unit_test(test_refused_in_a_guest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
