// SPDX-License-Identifier: GPL-2.0-only
/* Registers taken apart into fields: what each kind of field says. */
#include "group.h"

#include <stdlib.h>

#include "summary.h"

static enum control_setting setting(const struct host_group *group,
				    enum field_id id)
{
	struct field_value value = field_value(group, id);

	assert_true(value.known);
	return value.control;
}

/*
 * vmxcap's definition, by its four rows: whether the control may be 1,
 * whether it must be in the plain MSR, whether it must be in the TRUE one.
 */
static void controls_are_vmxcaps_four_words(void **state)
{
	enum field_id load = FIELD_IA32_VMX_PROCBASED_CTLS_cr3_load_exiting;
	enum field_id store = FIELD_IA32_VMX_PROCBASED_CTLS_cr3_store_exiting;
	enum field_id hlt = FIELD_IA32_VMX_PROCBASED_CTLS_hlt_exiting;
	enum field_id window =
		FIELD_IA32_VMX_PROCBASED_CTLS_interrupt_window_exiting;
	struct host_group group = { .on_known = false };

	(void)state;
	set_msr(&group, VI_IA32_VMX_PROCBASED_CTLS,
		CONTROL_WORD(1 << 15 | 1 << 16, 1 << 15 | 1 << 16 | 1 << 7));
	/* No TRUE register: what must be 1 must. */
	assert_int_equal(setting(&group, window), CONTROL_NO);
	assert_int_equal(setting(&group, hlt), CONTROL_YES);
	assert_int_equal(setting(&group, load), CONTROL_FORCED);
	/* It lets one of them be 0. */
	set_msr(&group, VI_IA32_VMX_TRUE_PROCBASED_CTLS,
		CONTROL_WORD(1 << 16, 1 << 15 | 1 << 16 | 1 << 7));
	assert_int_equal(setting(&group, load), CONTROL_DEFAULT);
	assert_int_equal(setting(&group, store), CONTROL_FORCED);
	assert_int_equal(setting(&group, window), CONTROL_NO);
	/* One that faulted tells nothing. */
	group.sample.msr_status[VI_IA32_VMX_TRUE_PROCBASED_CTLS] = VI_GP;
	assert_int_equal(setting(&group, load), CONTROL_FORCED);

	assert_string_equal(control_setting_name(CONTROL_NO), "no");
	assert_string_equal(control_setting_name(CONTROL_YES), "yes");
	assert_string_equal(control_setting_name(CONTROL_FORCED), "forced");
	assert_string_equal(control_setting_name(CONTROL_DEFAULT), "default");
}

