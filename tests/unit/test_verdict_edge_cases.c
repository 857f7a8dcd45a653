// SPDX-License-Identifier: GPL-2.0-only
/* What a verdict gets wrong without care, case by case. */
#include "verdict.h"

#define ONE_VMX(value)                                                         \
	KERNEL("6.1.0") INTEL("0-3", VMX) FEATURE_CONTROL(value) FACTS
#define ONE_SVM(value)                                                         \
	KERNEL("6.1.0") AMD("0-3", "0x0", "0x5") VM_CR(value) FACTS

/* A set lock bit is normal: bits are tested, never equality. */
static void test_feature_control(void **state)
{
	(void)state;
	assert_reason(ONE_VMX("0x5"), "hardware-ready");
	assert_reason(ONE_VMX("0x7"), "hardware-ready");
	assert_reason(ONE_VMX("0x20005"), "hardware-ready");
	assert_reason(ONE_VMX("0x100005"), "hardware-ready");
	assert_reason(ONE_VMX("0xff07"), "hardware-ready");
	assert_reason(ONE_VMX("0xff03"), "smx-only");
	assert_reason(ONE_VMX("0x3"), "smx-only");
	assert_reason(ONE_VMX("0x1"), "firmware-disabled");
	assert_reason(ONE_VMX("0x20001"), "firmware-disabled");
}

/* Unlocked is not blocked; 0 without VMX is just a guest. */
static void test_unlocked(void **state)
{
	(void)state;
	assert_reason(ONE_VMX("0x0"), "hardware-ready");
	assert_reason(ONE_VMX("0x4"), "hardware-ready");
	assert_reason(KERNEL("6.1.0") INTEL("0", GUEST)
			      KVM_ABOVE FEATURE_CONTROL("0x0") FACTS,
		      "hidden-by-hypervisor");
}

static void test_svm(void **state)
{
	struct verdict *verdict;

	(void)state;
	assert_reason(ONE_SVM("0x0"), "hardware-ready");
	assert_reason(ONE_SVM("0x8"), "hardware-ready");
	assert_reason(ONE_SVM("0x10"), "firmware-disabled");
	assert_reason(ONE_SVM("0x18"), "firmware-disabled");

	verdict = judge(KERNEL("6.1.0") AMD(
		"0", "0x0",
		"0x5") "cpuid 0x8000000a.0x0 : 0x1 0x8000 0x0 0x4\n" VM_CR("0x18")
				FACTS);
	assert_true(
		has_evidence(stage_of(verdict, STAGE_FIRMWARE), "with a key"));
	verdict_free(verdict);
	verdict = judge(KERNEL("6.1.0") AMD(
		"0", "0x0",
		"0x5") "cpuid 0x8000000a.0x0 : 0x1 0x8000 0x0 0x0\n" VM_CR("0x18")
				FACTS);
	assert_true(has_evidence(stage_of(verdict, STAGE_FIRMWARE),
				 "without a key"));
	verdict_free(verdict);
}

/* VMX is not Intel's only, and the vendor decides nothing that a bit can. */
static void test_other_vendors(void **state)
{
	(void)state;
	assert_reason(KERNEL("6.1.0") CPU_OF("0", ZHAOXIN_VENDOR, VMX, "0x1")
			      FEATURE_CONTROL("0x5") FACTS,
		      "hardware-ready");
	assert_reason(KERNEL("6.1.0") AMD("0", VMX, "0x1")
			      FEATURE_CONTROL("0x1") FACTS,
		      "firmware-disabled");
}

/* Leaf 0x40000000 of bare metal is another leaf's data. */
static void test_hypervisor_leaves_of_bare_metal(void **state)
{
	(void)state;
	assert_reason(KERNEL("6.1.0") INTEL("0", "0x0") KVM_ABOVE FACTS,
		      "no-extension");
	assert_reason(KERNEL("6.1.0") INTEL("0", VMX)
			      KVM_ABOVE FEATURE_CONTROL("0x1") FACTS,
		      "firmware-disabled");
}

