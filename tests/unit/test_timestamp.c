// SPDX-License-Identifier: GPL-2.0-only
/* Moments as text, and what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/timestamp.h"
#include "types.h"

static void there_and_back(void **state)
{
	static const struct {
		const char *text;
		int64_t seconds;
	} cases[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "2026-11-22T16:55:27Z", 1795366527 },
		{ "2024-02-29T23:59:59Z", 1709251199 },
		{ "9999-12-31T23:59:59Z", 253402300799 },
	};
	char text[TIMESTAMP_SIZE];
	int64_t seconds;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_string_equal(timestamp_format(text, cases[i].seconds),
				    cases[i].text);
		assert_true(timestamp_parse(cases[i].text, &seconds));
		assert_int_equal(seconds, cases[i].seconds);
	}
	assert_string_equal(timestamp_format(text, 253402300800), "");
	assert_string_equal(timestamp_format(text, INT64_MAX), "");
}

static void what_is_none_is_refused(void **state)
{
	static const char *const texts[] = {
		"",
		"2026-11-22",
		"2026-11-22T16:55:27",
		"2026-11-22 16:55:27Z",
		"2026-11-22T16:55:27Z ",
		" 2026-11-2T16:55:27Z",
		"2026-02-30T00:00:00Z",
		"2026-13-01T00:00:00Z",
		"2026-11-22T24:00:00Z",
		"2026-11-22T16:55:60Z",
		"-026-11-22T16:55:27Z",
		"2026-11-22T16:55:27+",
	};
	int64_t seconds = 7;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(texts); i++)
		if (timestamp_parse(texts[i], &seconds))
			fail_msg("%s", texts[i]);
	assert_int_equal(seconds, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(what_is_none_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
