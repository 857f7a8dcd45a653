// SPDX-License-Identifier: GPL-2.0-only
/* Untrusted text made safe: what a terminal obeys, and what a reader cannot see. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/safe.h"
#include "types.h"

static void safe(const char *text, const char *expected)
{
	char *out = safe_string(text);

	assert_non_null(out);
	assert_string_equal(out, expected);
	free(out);
}

static void text_stays(void **state)
{
	(void)state;
	safe("", "");
	safe("Intel(R) Xeon(R) \"{'\\`$", "Intel(R) Xeon(R) \"{'\\`$");
	safe("\xc3\xa9 \xe6\xbc\xa2 \xf0\x9f\x98\x80",
	     "\xc3\xa9 \xe6\xbc\xa2 \xf0\x9f\x98\x80");
	/* Letters of scripts that are written from right to left are letters. */
	safe("\xd7\xa9\xd9\x85", "\xd7\xa9\xd9\x85");
}

static void every_control_byte_is_written_out(void **state)
{
	char text[2] = { 0 }, expected[5];
	int byte;

	(void)state;
	for (byte = 1; byte < 0x20; byte++) {
		text[0] = (char)byte;
		snprintf(expected, sizeof(expected), "\\x%02x", byte);
		safe(text, expected);
	}
	safe("\x7f", "\\x7f");
	for (byte = 0x80; byte < 0xa0; byte++) {
		char c1[3] = { '\xc2', (char)byte, '\0' }, both[9];

		snprintf(both, sizeof(both), "\\xc2\\x%02x", byte);
		safe(c1, both);
	}
}

/* Unicode's property Bidi_Control (PropList.txt), all twelve. */
static void no_mark_turns_text_around(void **state)
{
	static const char *const marks[] = {
		"\xd8\x9c",	"\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x80\xaa",
		"\xe2\x80\xab", "\xe2\x80\xac", "\xe2\x80\xad", "\xe2\x80\xae",
		"\xe2\x81\xa6", "\xe2\x81\xa7", "\xe2\x81\xa8", "\xe2\x81\xa9",
	};
	char *out;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(marks); i++) {
		out = safe_string(marks[i]);
		assert_non_null(out);
		if (*out != '\\')
			fail_msg("mark %zu is left as it is", i);
		free(out);
	}
}

static void damaged_sequences(void **state)
{
	(void)state;
	safe("\xff\xfe", "\\xff\\xfe");
	safe("\xc0\x80", "\\xc0\\x80");			  /* NUL, too long */
	safe("\xed\xa0\x80", "\\xed\\xa0\\x80");	  /* a surrogate */
	safe("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"); /* above 10FFFF */
	safe("a\xe6\xbc", "a\\xe6\\xbc");
}

static void long_text_is_cut_between_characters(void **state)
{
	char text[301], out[100];

	(void)state;
	memset(text, '\x1b', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	safe_bytes(out, sizeof(out), text, 300);
	assert_int_equal(strlen(out), 96);
	memset(text, 'x', 300);
	safe_bytes(out, sizeof(out), text, 300);
	assert_int_equal(strlen(out), 99);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_stays),
		cmocka_unit_test(every_control_byte_is_written_out),
		cmocka_unit_test(no_mark_turns_text_around),
		cmocka_unit_test(damaged_sequences),
		cmocka_unit_test(long_text_is_cut_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