static void test_kvm_is_not_always_kvm(void **state)
{
	struct verdict *verdict = judge(KERNEL("6.1.0") INTEL(
		"0",
		GUEST) "cpuid 0x40000000.0x0 : 0x40000001 0x4b4d564b 0x564b4d56 0x4d\n"
		       "cpuid 0x40000001.0x0 : 0x01000089 0x0 0x0 0x0\n" FACTS);

	(void)state;
	assert_has(verdict->summary, "VirtualBox");
	verdict_free(verdict);
	verdict = judge(KERNEL("6.1.0") INTEL("0", GUEST) KVM_ABOVE FACTS
			"dmi sys_vendor : Parallels International GmbH.\n");
	assert_has(verdict->summary, "Parallels");
	verdict_free(verdict);
}

#define HYPERV(features)                                                       \
	"cpuid 0x40000000.0x0 : 0x40000003 0x7263694d 0x666f736f 0x76482074\n" \
	"cpuid 0x40000001.0x0 : 0x31237648 0x0 0x0 0x0\n"                      \
	"cpuid 0x40000003.0x0 : 0x3fff " features " 0x0 0x0\n"

static void test_hyperv_root(void **state)
{
	(void)state;
	assert_reason(KERNEL("6.1.0") INTEL("0", GUEST) HYPERV("0x2bb9ff")
			      FACTS,
		      "owned-by-hypervisor");
	assert_reason(KERNEL("6.1.0") INTEL("0", GUEST) HYPERV("0x388030")
			      FACTS,
		      "hidden-by-hypervisor");
	/* It is the bit, not the extension, that tells. */
	assert_reason(KERNEL("6.1.0") INTEL("0", GUEST_VMX) HYPERV("0x2bb9ff")
			      FACTS,
		      "owned-by-hypervisor");
}

/* KVM, VirtualBox and others speak Hyper-V's interface first. */
static void test_hyperv_imitated(void **state)
{
	struct verdict *verdict = judge(KERNEL("6.1.0") INTEL("0", GUEST) HYPERV(
		"0x2bb9ff") "cpuid 0x40000100.0x0 : 0x40000101 0x4b4d564b 0x564b4d56 0x4d\n"
			    "cpuid 0x40000101.0x0 : 0x01007efb 0x0 0x0 0x0\n" FACTS);
	const struct stage *stage = stage_of(verdict, STAGE_PROCESSOR);

	(void)state;
	assert_string_equal(verdict_name(verdict), "hidden-by-hypervisor");
	assert_has(verdict->summary, "guest of KVM");
	assert_true(has_evidence(stage, "0x40000100 \"KVMKVMKVM\""));
	verdict_free(verdict);
	/* Hyper-V itself, in a virtual machine of VirtualBox. */
	verdict = judge(KERNEL("6.1.0") INTEL("0", GUEST) HYPERV("0x2bb9ff")
				FACTS "dmi product_name : VirtualBox\n");
	assert_string_equal(verdict_name(verdict), "owned-by-hypervisor");
	assert_has(verdict->summary, "root partition of Microsoft Hyper-V");
	verdict_free(verdict);
}

/* The signature alone does not tell root partition from guest. */
static void test_hyperv_without_its_leaf(void **state)
{
	struct verdict *verdict = judge(KERNEL("6.1.0") INTEL(
		"0",
		GUEST) "cpuid 0x40000000.0x0 : 0x40000002 0x7263694d 0x666f736f 0x76482074\n"
		       "cpuid 0x40000001.0x0 : 0x31237648 0x0 0x0 0x0\n" FACTS);

	(void)state;
	assert_string_equal(verdict_name(verdict), "unknown");
	assert_has(verdict->summary, "CPUID 0x40000003 is missing");
	verdict_free(verdict);
}

/*
 * A kernel that kvm_pvm runs in user mode cannot use VMX, which a program's
 * CPUID shows all the same; one that was offered it shows the flag.
 */
