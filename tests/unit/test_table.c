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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_addresses_are_unique),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
