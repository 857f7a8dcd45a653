// SPDX-License-Identifier: GPL-2.0-only
/* Arrays that grow, and walks through them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/array.h"

static void grows_and_keeps_its_elements(void **state)
{
	size_t count = 0, capacity = 0, i;
	size_t *list = NULL;

	(void)state;
	for (; count < 1000; count++) {
		assert_int_equal(ARRAY_GROW(list, count, capacity), 0);
		assert_true(capacity > count);
		list[count] = count * count;
	}
	for (i = 0; i < count; i++)
		assert_int_equal(list[i], i * i);
	free(list);
}

static void stays_where_there_is_room(void **state)
{
	size_t capacity = 4;
	int list[4];

	(void)state;
	assert_ptr_equal(array_grow(list, 3, &capacity, sizeof(*list)), list);
	assert_int_equal(capacity, 4);
}

/* Neither the capacity nor the size in bytes wraps around. */
static void refuses_what_overflows(void **state)
{
	size_t capacity = SIZE_MAX / 2 + 1;

	(void)state;
	assert_null(array_grow(NULL, capacity, &capacity, 1));
	assert_int_equal(capacity, SIZE_MAX / 2 + 1);
	capacity = SIZE_MAX / 8;
	assert_null(array_grow(NULL, capacity, &capacity, 16));
	assert_int_equal(capacity, SIZE_MAX / 8);
}

/* In order, each once; of none at all where there is no array either. */
static void each_is_visited(void **state)
{
	const int list[] = { 3, 1, 2 }, *none = NULL;
	size_t nothing = 0;
	int digits = 0;

	(void)state;
	ARRAY_EACH(number, list, 3)
		digits = 10 * digits + *number;
	assert_int_equal(digits, 312);
	ARRAY_EACH(number, list, nothing)
		fail_msg("%d is of an empty array", *number);
	ARRAY_EACH(number, none, nothing)
		fail_msg("%d is of no array", *number);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows_and_keeps_its_elements),
		cmocka_unit_test(stays_where_there_is_room),
		cmocka_unit_test(refuses_what_overflows),
		cmocka_unit_test(each_is_visited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