static void test_kernel_in_user_mode(void **state)
{
#define IN_USER_MODE                                                           \
	KERNEL("6.1.0")                                                        \
	INTEL("0", VMX)                                                        \
	FEATURE_CONTROL("0x5") FACTS "hypervisor detected : KVM\n"
	struct verdict *verdict = judge(IN_USER_MODE "cpuinfo vmx : none\n");

	(void)state;
	assert_string_equal(verdict_name(verdict), "hidden-by-hypervisor");
	assert_has(verdict->summary, "guest of KVM");
	assert_has(verdict->summary, "user mode");
	assert_has(verdict->remedy, "kvm_pvm");
	assert_true(has_evidence(stage_of(verdict, STAGE_PROCESSOR),
				 "Hypervisor detected: KVM"));
	verdict_free(verdict);
	assert_reason(IN_USER_MODE "cpuinfo vmx : all\n", "hardware-ready");
	assert_reason(IN_USER_MODE "cpuinfo vmx : none\nmodule kvm : loaded\n"
				   "module kvm_pvm : loaded\n" DEVICE_OK
				   "proof : ran\n",
		      "ready");
}

/* A Xen PV guest shows neither bit nor signature: the kernel knows. */
static void test_xen(void **state)
{
	(void)state;
	assert_reason(KERNEL("6.1.0") "xen domain : pv, initial\n" INTEL(
			      "0", "0x0") FEATURE_CONTROL("0x1") FACTS,
		      "owned-by-hypervisor");
	assert_reason(KERNEL("6.1.0") "xen domain : pv\n" INTEL("0", "0x0")
			      FEATURE_CONTROL("0x1") FACTS,
		      "hidden-by-hypervisor");
	assert_reason(
		KERNEL("6.1.0") AMD("0", "0x0", "0x5") VM_CR("#GP") FACTS
		"hypervisor type : xen\nxen features : 00000000000008c1\n",
		"owned-by-hypervisor");
	assert_reason(KERNEL("6.1.0") INTEL("0", "0x0") FACTS
		      "hypervisor type : none\n",
		      "no-extension");
}

static void test_cpus_disagree(void **state)
{
	struct verdict *verdict =
		judge(KERNEL("6.1.0") INTEL("0-1,3", VMX) FEATURE_CONTROL("0x5")
			      INTEL("2", VMX) FEATURE_CONTROL("0x1") FACTS);

	(void)state;
	assert_string_equal(verdict_name(verdict), "cpus-disagree");
	assert_true(has_evidence(stage_of(verdict, STAGE_FIRMWARE),
				 "on CPU 2: locked with VMX off"));
	assert_true(has_evidence(stage_of(verdict, STAGE_FIRMWARE),
				 "on CPUs 0-1,3: lock bit"));
	verdict_free(verdict);

	/* Different, but each can: unlocked beside locked on. */
	assert_reason(KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0x0")
			      INTEL("1", VMX) FEATURE_CONTROL("0x5") FACTS,
		      "hardware-ready");
	assert_reason(KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0x5")
			      INTEL("1", "0x0") FEATURE_CONTROL("0x5") FACTS,
		      "cpus-disagree");
	/* None can: one way or the other does not matter. */
	assert_reason(KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0x3")
			      INTEL("1", VMX) FEATURE_CONTROL("0x1") FACTS,
		      "firmware-disabled");
}

/* A machine can what each of its CPUs can (Lakefield). */
static void test_paging_is_the_intersection(void **state)
{
	struct verdict *verdict = judge(
		KERNEL("6.1.0") AMD(
			"0", "0x0",
			"0x5") "cpuid 0x8000000a.0x0 : 0x1 0x8 0x0 0x1\n" VM_CR("0x0")
			AMD("1", "0x0",
			    "0x5") "cpuid 0x8000000a.0x0 : 0x1 0x8 0x0 0x0\n" VM_CR("0x0")
				FACTS);

	(void)state;
	assert_string_equal(verdict_name(verdict), "hardware-ready");
	assert_int_equal(stage_of(verdict, STAGE_PROCESSOR)->status,
			 STAGE_WARN);
	verdict_free(verdict);
}

