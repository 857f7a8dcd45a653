// SPDX-License-Identifier: GPL-2.0-only
/* What has to be true of the table itself. */
#include "group.h"

/* Names are JSON keys; an address names one MSR. */
static void names_and_addresses_are_unique(void **state)
{
	unsigned int i, j;

	(void)state;
	for (i = 0; i < NR_REGISTERS; i++) {
		const struct register_info *a = register_info(i);

		assert_true(register_is_meant(i, a->name));
		assert_true(a->nr_fields || a->class == REGISTER_MSR);
		assert_true(*a->source);
		for (j = i + 1; j < NR_REGISTERS; j++) {
			const struct register_info *b = register_info(j);

			assert_false(register_is_meant(j, a->name));
			assert_true(a->class != REGISTER_MSR ||
				    b->class != REGISTER_MSR ||
				    a->address != b->address);
		}
	}
	for (i = 0; i < NR_FIELDS; i++) {
		const struct field_info *field = field_info(i);

		assert_true(*field->title && *field->meaning);
		assert_int_equal(field_find(field->reg, field->name), i);
	}
}

static bool is_volatile(const struct vi_msr_info *info)
{
	bool control = info->flags & VI_CONTROL_REGISTER;
	u32 address = info->address;

#define VOLATILE_CONTROL(number)                                               \
	if (control && address == (number))                                    \
		return true;
#define VOLATILE_MSR(number)                                                   \
	if (!control && address == (number))                                   \
		return true;
#include "../kunit/manuals.def"
	return false;
}

static bool is_sensitive(const struct vi_msr_info *info)
{
#define SENSITIVE_MSR(number)                                                  \
	if (info->address == (number))                                         \
		return !(info->flags & VI_CONTROL_REGISTER);
#include "../kunit/manuals.def"
	return false;
}

static void what_changes_and_what_is_secret(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < VI_NR_MSRS; i++) {
		const struct vi_msr_info *info = &vi_msrs[i];

		if (!(info->flags & VI_VOLATILE) == is_volatile(info))
			fail_msg("%s: VOLATILE", info->name);
		if (!(info->flags & VI_SENSITIVE) == is_sensitive(info))
			fail_msg("%s: SENSITIVE", info->name);
	}
}

static u32 differing_bits(u32 leaf, u32 subleaf, u32 reg)
{
#define LEAF_DIFFERS(number, sub, output, bits)                                \
	if (leaf == (number) && subleaf == (sub) && reg == (output))           \
		return bits;
#include "../kunit/manuals.def"
	return 0;
}

static u64 differing_in(const struct vi_msr_info *info)
{
	bool control = info->flags & VI_CONTROL_REGISTER;

#define MSR_DIFFERS(number, bits)                                              \
	if (!control && info->address == (number))                             \
		return bits;
#define CONTROL_DIFFERS(number, bits)                                          \
	if (control && info->address == (number))                              \
		return bits;
#include "../kunit/manuals.def"
	return 0;
}

/* A bit too few makes a group of each CPU, a bit too many hides an odd one. */
static void in_what_like_cpus_differ(void **state)
{
	unsigned int i, reg;

	(void)state;
	for (i = 0; i < VI_NR_LEAVES; i++)
		for (reg = VI_EAX; reg <= VI_EDX; reg++)
			assert_int_equal(vi_leaves[i].varies[reg],
					 differing_bits(vi_leaves[i].leaf,
							vi_leaves[i].subleaf,
							reg));
	for (i = 0; i < VI_NR_MSRS; i++)
		if (vi_msrs[i].varies != differing_in(&vi_msrs[i]))
			fail_msg("%s: varies", vi_msrs[i].name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_addresses_are_unique),
		cmocka_unit_test(what_changes_and_what_is_secret),
		cmocka_unit_test(in_what_like_cpus_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