static void every_word_has_its_own_true_register(void **state)
{
	static const struct {
		enum vi_msr plain, precise;
		enum field_id field;
		unsigned int bit;
	} words[] = {
		{ VI_IA32_VMX_PINBASED_CTLS, VI_IA32_VMX_TRUE_PINBASED_CTLS,
		  FIELD_IA32_VMX_PINBASED_CTLS_nmi_exiting, 3 },
		{ VI_IA32_VMX_EXIT_CTLS, VI_IA32_VMX_TRUE_EXIT_CTLS,
		  FIELD_IA32_VMX_EXIT_CTLS_save_debug_controls, 2 },
		{ VI_IA32_VMX_ENTRY_CTLS, VI_IA32_VMX_TRUE_ENTRY_CTLS,
		  FIELD_IA32_VMX_ENTRY_CTLS_load_debug_controls, 2 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(words); i++) {
		struct host_group group = { .on_known = false };
		u32 bit = 1U << words[i].bit;

		set_msr(&group, words[i].plain, CONTROL_WORD(bit, bit));
		assert_int_equal(setting(&group, words[i].field),
				 CONTROL_FORCED);
		set_msr(&group, words[i].precise, CONTROL_WORD(0, bit));
		assert_int_equal(setting(&group, words[i].field),
				 CONTROL_DEFAULT);
	}
}

static void a_control_without_a_must_half(void **state)
{
	struct host_group group = { .on_known = false };

	(void)state;
	set_msr(&group, VI_IA32_VMX_PROCBASED_CTLS3, 1 << 4);
	assert_int_equal(
		setting(&group,
			FIELD_IA32_VMX_PROCBASED_CTLS3_ipi_virtualization),
		CONTROL_YES);
	assert_int_equal(
		setting(&group, FIELD_IA32_VMX_PROCBASED_CTLS3_enable_hlat),
		CONTROL_NO);
}

/* A control whose register the processor says that it lacks is not there. */
static void what_is_not_attempted(void **state)
{
	static const enum field_id tertiary =
		FIELD_IA32_VMX_PROCBASED_CTLS3_ipi_virtualization;
	static const enum field_id ept =
		FIELD_IA32_VMX_EPT_VPID_CAP_ept_1g_pages;
	struct host_group group = { .on_known = false };

	(void)state;
	set_leaf(&group, VI_L1, 0, 0, 1 << 5, 0);
	memset(group.sample.msr_status, VI_NOT_ATTEMPTED,
	       sizeof(group.sample.msr_status));
	set_msr(&group, VI_IA32_VMX_PROCBASED_CTLS, 1ULL << 63);
	set_msr(&group, VI_IA32_VMX_PROCBASED_CTLS2, 0);
	assert_int_equal(field_answer(&group, tertiary), ANSWER_NO);
	assert_int_equal(field_answer(&group, ept), ANSWER_NO);
	/* Where the register that tells took a fault nobody knows. */
	group.sample.msr_status[VI_IA32_VMX_PROCBASED_CTLS2] = VI_GP;
	assert_int_equal(field_answer(&group, tertiary), ANSWER_NO);
	assert_int_equal(field_answer(&group, ept), ANSWER_UNKNOWN);
	/* Not even when it is the register before that one. */
	group.sample.msr[VI_IA32_VMX_PROCBASED_CTLS] = 0;
	group.sample.msr_status[VI_IA32_VMX_PROCBASED_CTLS] = VI_GP;
	group.sample.msr_status[VI_IA32_VMX_PROCBASED_CTLS2] = VI_NOT_ATTEMPTED;
	assert_int_equal(field_answer(&group, tertiary), ANSWER_UNKNOWN);
	assert_int_equal(field_answer(&group, ept), ANSWER_UNKNOWN);
	/* No VMX, none of it. */
	set_leaf(&group, VI_L1, 0, 0, 0, 0);
	group.sample.msr_status[VI_IA32_VMX_PROCBASED_CTLS] = VI_NOT_ATTEMPTED;
	assert_int_equal(field_answer(&group, tertiary), ANSWER_NO);
	assert_int_equal(field_answer(&group, ept), ANSWER_NO);
}

static void numbers_flags_and_enums(void **state)
{
	struct host_group group = { .on_known = false };
	struct field_value value;

	(void)state;
	set_msr(&group, VI_IA32_VMX_BASIC, 0x00da040000000012);
	value = field_value(&group, FIELD_IA32_VMX_BASIC_vmcs_size);
	assert_int_equal(value.number, 1024);
	value = field_value(&group, FIELD_IA32_VMX_BASIC_vmcs_mem_type);
	assert_int_equal(value.number, 6);
	assert_string_equal(value.text, "WB");
	value = field_value(&group, FIELD_IA32_VMX_BASIC_true_ctls);
	assert_int_equal(value.number, 1);
	value = field_value(&group, FIELD_IA32_VMX_BASIC_phys_addr_32bit);
	assert_int_equal(value.number, 0);
	/* A number that has no name. */
	set_msr(&group, VI_IA32_VMX_BASIC, 3ULL << 50);
	value = field_value(&group, FIELD_IA32_VMX_BASIC_vmcs_mem_type);
	assert_int_equal(value.number, 3);
	assert_null(value.text);
	/* All 64 bits. */
	set_msr(&group, VI_IA32_VMX_CR4_FIXED1, ~0ULL);
	value = field_value(&group, FIELD_IA32_VMX_CR4_FIXED1_allowed_1);
	assert_true(value.number == ~0ULL);
}

static enum answer answer_where(struct host_group *group, enum vi_msr msr,
				enum vi_status status, enum field_id field)
{
	group->sample.msr_status[msr] = status;
	assert_false(field_value(group, field).known);
	assert_int_equal(register_unnamed_bits(group, field_info(field)->reg),
			 0);
	return field_answer(group, field);
}

static void unread_is_unknown_never_0(void **state)
{
	static const struct {
		enum vi_status status;
		enum answer answer;
	} rows[] = {
		{ VI_ABSENT, ANSWER_UNKNOWN },
		{ VI_NOT_ATTEMPTED, ANSWER_UNKNOWN },
		{ VI_GP, ANSWER_UNKNOWN },
		{ VI_SET, ANSWER_UNKNOWN },
		{ VI_CLEAR, ANSWER_NO },
	};
	struct host_group group = { .on_known = false };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(answer_where(&group, VI_IA32_FEATURE_CONTROL,
					      rows[i].status,
					      FIELD_IA32_FEATURE_CONTROL_lock),
				 rows[i].answer);
	/* The only field of its register: a value that is not 0 is its own. */
	assert_int_equal(
		answer_where(&group, VI_RMP_END, VI_SET, FIELD_RMP_END_rmp_end),
		ANSWER_YES);
	/* A leaf that the processor does not have has no feature. */
	group.sample.leaf_status[VI_L8000000A] = VI_NOT_ATTEMPTED;
	assert_int_equal(field_answer(&group, FIELD_CPUID_L8000000A_EDX_np),
			 ANSWER_NO);
	group.sample.leaf_status[VI_L8000000A] = VI_ABSENT;
	assert_int_equal(field_answer(&group, FIELD_CPUID_L8000000A_EDX_np),
			 ANSWER_UNKNOWN);
}

/* However its read went, what cannot be there is not there. */
static void what_cannot_be_there(void **state)
{
	static const enum vi_status statuses[] = { VI_ABSENT, VI_NOT_ATTEMPTED,
						   VI_GP };
	static const enum field_id ept =
		FIELD_IA32_VMX_PROCBASED_CTLS2_enable_ept;
	static const enum field_id sev = FIELD_CPUID_L8000001F_EAX_sev;
	struct host_group group = { .on_known = false };
	size_t i;

	(void)state;
	/* Leaf 1 says that there is no VMX: no register of VMX's. */
	set_leaf(&group, VI_L1, 0, 0, 0, 0);
	for (i = 0; i < ARRAY_SIZE(statuses); i++)
		assert_int_equal(answer_where(&group,
					      VI_IA32_VMX_PROCBASED_CTLS2,
					      statuses[i], ept),
				 ANSWER_NO);
	/* A leaf above the maximum of its range, if the input knows it. */
	assert_int_equal(field_answer(&group, sev), ANSWER_UNKNOWN);
	set_leaf(&group, VI_L80000000, 0x8000001f, 0, 0, 0);
	assert_int_equal(field_answer(&group, sev), ANSWER_UNKNOWN);
	set_leaf(&group, VI_L80000000, 0x8000001e, 0, 0, 0);
	assert_int_equal(field_answer(&group, sev), ANSWER_NO);
	/* No extended range: its first leaf answers with another's data. */
	set_leaf(&group, VI_L80000000, 0x00000003, 0, 0, 0);
	assert_int_equal(field_answer(&group, sev), ANSWER_NO);
}

static void another_makers_register(void **state)
{
	static const enum field_id syscfg = FIELD_SYSCFG_mem_encryption_mod_en;
	struct host_group group = { .on_known = false };

	(void)state;
	/* Whose processor it is, is not known. */
	assert_int_equal(field_answer(&group, syscfg), ANSWER_UNKNOWN);
	assert_true(vendor_makes(&group, REG_SYSCFG));
	assert_true(vendor_makes(&group, REG_IA32_VMX_PROCBASED_CTLS2));
	set_leaf(&group, VI_L0, 0x16, 0x756e6547, 0x6c65746e, 0x49656e69);
	assert_int_equal(field_answer(&group, syscfg), ANSWER_NO);
	assert_false(vendor_makes(&group, REG_SYSCFG));
	assert_true(vendor_makes(&group, REG_IA32_VMX_PROCBASED_CTLS2));
	set_leaf(&group, VI_L0, 0x10, 0x68747541, 0x444d4163, 0x69746e65);
	assert_int_equal(field_answer(&group, syscfg), ANSWER_UNKNOWN);
	assert_false(vendor_makes(&group, REG_IA32_VMX_PROCBASED_CTLS2));
}

static void a_hypervisors_leaf_that_is_not_there(void **state)
{
	static const enum field_id clock = FIELD_HV_KVM_1_0_EAX_clocksource2;
	struct host_group group = { .on_known = false };

	(void)state;
	assert_int_equal(field_answer(&group, clock), ANSWER_UNKNOWN);
	/* A hypervisor, and its leaves are not in the input. */
	set_leaf(&group, VI_L1, 0, 0, 1U << 31, 0);
	assert_int_equal(field_answer(&group, clock), ANSWER_UNKNOWN);
	/* They are, and KVM's are not among them. */
	group.hv.count = 1;
	group.hv.leaves[0] = (struct vi_hv_leaf){
		.leaf = 0x40000000,
		.reg = { 0x40000001, 0x7263694d, 0x666f736f, 0x76482074 },
	};
	assert_int_equal(field_answer(&group, clock), ANSWER_NO);
	group.hv.truncated = true;
	assert_int_equal(field_answer(&group, clock), ANSWER_UNKNOWN);
	/* No hypervisor. */
	group.hv.count = 0;
	set_leaf(&group, VI_L1, 0, 0, 0, 0);
	assert_int_equal(field_answer(&group, clock), ANSWER_NO);
}

static void bits_that_no_field_has(void **state)
{
	struct host_group group = { .on_known = false };

	(void)state;
	/* Bit 31 has a row, one that says that it is always 0. */
	set_msr(&group, VI_IA32_VMX_BASIC, 1ULL << 31 | 1ULL << 61 | 5);
	assert_true(register_unnamed_bits(&group, REG_IA32_VMX_BASIC) ==
		    (1ULL << 31 | 1ULL << 61));
	/* Both halves of a control and of a default1 position are named. */
	set_msr(&group, VI_IA32_VMX_PINBASED_CTLS, 0x000000ff00000016);
	assert_true(register_unnamed_bits(&group, REG_IA32_VMX_PINBASED_CTLS) ==
		    0);
	set_msr(&group, VI_IA32_VMX_PINBASED_CTLS, 0x000001ff00000116);
	assert_true(register_unnamed_bits(&group, REG_IA32_VMX_PINBASED_CTLS) ==
		    0x0000010000000100);
}

static void the_machine_has_what_every_group_has(void **state)
{
	enum field_id ept = FIELD_IA32_VMX_PROCBASED_CTLS2_enable_ept;
	struct host *host = host_new(HOST_CAPTURE, "f");
	struct host_group *one, *two;

	(void)state;
	assert_non_null(host);
	assert_int_equal(host_answer(host, ept), ANSWER_UNKNOWN);
	one = host_add_group(host);
	two = host_add_group(host);
	set_msr(one, VI_IA32_VMX_PROCBASED_CTLS2, CONTROL_WORD(0, 2));
	set_msr(two, VI_IA32_VMX_PROCBASED_CTLS2, CONTROL_WORD(0, 2));
	assert_int_equal(host_answer(host, ept), ANSWER_YES);
	two->sample.msr_status[VI_IA32_VMX_PROCBASED_CTLS2] = VI_GP;
	assert_int_equal(host_answer(host, ept), ANSWER_UNKNOWN);
	set_msr(one, VI_IA32_VMX_PROCBASED_CTLS2, 0);
	assert_int_equal(host_answer(host, ept), ANSWER_NO);
	host_free(host);
}

static void family_and_model(void **state)
{
	/* Leaf 1 EAX of processors whose family and model are well known. */
	static const struct {
		u32 eax, family, model, stepping;
	} known[] = {
		{ 0x000006f6, 6, 0x0f, 6 },    /* Conroe */
		{ 0x00050654, 6, 0x55, 4 },    /* Skylake-X */
		{ 0x00000f4a, 15, 4, 10 },     /* Pentium 4 */
		{ 0x00800f12, 0x17, 1, 2 },    /* Zen */
		{ 0x00a60f12, 0x19, 0x61, 2 }, /* Raphael */
		{ 0x00000562, 5, 6, 2 },       /* K6: no extensions */
		{ 0x000106a5, 6, 0x1a, 5 },    /* Nehalem */
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(known); i++) {
		struct vi_signature signature = vi_signature(known[i].eax);

		assert_int_equal(signature.family, known[i].family);
		assert_int_equal(signature.model, known[i].model);
		assert_int_equal(signature.stepping, known[i].stepping);
	}
}

static void a_hypervisors_register_is_where_its_range_is(void **state)
{
	struct host_group group = { .on_known = false };
	struct register_value value;

	(void)state;
	/* KVM behind the interface of Hyper-V. */
	add_hv_range(&group, 0x40000000, 0x40000006, "Microsoft Hv");
	add_hv_leaf(&group, 0x40000001, 0, 0x31237648);
	add_hv_leaf(&group, 0x40000003, 0, 0xe7f);
	add_hv_range(&group, 0x40000100, 0x40000101, "KVMKVMKVM\0\0");
	add_hv_leaf(&group, 0x40000101, 0, 1 << 5);
	value = register_value(&group, REG_HV_KVM_1_0_EAX);
	assert_int_equal(value.status, VI_READ);
	assert_int_equal(value.leaf, 0x40000101);
	assert_int_equal(field_answer(&group, FIELD_HV_KVM_1_0_EAX_steal_time),
			 ANSWER_YES);
	value = register_value(&group, REG_HV_HYPERV_3_0_EAX);
	assert_int_equal(value.value, 0xe7f);
	assert_int_equal(register_value(&group, REG_HV_XEN_1_0_EAX).status,
			 VI_ABSENT);

	/* Leaf 1 is Hyper-V's by its interface, whatever the signature. */
	memset(&group.hv, 0, sizeof(group.hv));
	add_hv_range(&group, 0x40000000, 0x40000005, "Linux KVM Hv");
	add_hv_leaf(&group, 0x40000001, 0, 0x31237648);
	add_hv_leaf(&group, 0x40000003, 0, 1);
	assert_int_equal(register_value(&group, REG_HV_HYPERV_3_0_EAX).status,
			 VI_READ);
	assert_int_equal(register_value(&group, REG_HV_KVM_1_0_EAX).status,
			 VI_ABSENT);
	/* Without it leaf 1 is another's. */
	group.hv.leaves[1].reg[VI_EAX] = 0x01000007;
	assert_int_equal(register_value(&group, REG_HV_HYPERV_3_0_EAX).status,
			 VI_ABSENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(controls_are_vmxcaps_four_words),
		cmocka_unit_test(every_word_has_its_own_true_register),
		cmocka_unit_test(a_control_without_a_must_half),
		cmocka_unit_test(what_is_not_attempted),
		cmocka_unit_test(numbers_flags_and_enums),
		cmocka_unit_test(unread_is_unknown_never_0),
		cmocka_unit_test(what_cannot_be_there),
		cmocka_unit_test(another_makers_register),
		cmocka_unit_test(a_hypervisors_leaf_that_is_not_there),
		cmocka_unit_test(bits_that_no_field_has),
		cmocka_unit_test(the_machine_has_what_every_group_has),
		cmocka_unit_test(family_and_model),
		cmocka_unit_test(a_hypervisors_register_is_where_its_range_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