/* Unreadable is not 0, and what is not told is not no. */
static void test_unknown(void **state)
{
	struct verdict *verdict = judge(KERNEL("6.1.0") INTEL("0", VMX)
						FEATURE_CONTROL("#GP") FACTS);

	(void)state;
	assert_string_equal(verdict_name(verdict), "unknown");
	assert_int_equal(verdict->usable, ANSWER_UNKNOWN);
	assert_has(verdict->remedy, "virtinfo capture");
	verdict_free(verdict);
	assert_reason(KERNEL("6.1.0") AMD("0", "0x0", "0x5") FACTS, "unknown");
	/* Leaf 0x80000001 is missing though the processor has it. */
	assert_reason(
		KERNEL("6.1.0") "\ncpus : 0\ncpuid 0x0.0x0 : 0xd " AMD_VENDOR
				"\n"
				"cpuid 0x1.0x0 : 0x0 0x0 0x0 0x0\n"
				"cpuid 0x80000000.0x0 : 0x80000008 0x0 0x0 0x0\n" FACTS,
		"unknown");
	/* Without the extended leaves it has no SVM. */
	assert_reason(
		KERNEL("6.1.0") "\ncpus : 0\ncpuid 0x0.0x0 : 0x1 " AMD_VENDOR
				"\n"
				"cpuid 0x1.0x0 : 0x500 0x0 0x0 0x3bf\n" FACTS,
		"no-extension");
}

#define SOFTWARE(state, device)                                                \
	KERNEL("6.1.0")                                                        \
	INTEL("0", GUEST)                                                      \
	KVM_ABOVE FACTS "module kvm : " state "\nmodule kvm_pvm : " state      \
			"\n" device
#define NODE "device kvm : present\ndevice kvm access : none\n"

/* KVM that needs no VMX: its device is what stands in the way. */
static void test_software_kvm(void **state)
{
	(void)state;
	assert_reason(SOFTWARE("loaded", DEVICE_OK), "ready");
	assert_reason(SOFTWARE("builtin", NODE "kvm device open : EACCES\n"),
		      "permission-denied");
	assert_reason(SOFTWARE("loaded", "device kvm : missing\n"
					 "kvm device open : ENOENT\n"),
		      "device-missing");
	/* Built in, but it did not start, or nobody can tell. */
	assert_reason(SOFTWARE("builtin", "device kvm : missing\n"
					  "kvm device open : ENOENT\n"),
		      "hidden-by-hypervisor");
	assert_reason(SOFTWARE("builtin", NODE "kvm device open : ENODEV\n"),
		      "hidden-by-hypervisor");
	assert_reason(SOFTWARE("loadable", NODE "kvm device open : EACCES\n"),
		      "hidden-by-hypervisor");
	assert_reason(KERNEL("6.1.0") AMD("0", "0x0", "0x5") VM_CR("0x18") FACTS
		      "module kvm_pvm : loaded\n" NODE
		      "kvm device open : EACCES\n",
		      "permission-denied");
}

/* Success has one word; whatever else is told of a proof is none. */
static void test_proof_not_understood(void **state)
{
	static const char machine[] = KERNEL("6.1.0") INTEL("0", VMX)
		FEATURE_CONTROL("0x5") FACTS LOADED("kvm_intel") DEVICE_OK;
	static const struct {
		const char *proof;
		const char *reason;
	} cases[] = {
		{ "ran", "ready" },
		{ "not run", "ready" },
		{ "failed create-vm EIO", "create-failed" },
		{ "failed frobnicate EIO", "unknown" },
		{ "exploded", "unknown" },
	};
	struct verdict *verdict;
	char text[2048];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		snprintf(text, sizeof(text), "%sproof : %s\n", machine,
			 cases[i].proof);
		assert_reason(text, cases[i].reason);
	}
	/* And unknown says what to do. */
	verdict = judge(text);
	assert_has(verdict->summary, "exploded");
	assert_has(verdict->remedy, "newer");
	verdict_free(verdict);
	verdict = judge(KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0x5") FACTS LOADED(
		"kvm_intel") "device kvm : present\ndevice kvm access : read write\n");
	assert_string_equal(verdict_name(verdict), "unknown");
	assert_has(verdict->remedy, "virtinfo capture");
	verdict_free(verdict);
}

