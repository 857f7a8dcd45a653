// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's log, and what a failed load means, as witnesses. */
#include "verdict.h"

#define OUTSIDE                                                                \
	"log cpu_vmx_outside_txt : x86/cpu: VMX (outside TXT) disabled by BIOS\n"
#define BY_BIOS "log kvm_bios : kvm: disabled by bios\n"
#define VM_CR_7                                                                \
	"log kvm_amd_vm_cr : kvm_amd: SVM disabled (by BIOS) in MSR_VM_CR on CPU 7\n"
#define DIFFER		 "log kvm_inconsistent : kvm: CPU 2 feature inconsistency!\n"
#define LOADABLE(vendor) "module kvm : loadable\nmodule " vendor " : loadable\n"
#define ALONE(vendor)                                                          \
	"module kvm : loaded\nmodule kvm users : 0\nmodule " vendor            \
	" : loadable\n"
#define SHOWN_VMX "cpuinfo vmx : all\n"
#define SHOWN_SVM "cpuinfo svm : all\n"

static void assert_firmware(const char *text, const char *evidence)
{
	struct verdict *verdict = judge(text);

	assert_string_equal(verdict_name(verdict), "firmware-disabled");
	assert_true(has_evidence(stage_of(verdict, STAGE_FIRMWARE), evidence));
	verdict_free(verdict);
}

/* Registers of the lock are not there: the log has them. */
static void test_log_of_the_lock(void **state)
{
	(void)state;
	assert_reason(KERNEL("5.4") INTEL("0-3", VMX)
			      FACTS LOADABLE("kvm_intel"),
		      "kvm-not-loaded");
	assert_firmware(KERNEL("5.4") INTEL("0-3", VMX)
				FACTS LOADABLE("kvm_intel") BY_BIOS,
			"kernel log: kvm: disabled by bios");
	assert_firmware(KERNEL("6.8") INTEL("0-3", VMX) FACTS OUTSIDE,
			"disabled by BIOS");
	assert_firmware(KERNEL("6.5") AMD("0-7", "0x0", "0x4") FACTS VM_CR_7,
			"in MSR_VM_CR on CPU 7");
	/* In a guest it is the hypervisor's lock. */
	assert_reason(KERNEL("6.8") INTEL("0-3", GUEST_VMX)
			      KVM_ABOVE FACTS OUTSIDE,
		      "hypervisor-disabled");
	/* What kvm_amd says since 6.7 where the kernel hid the flag. */
	assert_firmware(
		KERNEL("6.8") AMD("0-7", "0x0", "0x4") FACTS
		"log kvm_amd_no_svm : kvm_amd: SVM not supported by CPU 5\n",
		"SVM not supported by CPU 5");
}

static void test_log_against_registers(void **state)
{
	struct verdict *verdict = judge(KERNEL("6.8") INTEL(
		"0-3", VMX) FEATURE_CONTROL("0x5") FACTS OUTSIDE);
	const struct stage *stage = stage_of(verdict, STAGE_FIRMWARE);

	(void)state;
	assert_string_equal(verdict_name(verdict), "hardware-ready");
	assert_int_equal(stage->status, STAGE_WARN);
	assert_has(stage->summary, "the registers say that VMX is on");
	assert_true(has_evidence(stage, "IA32_FEATURE_CONTROL is 0x5"));
	assert_true(has_evidence(stage, "kernel log: x86/cpu: VMX (outside"));
	verdict_free(verdict);
	/* Both say off: that is one witness more. */
	assert_firmware(KERNEL("6.8") INTEL("0-3", VMX) FEATURE_CONTROL("0x1")
				FACTS OUTSIDE,
			"kernel log: x86/cpu: VMX (outside");
}

