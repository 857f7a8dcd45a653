// SPDX-License-Identifier: GPL-2.0-only
/* A number is the whole text and fits, or there is none. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/errname.h"
#include "base/number.h"
#include "base/release.h"

/* What strtoul(), strtoull() or sscanf() would take for a number. */
static const char *const refused[] = {
	"",    " ",  "12x", "12 ",  " 12",   "+12",  "-12", "1_2",
	"1.5", "0x", "0x ", "0x-1", "0x0x1", "0x 1", "1e3", "none",
};

static void whole_numbers_only(void **state)
{
	uint64_t number = 7;
	int integer = 7;
	unsigned int plain = 7;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		assert_false(parse_u64(refused[i], UINT64_MAX, &number));
		assert_false(parse_hex(refused[i], UINT64_MAX, &number));
		assert_false(parse_int(refused[i], &integer));
		assert_false(parse_uint(refused[i], &plain));
	}
	assert_false(parse_u64("0x10", UINT64_MAX, &number));
	assert_false(parse_u64("a", UINT64_MAX, &number));
	assert_false(parse_hex("10", UINT64_MAX, &number));
	assert_false(parse_hex("0x1g", UINT64_MAX, &number));
	/* Nothing was written. */
	assert_true(number == 7 && integer == 7 && plain == 7);
	assert_true(parse_u64("0012", UINT64_MAX, &number));
	assert_true(number == 12);
	assert_true(parse_hex("0x00aF", UINT64_MAX, &number));
	assert_true(number == 0xaf);
}

static void numbers_fit_or_are_none(void **state)
{
	uint64_t number;
	int integer;
	unsigned int plain;

	(void)state;
	assert_true(parse_int("2147483647", &integer));
	assert_int_equal(integer, INT_MAX);
	assert_false(parse_int("2147483648", &integer));
	assert_false(parse_int("4294967312", &integer));
	assert_true(parse_uint("4294967295", &plain));
	assert_false(parse_uint("4294967296", &plain));
	assert_true(parse_u64("18446744073709551615", UINT64_MAX, &number));
	assert_true(number == UINT64_MAX);
	assert_false(parse_u64("18446744073709551616", UINT64_MAX, &number));
	assert_false(parse_u64("101", 100, &number));
	assert_true(parse_hex("0xffffffffffffffff", UINT64_MAX, &number));
	assert_true(number == UINT64_MAX);
	assert_false(parse_hex("0x10000000000000000", UINT64_MAX, &number));
	assert_false(parse_hex("0x100000000", UINT32_MAX, &number));
}

static void parts_are_taken_in_order(void **state)
{
	const char *at = "mode 0660, x";
	unsigned int mode, other;

	(void)state;
	assert_false(take_text(&at, "modem"));
	assert_true(take_text(&at, "mode "));
	assert_true(take_uint(&at, 8, &mode));
	assert_int_equal(mode, 0660);
	assert_false(take_uint(&at, 10, &other));
	assert_string_equal(at, ", x");
	at = "0690";
	assert_false(take_uint(&at, 8, &mode));
	assert_string_equal(at, "0690");
}

static void a_sign_alone_is_a_word(void **state)
{
	(void)state;
	assert_true(looks_like_number("1x"));
	assert_true(looks_like_number("-1"));
	assert_true(looks_like_number("+1"));
	assert_false(looks_like_number("-"));
	assert_false(looks_like_number("x1"));
	assert_false(looks_like_number(""));
}

static void releases(void **state)
{
	(void)state;
	assert_int_equal(kernel_release_parse("6.12.1-amd64"),
			 KERNEL_RELEASE(6, 12));
	assert_int_equal(kernel_release_parse("7.1-rc3"), KERNEL_RELEASE(7, 1));
	assert_int_equal(kernel_release_parse("6"), 0);
	assert_int_equal(program_version_parse("7.2.10_Debian r173250"),
			 PROGRAM_VERSION(7, 2, 10));
	assert_int_equal(program_version_parse("6.1.0"),
			 PROGRAM_VERSION(6, 1, 0));
	assert_int_equal(program_version_parse("7.2"), 0);
	assert_int_equal(program_version_parse("7.2.r1"), 0);
	assert_int_equal(program_version_parse("7.2.1234"), 0);
	assert_int_equal(program_version_parse(""), 0);
	assert_int_equal(kernel_release_parse("6.x"), 0);
	assert_int_equal(kernel_release_parse("6.1234"), 0);
	assert_int_equal(kernel_release_parse(" 6.1"), 0);
	assert_int_equal(kernel_release_parse("-6.1"), 0);
	assert_int_equal(kernel_release_parse(""), 0);
}

static void errors(void **state)
{
	(void)state;
	assert_int_equal(errname_parse("errno 524"), 524);
	assert_int_equal(errname_parse("errno 5x"), -1);
	assert_int_equal(errname_parse("errno -5"), -1);
	assert_int_equal(errname_parse("errno 0"), -1);
	assert_int_equal(errname_parse("errno 4294967301"), -1);
	assert_int_equal(errname_parse("ok"), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_numbers_only),
		cmocka_unit_test(numbers_fit_or_are_none),
		cmocka_unit_test(parts_are_taken_in_order),
		cmocka_unit_test(a_sign_alone_is_a_word),
		cmocka_unit_test(releases),
		cmocka_unit_test(errors),
	};

	return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
