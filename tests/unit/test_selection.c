// SPDX-License-Identifier: GPL-2.0-only
/* Which registers and fields the words of a person name. */
#include "group.h"

#include <stdlib.h>

#include "model/selection.h"

static struct selection *chosen;

static int setup(void **state)
{
	(void)state;
	chosen = calloc(1, sizeof(*chosen));
	return chosen ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	free(chosen);
	return 0;
}

static unsigned int count_registers(void)
{
	unsigned int count = 0, i;

	for (i = 0; i < NR_REGISTERS; i++)
		count += chosen->registers[i];
	return count;
}

static unsigned int count_fields(void)
{
	unsigned int count = 0, i;

	for (i = 0; i < NR_FIELDS; i++)
		count += chosen->fields[i];
	return count;
}

static void a_register_by_name(void **state)
{
	(void)state;
	assert_true(selection_add(chosen, "ia32_vmx_basic"));
	assert_true(chosen->registers[REG_IA32_VMX_BASIC]);
	assert_int_equal(count_registers(), 1);
	assert_int_equal(count_fields(),
			 register_info(REG_IA32_VMX_BASIC)->nr_fields);
	assert_true(chosen->fields[FIELD_IA32_VMX_BASIC_vmcs_size]);
	assert_false(chosen->everything);
}

static void an_msr_by_address(void **state)
{
	(void)state;
	assert_true(selection_add(chosen, "0x48b"));
	assert_true(selection_add(chosen, "0X0000003A"));
	assert_true(chosen->registers[REG_IA32_VMX_PROCBASED_CTLS2]);
	assert_true(chosen->registers[REG_IA32_FEATURE_CONTROL]);
	assert_int_equal(count_registers(), 2);
}

static void a_cpuid_register(void **state)
{
	(void)state;
	assert_true(selection_add(chosen, "0x00000001:0:ECX"));
	assert_true(chosen->registers[REG_CPUID_L1_ECX]);
	assert_int_equal(count_registers(), 1);
}

static void all_registers_of_a_leaf(void **state)
{
	(void)state;
	assert_true(selection_add(chosen, "0x8000000a"));
	assert_true(chosen->registers[REG_CPUID_L8000000A_EAX]);
	assert_true(chosen->registers[REG_CPUID_L8000000A_EBX]);
	assert_true(chosen->registers[REG_CPUID_L8000000A_ECX]);
	assert_true(chosen->registers[REG_CPUID_L8000000A_EDX]);
	assert_int_equal(count_registers(), 4);
}

/* The manual describes all sub-leaves of the EPC's sections at once. */
static void every_subleaf_as_the_manual_says_it(void **state)
{
	(void)state;
	assert_true(selection_add(chosen, "0x00000012:N:eax"));
	assert_true(chosen->registers[REG_CPUID_L12_2_EAX]);
	assert_true(chosen->registers[REG_CPUID_L12_9_EAX]);
	assert_int_equal(count_registers(), 8);
	assert_false(selection_add(chosen, "0x00000012:n:"));
	assert_false(selection_add(chosen, ":n:"));
	assert_false(selection_add(chosen, "0x00000001:n:ecx"));
}

/* Wherever the range of the hypervisor begins. */
static void a_leaf_of_a_hypervisor(void **state)
{
	unsigned int count;

	(void)state;
	assert_true(selection_add(chosen, "0x40000001"));
	assert_true(chosen->registers[REG_HV_KVM_1_0_EAX]);
	assert_true(chosen->registers[REG_HV_HYPERV_1_0_EAX]);
	count = count_registers();
	assert_true(selection_add(chosen, "0X40000101"));
	assert_int_equal(count_registers(), count);
	assert_false(selection_add(chosen, "0x400000ff"));
	assert_false(selection_add(chosen, "0x40010001"));
}

static void a_field_in_whatever_register(void **state)
{
	(void)state;
	assert_true(selection_add(chosen, "Enable_EPT"));
	assert_int_equal(count_registers(), 1);
	assert_int_equal(count_fields(), 1);
	assert_true(chosen->fields[FIELD_IA32_VMX_PROCBASED_CTLS2_enable_ept]);
	/* One name in the plain and the TRUE register. */
	assert_true(selection_add(chosen, "hlt_exiting"));
	assert_int_equal(count_registers(), 3);
	assert_int_equal(count_fields(), 3);
}

/* As findings and differences write it. */
static void a_field_of_one_register(void **state)
{
	(void)state;
	assert_true(selection_add(chosen,
				  "ia32_vmx_true_procbased_ctls.hlt_exiting"));
	assert_true(selection_add(chosen, "0x00000001:0:ecx.VMX"));
	assert_int_equal(count_fields(), 2);
	assert_true(chosen->fields[FIELD_CPUID_L1_ECX_vmx]);
	assert_false(selection_add(chosen, "IA32_VMX_BASIC.vmx"));
	assert_false(selection_add(chosen, "IA32_VMX_BASIC."));
	assert_false(selection_add(chosen, ".vmx"));
}

static void a_word_that_names_nothing(void **state)
{
	static const char *const words[] = { "",	 "0x",
					     "0x123456", "0x180000001",
					     "lock ",	 "0xzz",
					     "1155",	 "-" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(words); i++)
		assert_false(selection_add(chosen, words[i]));
	assert_int_equal(count_registers(), 0);
	assert_int_equal(count_fields(), 0);
}

static void all(void **state)
{
	(void)state;
	selection_all(chosen);
	assert_true(chosen->everything);
	assert_int_equal(count_registers(), NR_REGISTERS);
	assert_int_equal(count_fields(), NR_FIELDS);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_register_by_name),
		TEST(an_msr_by_address),
		TEST(a_cpuid_register),
		TEST(all_registers_of_a_leaf),
		TEST(every_subleaf_as_the_manual_says_it),
		TEST(a_leaf_of_a_hypervisor),
		TEST(a_field_in_whatever_register),
		TEST(a_field_of_one_register),
		TEST(a_word_that_names_nothing),
		TEST(all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
