// SPDX-License-Identifier: GPL-2.0-only
/* Which CPUs are alike, as far as the registers tell. */
#include "group.h"

static struct host *two_cpus(const struct vi_sample *a,
			     const struct vi_sample *b)
{
	struct host *host = host_new(HOST_CAPTURE, "f");
	struct vi_hv hv = { .count = 0 };

	assert_non_null(host);
	assert_int_equal(host_add_cpu(host, 0, a, &hv, NULL), 0);
	assert_int_equal(host_add_cpu(host, 1, b, &hv, NULL), 0);
	return host;
}

static void what_varies_does_not_split_a_group(void **state)
{
	struct host_group one = { .on_known = false }, two;
	struct host *host;

	(void)state;
	set_leaf(&one, VI_L1, 0x50654, 0x00100800, 1 << 5, 0);
	set_leaf(&one, VI_L7_0, 0, 0, 0, 0);
	set_msr(&one, VI_CR4, 0x0);
	set_msr(&one, VI_IA32_EFER, 0xd01);
	set_msr(&one, VI_VM_HSAVE_PA, 0x1000);
	set_msr(&one, VI_IA32_DEBUGCTL, 0);
	set_msr(&one, VI_MSR_KVM_SYSTEM_TIME_NEW, 0x10001);
	set_msr(&one, VI_IA32_VMX_PROCBASED_CTLS2, 0x035d6fff00000000);
	two = one;
	set_leaf(&two, VI_L1, 0x50654, 0x07100800, 1 << 5 | 1 << 27, 0);
	set_leaf(&two, VI_L7_0, 0, 0, 1 << 4, 0);
	set_msr(&two, VI_CR4, 0x2000);
	set_msr(&two, VI_IA32_EFER, 0x1d01);
	set_msr(&two, VI_VM_HSAVE_PA, 0x2000);
	set_msr(&two, VI_IA32_DEBUGCTL, 1);
	set_msr(&two, VI_MSR_KVM_SYSTEM_TIME_NEW, 0x20001);
	host = two_cpus(&one.sample, &two.sample);
	assert_int_equal(host->nr_groups, 1);
	assert_int_equal(cpulist_weight(&host->groups[0]->cpus), 2);
	/* It is told as a list of CPUs instead. */
	assert_false(cpulist_has(&host->groups[0]->vmx_on, 0));
	assert_true(cpulist_has(&host->groups[0]->vmx_on, 1));
	assert_true(cpulist_has(&host->groups[0]->svm_on, 1));
	host_free(host);
}

static void a_capability_that_differs_does(void **state)
{
	struct host_group one = { .on_known = false }, two;
	struct host *host;

	(void)state;
	set_leaf(&one, VI_L1, 0x50654, 0x00100800, 1 << 5, 0);
	set_msr(&one, VI_IA32_VMX_PROCBASED_CTLS2, 0x035d6fff00000000);
	two = one;
	set_msr(&two, VI_IA32_VMX_PROCBASED_CTLS2, 0x435d6fff00000000);
	host = two_cpus(&one.sample, &two.sample);
	assert_int_equal(host->nr_groups, 2);
	host_free(host);
	/* A read that faulted on one only, too. */
	two = one;
	two.sample.msr_status[VI_IA32_VMX_PROCBASED_CTLS2] = VI_GP;
	host = two_cpus(&one.sample, &two.sample);
	assert_int_equal(host->nr_groups, 2);
	host_free(host);
}

static struct host *two_guests(const char signature[12], const u32 fourth[4],
			       const u32 other[4])
{
	struct host *host = host_new(HOST_CAPTURE, "f");
	struct vi_sample sample = { .leaf_status = { 0 } };
	struct vi_hv hv = { .count = 2 };

	assert_non_null(host);
	hv.leaves[0].leaf = 0x40000000;
	hv.leaves[0].reg[VI_EAX] = 0x40000004;
	memcpy(&hv.leaves[0].reg[VI_EBX], signature, 12);
	hv.leaves[1].leaf = 0x40000004;
	memcpy(hv.leaves[1].reg, fourth, sizeof(hv.leaves[1].reg));
	assert_int_equal(host_add_cpu(host, 0, &sample, &hv, NULL), 0);
	memcpy(hv.leaves[1].reg, other, sizeof(hv.leaves[1].reg));
	assert_int_equal(host_add_cpu(host, 1, &sample, &hv, NULL), 0);
	return host;
}

/* Xen numbers its virtual processors in leaf 4, EBX; others recommend there. */
/* What is switched for some CPUs only makes no group of its own. */
static void boost_switched_off_splits_no_group(void **state)
{
	struct vi_sample a = { 0 }, b;

	(void)state;
	a.msr_status[VI_HWCR] = VI_READ;
	b = a;
	b.msr[VI_HWCR] = 1 << 25;
	assert_true(vi_sample_alike(&a, &b));
	b.msr[VI_HWCR] = 1 << 24;
	assert_false(vi_sample_alike(&a, &b));
}

static void only_xens_number_of_the_processor_varies(void **state)
{
	static const struct {
		const char *signature;
		u32 other[4];
		size_t groups;
	} cases[] = {
		{ "XenVMMXenVMM", { 0xd, 1, 0, 0 }, 1 },
		{ "XenVMMXenVMM", { 0xc, 1, 0, 0 }, 2 },
		{ "Microsoft Hv", { 0xd, 1, 0, 0 }, 2 },
		{ "Microsoft Hv", { 0xd, 0, 0, 0 }, 1 },
	};
	static const u32 fourth[4] = { 0xd, 0, 0, 0 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct host *host =
			two_guests(cases[i].signature, fourth, cases[i].other);

		assert_int_equal(host->nr_groups, cases[i].groups);
		host_free(host);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_varies_does_not_split_a_group),
		cmocka_unit_test(a_capability_that_differs_does),
		cmocka_unit_test(boost_switched_off_splits_no_group),
		cmocka_unit_test(only_xens_number_of_the_processor_varies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