/* No register at all: a pasted log. */
static void test_log_alone(void **state)
{
	struct verdict *verdict =
		judge("  Features2=0x80000001<SSE3,HV>\n"
		      "Hypervisor: Origin = \"VBoxVBoxVBox\"\n");

	(void)state;
	assert_firmware("[    0.1] x\nkernel: Linux version 6.8.0 (a)\n"
			"kernel: x86/cpu: VMX (outside TXT) disabled by BIOS\n",
			"kernel log: x86/cpu: VMX (outside TXT)");
	assert_reason("Linux version 6.8.0 (a)\n", "unknown");
	assert_reason("(XEN) VMX only allowed in SMX but SMX not active.\n",
		      "smx-only");
	assert_reason("  Features2=0x20<VMX>\n  VT-x: PAT,HLT\n",
		      "hardware-ready");
	assert_reason("  Features2=0x20<VMX>\n  VT-x: (disabled in BIOS) PAT\n",
		      "unknown");
	assert_reason(
		"  AMD Features2=0x4<SVM>\n  SVM: (disabled in BIOS) NP\n",
		"firmware-disabled");
	/* What a module only says that found its extension on. */
	assert_reason("Linux version 5.10.0 (a)\nSVM: Virtual GIF supported\n",
		      "hardware-ready");
	assert_reason("kvm_amd: AVIC enabled\n", "hardware-ready");
	assert_reason(
		"L1TF CPU bug present and SMT on, data leak possible. See CVE-2018-3646\n",
		"hardware-ready");
	assert_reason(
		"Linux version 5.10.0 (a)\nKVM: vmx: using Hyper-V Enlightened VMCS\n",
		"unknown");
	/* FreeBSD's vmm. */
	assert_reason("SVM: disabled by BIOS.\n", "firmware-disabled");
	assert_string_equal(verdict_name(verdict), "hidden-by-hypervisor");
	assert_has(verdict->summary, "a guest of VirtualBox");
	verdict_free(verdict);
}

static void test_load(void **state)
{
	(void)state;
	assert_firmware(KERNEL("4.19") INTEL("0-3", VMX)
				FACTS SHOWN_VMX LOAD("kvm_intel", "EOPNOTSUPP"),
			"loading kvm_intel: EOPNOTSUPP, which without");
	assert_firmware(KERNEL("4.19") INTEL("0-3", VMX)
				FACTS SHOWN_VMX LOAD("kvm_intel", "EIO"),
			"loading kvm_intel: EIO, which without");
	/* Others have other causes. */
	assert_reason(KERNEL("4.19") INTEL("0-3", VMX)
			      FACTS SHOWN_VMX LOAD("kvm_intel", "EINVAL"),
		      "kvm-refused");
	assert_reason(KERNEL("4.19") INTEL("0-3", GUEST_VMX)
			      KVM_ABOVE FACTS SHOWN_VMX LOAD("kvm_intel",
							     "EOPNOTSUPP"),
		      "hypervisor-disabled");
	assert_reason(
		KERNEL("4.19") INTEL("0-3", GUEST_VMX)
			KVM_ABOVE FACTS SHOWN_VMX LOAD("kvm_intel", "EIO"),
		"kvm-refused");
	/* kvm_amd gives it to a guest with encrypted memory too. */
	assert_reason(
		KERNEL("5.10") AMD("0-3", "0x80000000", "0x4")
			KVM_ABOVE FACTS SHOWN_SVM LOAD("kvm_amd", "EOPNOTSUPP"),
		"kvm-refused");
	assert_reason(KERNEL("4.19") INTEL("0-3", VMX)
			      FACTS SHOWN_VMX DIFFER LOAD("kvm_intel", "EIO"),
		      "cpus-disagree");
	/* The register, or a kernel that would hide the flag, knows better. */
	assert_reason(KERNEL("4.19") INTEL("0-3", VMX) FEATURE_CONTROL("0x5")
			      FACTS LOAD("kvm_intel", "EIO"),
		      "kvm-refused");
	assert_reason(KERNEL("6.1") INTEL("0-3", VMX)
			      FACTS SHOWN_VMX LOAD("kvm_intel", "EIO"),
		      "kvm-refused");
}

