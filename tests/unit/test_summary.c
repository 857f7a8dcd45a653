// SPDX-License-Identifier: GPL-2.0-only
/*
 * The words of a CPU, over every bit of the registers that decide them: the
 * right bit, by the manuals' numbers, and no other.
 */
#include "group.h"

#include "summary.h"

#define ALL (~0ULL)

static struct host_group with_vmx(void)
{
	struct host_group group = { .on_known = false };

	set_leaf(&group, VI_L1, 0, 0, 1 << 5, 0);
	set_msr(&group, VI_IA32_VMX_PROCBASED_CTLS, ALL);
	set_msr(&group, VI_IA32_VMX_PROCBASED_CTLS2, ALL);
	return group;
}

static struct host_group with_svm(void)
{
	struct host_group group = { .on_known = false };

	set_leaf(&group, VI_L80000001, 0, 0, 1 << 2, 0);
	set_leaf(&group, VI_L8000000A, 0, 0, 0, ~0U);
	set_msr(&group, VI_VM_CR, 0);
	return group;
}

static void the_extension_is_one_bit(void **state)
{
	unsigned int bit;

	(void)state;
	for (bit = 0; bit < 32; bit++) {
		struct host_group intel = { .on_known = false };
		struct host_group amd = { .on_known = false };

		set_leaf(&intel, VI_L1, ~0U, ~0U, 1U << bit, ~0U);
		assert_int_equal(vi_extension(&intel.sample),
				 bit == 5 ? VI_VMX : VI_NO_EXTENSION);
		set_leaf(&amd, VI_L80000001, ~0U, ~0U, 1U << bit, ~0U);
		assert_int_equal(vi_extension(&amd.sample),
				 bit == 2 ? VI_SVM : VI_NO_EXTENSION);
	}
}

/* SDM vol3D A.3: what may be 1 is in the upper half, 31 and 1 of it. */
static void ept_is_one_bit_of_each_word(void **state)
{
	unsigned int bit;

	(void)state;
	for (bit = 0; bit < 64; bit++) {
		struct host_group first = with_vmx(), second = with_vmx();

		set_msr(&first, VI_IA32_VMX_PROCBASED_CTLS, 1ULL << bit);
		assert_int_equal(vi_paging(&first.sample),
				 bit == 63 ? VI_PAGING_EPT : VI_PAGING_NONE);
		set_msr(&second, VI_IA32_VMX_PROCBASED_CTLS2, 1ULL << bit);
		assert_int_equal(vi_paging(&second.sample),
				 bit == 33 ? VI_PAGING_EPT : VI_PAGING_NONE);
	}
}

static void npt_is_one_bit(void **state)
{
	unsigned int bit;

	(void)state;
	for (bit = 0; bit < 32; bit++) {
		struct host_group group = with_svm();

		set_leaf(&group, VI_L8000000A, ~0U, ~0U, ~0U, 1U << bit);
		assert_int_equal(vi_paging(&group.sample),
				 bit == 0 ? VI_PAGING_NPT : VI_PAGING_NONE);
	}
}

static void paging_is_unknown_where_a_register_is(void **state)
{
	struct host_group group = with_vmx();

	(void)state;
	group.sample.msr_status[VI_IA32_VMX_PROCBASED_CTLS2] = VI_GP;
	assert_int_equal(vi_paging(&group.sample), VI_PAGING_UNKNOWN);
	group.sample.msr_status[VI_IA32_VMX_PROCBASED_CTLS] = VI_GP;
	assert_int_equal(vi_paging(&group.sample), VI_PAGING_UNKNOWN);
	group = with_svm();
	group.sample.leaf_status[VI_L8000000A] = VI_NOT_ATTEMPTED;
	assert_int_equal(vi_paging(&group.sample), VI_PAGING_UNKNOWN);
}

/* SDM vol3C 25.7: bit 0 locks, 1 is VMX in SMX operation, 2 outside it. */
static void feature_control(void **state)
{
	static const enum vi_state states[8] = {
		VI_STATE_UNLOCKED, VI_STATE_DISABLED, VI_STATE_UNLOCKED,
		VI_STATE_SMX_ONLY, VI_STATE_UNLOCKED, VI_STATE_ENABLED,
		VI_STATE_UNLOCKED, VI_STATE_ENABLED,
	};
	struct host_group group = with_vmx();
	u64 value;

	(void)state;
	assert_int_equal(vi_state(&group.sample), VI_STATE_UNKNOWN);
	for (value = 0; value < 8; value++) {
		set_msr(&group, VI_IA32_FEATURE_CONTROL, value | (ALL << 3));
		assert_int_equal(vi_state(&group.sample), states[value]);
		set_msr(&group, VI_IA32_FEATURE_CONTROL, value);
		assert_int_equal(vi_state(&group.sample), states[value]);
	}
}

/* APM vol2 15.30.1: SVMDIS. */
static void vm_cr(void **state)
{
	struct host_group group = with_svm();
	unsigned int bit;

	(void)state;
	assert_int_equal(vi_state(&group.sample), VI_STATE_ENABLED);
	for (bit = 0; bit < 64; bit++) {
		set_msr(&group, VI_VM_CR, 1ULL << bit);
		assert_int_equal(vi_state(&group.sample),
				 bit == 4 ? VI_STATE_DISABLED :
					    VI_STATE_ENABLED);
	}
	group.sample.msr_status[VI_VM_CR] = VI_GP;
	assert_int_equal(vi_state(&group.sample), VI_STATE_UNKNOWN);
}

static void what_is_on_is_one_bit(void **state)
{
	struct host_group group = { .on_known = false };
	unsigned int bit;

	(void)state;
	for (bit = 0; bit < 64; bit++) {
		set_msr(&group, VI_CR4, 1ULL << bit);
		assert_int_equal(vi_vmx_on(&group.sample), bit == 13);
		set_msr(&group, VI_IA32_EFER, 1ULL << bit);
		assert_int_equal(vi_svm_on(&group.sample), bit == 12);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_extension_is_one_bit),
		cmocka_unit_test(ept_is_one_bit_of_each_word),
		cmocka_unit_test(npt_is_one_bit),
		cmocka_unit_test(paging_is_unknown_where_a_register_is),
		cmocka_unit_test(feature_control),
		cmocka_unit_test(vm_cr),
		cmocka_unit_test(what_is_on_is_one_bit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
