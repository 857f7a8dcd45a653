// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which registers may change while the system runs, told a second time, and by
 * whom. A register that changes and is not VOLATILE would show its value of
 * long ago.
 */
#include "machine.h"

static const enum vi_msr changing[] = {
	VI_CR0,			  /* the kernel, as it switches tasks */
	VI_CR4,			  /* a hypervisor: VMXE */
	VI_IA32_FEATURE_CONTROL,  /* whoever finds it unlocked */
	VI_IA32_SGXLEPUBKEYHASH0, /* the launch of an enclave */
	VI_IA32_SGXLEPUBKEYHASH1,
	VI_IA32_SGXLEPUBKEYHASH2,
	VI_IA32_SGXLEPUBKEYHASH3,
	VI_IA32_DEBUGCTL,	 /* perf, ptrace, KVM */
	VI_MSR_KVM_POLL_CONTROL, /* haltpoll */
	VI_IA32_EFER,		 /* a hypervisor: SVME */
	VI_TSC_RATIO,		 /* KVM, for each virtual CPU */
	VI_SYSCFG,		 /* SEV-SNP as it is set up */
	VI_HWCR,		 /* acpi-cpufreq: CpbDis */
	VI_VM_CR,		 /* a hypervisor */
	VI_VM_HSAVE_PA,		 /* a hypervisor */
	VI_VIRT_SPEC_CTRL,	 /* the kernel, as it switches tasks */
	VI_GHCB,		 /* each exit of an SEV-ES guest */
	VI_RMP_BASE,		 /* SEV-SNP as it is set up */
	VI_RMP_END,
	VI_RMP_CFG, /* SYSCFG opens its gate */
};

static bool changes(enum vi_msr msr)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(changing); i++)
		if (changing[i] == msr)
			return true;
	return false;
}

static void test_what_changes_is_volatile(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < VI_NR_MSRS; i++) {
		bool is_volatile = vi_msrs[i].flags & VI_VOLATILE;

		if (is_volatile != changes(i))
			fail_msg("%s is %sVOLATILE", vi_msrs[i].name,
				 is_volatile ? "" : "not ");
	}
}

/* What is switched for some CPUs only makes no group of its own. */
static void test_boost_switched_off_splits_no_group(void **state)
{
	struct vi_sample a = { 0 }, b = { 0 };

	(void)state;
	a.msr_status[VI_HWCR] = VI_READ;
	b = a;
	b.msr[VI_HWCR] = 1 << 25;
	assert_true(vi_sample_alike(&a, &b));
	b.msr[VI_HWCR] = 1 << 24;
	assert_false(vi_sample_alike(&a, &b));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_changes_is_volatile),
		cmocka_unit_test(test_boost_switched_off_splits_no_group),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
