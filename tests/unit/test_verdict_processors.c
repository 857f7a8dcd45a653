// SPDX-License-Identifier: GPL-2.0-only
/*
 * The processor cannot: then neither a kernel nor a parameter is to blame, but
 * it, or the CPU model of a guest; and firmware where it may be hiding VMX.
 */
#include "verdict.h"

#define CPU_WITH(signature, ecx)                                               \
	"\ncpus : 0-1\ncpuid 0x0.0x0 : 0x16 " INTEL_VENDOR "\n"                \
	"cpuid 0x1.0x0 : " signature " 0x100800 " ecx " 0xbfebfbff\n"          \
	"cpuid 0x80000000.0x0 : 0x80000008 0x0 0x0 0x0\n"                      \
	"cpuid 0x80000001.0x0 : 0x0 0x0 0x121 0x2c100800\n"
#define CONROE	"0x6fb"
#define HASWELL "0x306c3"
#define SKYLAKE "0x506e3"
#define ON	FEATURE_CONTROL("0x5")
#define KVM	LOADED("kvm_intel") DEVICE_OK
#define XSAVE	"0x4000020"

/* Has it, or not, in the verdict's summary and remedy. */
static void assert_advice(const char *machine, const char *profile,
			  const char *summary, const char *has,
			  const char *has_not)
{
	const char *reason = profile ? "profile-unmet" : "no-extension";

	assert_report(&(struct report){ machine, profile, reason, summary, has,
					has_not });
}

static void test_xsave(void **state)
{
	(void)state;
	/* Before the kernel, which is too old as well. */
	assert_advice(KERNEL("4.15.0") CPU_WITH(CONROE, VMX) ON FACTS KVM,
		      "firecracker",
		      "the processor has no XSAVE, which KVM_CAP_XCRS needs",
		      "take another machine", "kernel may");
	assert_advice(KERNEL("5.15.0") CPU_WITH(CONROE, VMX) ON FACTS KVM
		      "kvm cap 56 KVM_CAP_XCRS : 0\n",
		      "firecracker", "the processor has no XSAVE",
		      "take another machine", "newer kernel");
	/* The processor has it: then it is the kernel, or its command line. */
	assert_advice(KERNEL("5.15.0") CPU_WITH(HASWELL, XSAVE) ON FACTS KVM
		      "kvm cap 56 KVM_CAP_XCRS : 0\n",
		      "firecracker", "KVM_CAP_XCRS is missing", "kernel",
		      "another machine");
}

/* In a guest it is its CPU model, and the host that has the say. */
static void test_cpu_model(void **state)
{
	(void)state;
	assert_advice(KERNEL("5.15.0") CPU_WITH(CONROE, GUEST_VMX)
			      KVM_ABOVE ON FACTS KVM,
		      "firecracker",
		      "the CPU of this virtual machine has no XSAVE",
		      "host-passthrough", "No setting");
	assert_advice(KERNEL("5.15.0") CPU_WITH(CONROE, GUEST_VMX)
			      KVM_ABOVE ON FACTS KVM "cpuinfo sse4_1 : none\n",
		      "kata", "SSE4.1 is missing", "host-passthrough",
		      "No setting");
	assert_advice(KERNEL("5.15.0") CPU_WITH(CONROE, VMX) ON FACTS KVM
		      "cpuinfo sse4_1 : none\n",
		      "kata", "SSE4.1 is missing", "The processor has none",
		      "host-passthrough");
}

static const struct stage *kernel_of(struct verdict *verdict)
{
	return stage_of(verdict, STAGE_PROFILE_KERNEL);
}

/* ept=1 is no advice for a processor without EPT. */
static void test_ept(void **state)
{
#define WITHOUT_EPT                                                            \
	"msr 0x482 IA32_VMX_PROCBASED_CTLS : 0xfff9fffe0401e172\n"             \
	"msr 0x48b IA32_VMX_PROCBASED_CTLS2 : 0x4100000000\n"
#define EPT_OFF                                                                \
	"kvm cap 56 KVM_CAP_XCRS : 1\nkvm cap 55 KVM_CAP_XSAVE : 1\n"          \
	"parameter kvm_intel.ept : N\n"
	struct verdict *verdict;

	(void)state;
	verdict = judge_for(KERNEL("5.15.0") CPU_WITH(HASWELL, XSAVE)
				    ON WITHOUT_EPT FACTS KVM EPT_OFF,
			    "firecracker");
	assert_has(kernel_of(verdict)->remedy, "The processor has no EPT");
	assert_has_not(kernel_of(verdict)->remedy, "ept=1");
	verdict_free(verdict);

	/* No register tells, but no Core 2 has it. */
	verdict = judge_for(KERNEL("5.15.0") CPU_WITH(CONROE, VMX)
				    ON FACTS KVM EPT_OFF,
			    "firecracker");
	assert_has(kernel_of(verdict)->remedy, "The processor has no EPT");
	verdict_free(verdict);

	verdict = judge_for(KERNEL("5.15.0") CPU_WITH(HASWELL, XSAVE)
				    ON FACTS KVM EPT_OFF,
			    "firecracker");
	assert_has(kernel_of(verdict)->remedy, "ept=1");
	verdict_free(verdict);
}

/* Without a parameter in the input nobody knows whether the module has it. */
static void test_parameter_not_told(void **state)
{
	struct verdict *verdict = judge_for(
		KERNEL("5.15.0") CPU_WITH(HASWELL, XSAVE) ON FACTS KVM,
		"firecracker");

	(void)state;
	assert_true(has_evidence(kernel_of(verdict),
				 "kvm_intel.ept: unknown (not known)"));
	verdict_free(verdict);
	verdict =
		judge_for(KERNEL("5.15.0") CPU_WITH(HASWELL, XSAVE) ON FACTS KVM
			  "parameter kvm_intel.nested : Y\n",
			  "firecracker");
	assert_true(has_evidence(kernel_of(verdict), "no such parameter"));
	verdict_free(verdict);
}

/* A hint where all of a model's like have it, no promise, and only there. */
static void test_firmware_may_hide_it(void **state)
{
	(void)state;
	assert_advice(KERNEL("6.5.0") CPU_WITH(SKYLAKE, "0x4000000"), NULL,
		      "neither VMX nor SVM", "load the defaults",
		      "No setting changes this");
	assert_advice(KERNEL("6.5.0") CPU_WITH(SKYLAKE, "0x4000000"), NULL,
		      "neither VMX nor SVM", "use another machine", "SVM Mode");
	/* A Core 2, of which some have none. */
	assert_advice(KERNEL("6.5.0") CPU_WITH("0x1067a", "0x4000000"), NULL,
		      "neither VMX nor SVM", "No setting changes this",
		      "load the defaults");
	/* Made by another, with the same numbers. */
	assert_advice(KERNEL("6.5.0") CPU_OF("0", ZHAOXIN_VENDOR, "0x0", "0x1"),
		      NULL, "neither VMX nor SVM", "No setting changes this",
		      "load the defaults");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_xsave),
		cmocka_unit_test(test_cpu_model),
		cmocka_unit_test(test_ept),
		cmocka_unit_test(test_parameter_not_told),
		cmocka_unit_test(test_firmware_may_hide_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