/*
 * A capture may say that its registers are of no named CPU; a dump without
 * headers is of one.
 */
static void test_unnamed_cpus(void **state)
{
	(void)state;
	assert_reason(KERNEL("6.1.0") INTEL("0", "0x0") FACTS
		      "cpus named : no\n",
		      "unknown");
	assert_reason("CPUID 00000000: 00000001-68747541-444D4163-69746E65\n"
		      "CPUID 00000001: 000005A2-00000400-00000000-0088A93D\n",
		      "no-extension");
	assert_reason("------[ CPUID Registers / Logical CPU #0 ]------\n"
		      "CPUID 00000000: 00000001-68747541-444D4163-69746E65\n"
		      "CPUID 00000001: 000005A2-00000400-00000000-0088A93D\n",
		      "no-extension");
}

/* SVM has leaf 8000000A: what is set with a lower maximum is left over. */
static void test_svm_without_its_leaf(void **state)
{
#define OLD(max)                                                               \
	"------[ Logical CPU #0 ]------\n"                                     \
	"CPUID 00000000: 00000001-746E6543-736C7561-48727561\n"                \
	"CPUID 00000001: 00000670-00000000-00000000-00803035\n"                \
	"CPUID 80000000: " max "-00000000-00000000-00000000\n"                 \
	"CPUID 80000001: 00000670-00000000-00000004-80803035\n"
	(void)state;
	assert_reason(OLD("80000006"), "no-extension");
	assert_reason(OLD("80000009"), "no-extension");
	assert_reason(OLD("8000000A"), "unknown");
	/* EBX and ECX of leaf 1 may be left over as well. */
	assert_reason("------[ Logical CPU #0 ]------\n"
		      "CPUID 00000000: 00000001-746E6543-736C7561-48727561\n"
		      "CPUID 00000001: 00000670-B2000010-A0001024-00803035\n"
		      "CPUID 80000000: 80000005-B2000010-A0001024-00000010\n"
		      "CPUID 80000001: 00000670-B2000010-A0001024-80803035\n",
		      "no-extension");
}

#define FLAGS(vmx) "cpuinfo vmx : " vmx "\ncpuinfo svm : none\n"

/* The kernel's flag stands in for a register that nobody could read. */
static void test_kernel_hid_the_flag(void **state)
{
	struct verdict *verdict;

	(void)state;
	verdict = judge(KERNEL("6.1.0") INTEL("0", VMX) FACTS FLAGS(
		"none") "module kvm_intel : loadable\n");
	assert_string_equal(verdict_name(verdict), "firmware-disabled");
	assert_true(has_evidence(stage_of(verdict, STAGE_FIRMWARE),
				 "the kernel hid it"));
	verdict_free(verdict);
	/* Before 5.6 it did not. */
	assert_reason(KERNEL("5.4.0") INTEL("0", VMX) FACTS FLAGS("none"),
		      "unknown");
	/* For SVM before 6.7. */
	assert_reason(KERNEL("6.6.0") AMD("0", "0x0", "0x5")
			      FACTS FLAGS("none"),
		      "unknown");
	assert_reason(KERNEL("6.7.0") AMD("0", "0x0", "0x5")
			      FACTS FLAGS("none"),
		      "firmware-disabled");
	assert_reason(KERNEL("6.1.0") INTEL("0", VMX) FACTS FLAGS("all"),
		      "hardware-ready");
}