static void test_kvm_alone(void **state)
{
	(void)state;
	assert_firmware(KERNEL("6.1") AMD("0-7", "0x0", "0x4")
				FACTS SHOWN_SVM ALONE("kvm_amd"),
			"loading it failed when the system started");
	/* Somebody uses kvm; the module is kept out; the flag is of a new one. */
	assert_reason(KERNEL("6.1") AMD("0-7", "0x0", "0x4") FACTS SHOWN_SVM
		      "module kvm : loaded\nmodule kvm users : 1\n"
		      "module kvm_amd : loadable\n",
		      "kvm-not-loaded");
	assert_reason(
		KERNEL("6.1") AMD("0-7", "0x0", "0x4") FACTS SHOWN_SVM ALONE(
			"kvm_amd") "module kvm_amd blocked : blacklist kvm_amd (a.conf:1)\n",
		"kvm-refused");
	assert_reason(KERNEL("6.8") AMD("0-7", "0x0", "0x4")
			      FACTS SHOWN_SVM ALONE("kvm_amd"),
		      "kvm-not-loaded");
	assert_reason(KERNEL("6.1") AMD("0-7", "0x0", "0x4") VM_CR("0x8")
			      FACTS SHOWN_SVM ALONE("kvm_amd"),
		      "kvm-not-loaded");
	/* This kernel would have said so. */
	assert_reason(
		KERNEL("6.1") AMD("0-7", "0x0", "0x4")
			FACTS SHOWN_SVM ALONE("kvm_amd") "kernel log : read\n",
		"kvm-not-loaded");
	assert_reason(
		KERNEL("6.1") AMD("0-7", "0x0", "0x4") FACTS SHOWN_SVM ALONE(
			"kvm_amd") "kernel log : read, its beginning is overwritten\n",
		"firmware-disabled");
}

static void assert_remedy(const char *text, const char *has, const char *lacks)
{
	struct verdict *verdict = judge(text);

	assert_non_null(verdict->remedy);
	assert_has(verdict->remedy, has);
	if (strstr(verdict->remedy, lacks))
		fail_msg("%s", verdict->remedy);
	verdict_free(verdict);
}

#define REFUSED(release)                                                       \
	KERNEL(release)                                                        \
	AMD("0-7", "0x0", "0x4")                                               \
	FACTS SHOWN_SVM LOAD("kvm_amd", "EINVAL")

/* A line is only promised of a kernel that prints it. */
static void test_promises(void **state)
{
	struct verdict *verdict;

	(void)state;
	assert_remedy(REFUSED("5.10"), "if it has \"kvm: disabled by bios\"",
		      "has the line");
	/* SVM is on: no line says otherwise. */
	assert_remedy(KERNEL("5.10") AMD("0-7", "0x0", "0x4") VM_CR("0x8")
			      FACTS SHOWN_SVM LOAD("kvm_amd", "EINVAL"),
		      "may say why: dmesg | grep -i kvm.", "if it has");
	assert_remedy(REFUSED("5.17"), "may say why: dmesg | grep -i kvm.",
		      "if it has");
	assert_remedy(
		REFUSED("6.5"),
		"\"kvm_amd: SVM disabled (by BIOS) in MSR_VM_CR on CPU \"",
		"%");
	assert_remedy(REFUSED("6.5") "kernel log : read\n",
		      "has no line that is known", "dmesg");
	verdict = judge(REFUSED(
		"5.10") "kernel log : unreadable (EPERM)\n"
			"log kvm_enabling_failed : kvm: enabling virtualization on CPU3 failed\n");
	assert_has(verdict->remedy, "The line of the kernel's log above");
	assert_true(has_evidence(
		stage_of(verdict, STAGE_KERNEL),
		"kernel log: kvm: enabling virtualization on CPU3 failed"));
	assert_true(has_evidence(stage_of(verdict, STAGE_KERNEL),
				 "kernel log: unreadable (EPERM)"));
	verdict_free(verdict);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_log_of_the_lock),
		cmocka_unit_test(test_log_against_registers),
		cmocka_unit_test(test_log_alone),
		cmocka_unit_test(test_load),
		cmocka_unit_test(test_kvm_alone),
		cmocka_unit_test(test_promises),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