#define NOT_CONFIGURED                                                         \
	"config CONFIG_KVM_INTEL : n\nmodule kvm_intel : absent\n"

/* A kernel without KVM for VMX locks the register itself. */
static void test_locked_by_the_kernel(void **state)
{
	(void)state;
	assert_reason(KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0x1")
			      FACTS NOT_CONFIGURED,
		      "no-kvm");
	assert_reason(KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0x40001")
			      FACTS NOT_CONFIGURED,
		      "no-kvm");
	/* It does not write this. */
	assert_reason(KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0xff01")
			      FACTS NOT_CONFIGURED,
		      "firmware-disabled");
	/* It did not before 5.6. */
	assert_reason(KERNEL("5.5.0") INTEL("0", VMX) FEATURE_CONTROL("0x1")
			      FACTS NOT_CONFIGURED,
		      "firmware-disabled");
	assert_reason(KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0x1")
			      FACTS "module kvm_intel : loadable\n",
		      "firmware-disabled");
}

/* Started by tboot, Linux runs inside SMX and shows the flag. */
static void test_inside_smx(void **state)
{
	(void)state;
	assert_reason(KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0xff03")
			      FACTS FLAGS("all"),
		      "hardware-ready");
}

/* MSRs of one CPU only: taken to hold for its like, and said so. */
static void test_msrs_of_one_cpu(void **state)
{
	struct verdict *verdict = judge(MSRS_OF_ONE_CPU);

	(void)state;
	assert_string_equal(verdict_name(verdict), "hardware-ready");
	assert_int_equal(stage_of(verdict, STAGE_FIRMWARE)->status, STAGE_WARN);
	assert_true(has_evidence(stage_of(verdict, STAGE_FIRMWARE),
				 "on CPU 1: not in this input"));
	verdict_free(verdict);
}

/* The bit is 1: the evidence must not say that it is 0. */
static void test_svm_left_over(void **state)
{
	struct verdict *verdict = judge(KERNEL(
		"6.1.0") "\ncpus : 0\n"
			 "cpuid 0x0.0x0 : 0x1 0x746e6543 0x736c7561 0x48727561\n"
			 "cpuid 0x1.0x0 : 0x678 0x0 0x0 0x803035\n"
			 "cpuid 0x80000000.0x0 : 0x80000005 0x0 0x0 0x0\n"
			 "cpuid 0x80000001.0x0 : 0x678 0x0 0x4 0x0\n" FACTS);

	(void)state;
	assert_string_equal(verdict_name(verdict), "no-extension");
	assert_true(has_evidence(stage_of(verdict, STAGE_PROCESSOR),
				 "not believed"));
	assert_false(
		has_evidence(stage_of(verdict, STAGE_PROCESSOR), "are 0 on"));
	verdict_free(verdict);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_feature_control),
		cmocka_unit_test(test_unlocked),
		cmocka_unit_test(test_svm),
		cmocka_unit_test(test_other_vendors),
		cmocka_unit_test(test_hypervisor_leaves_of_bare_metal),
		cmocka_unit_test(test_kvm_is_not_always_kvm),
		cmocka_unit_test(test_hyperv_root),
		cmocka_unit_test(test_hyperv_imitated),
		cmocka_unit_test(test_hyperv_without_its_leaf),
		cmocka_unit_test(test_kernel_in_user_mode),
		cmocka_unit_test(test_xen),
		cmocka_unit_test(test_cpus_disagree),
		cmocka_unit_test(test_paging_is_the_intersection),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_software_kvm),
		cmocka_unit_test(test_proof_not_understood),
		cmocka_unit_test(test_unnamed_cpus),
		cmocka_unit_test(test_svm_without_its_leaf),
		cmocka_unit_test(test_kernel_hid_the_flag),
		cmocka_unit_test(test_locked_by_the_kernel),
		cmocka_unit_test(test_inside_smx),
		cmocka_unit_test(test_msrs_of_one_cpu),
		cmocka_unit_test(test_svm_left_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
