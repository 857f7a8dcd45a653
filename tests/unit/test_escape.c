// SPDX-License-Identifier: GPL-2.0-only
/* Untrusted text in the forms that engines read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "output/escape.h"

static void prometheus(const char *text, const char *expected)
{
	char *said = NULL;
	size_t length;
	FILE *file = open_memstream(&said, &length);

	assert_non_null(file);
	assert_int_equal(escape_prometheus(file, text), 0);
	assert_int_equal(fclose(file), 0);
	assert_string_equal(said, expected);
	free(said);
}

static void labels_of_prometheus(void **state)
{
	(void)state;
	prometheus("", "");
	prometheus("Intel(R) Xeon(R) {a=b}", "Intel(R) Xeon(R) {a=b}");
	prometheus("a\"} 1", "a\\\"} 1");
	prometheus("\\", "\\\\");
	prometheus("a\nvirtinfo_ready 1\n", "a\\\\x0avirtinfo_ready 1\\\\x0a");
	prometheus("\x1b[0m\r", "\\\\x1b[0m\\\\x0d");
	prometheus("\xff\xc3", "\\\\xff\\\\xc3");
	prometheus("\xc3\xa9", "\xc3\xa9");
}

static void values_of_kubernetes(void **state)
{
	char out[KUBERNETES_SIZE];
	char long_text[200];

	(void)state;
	assert_string_equal(escape_kubernetes(out, "vmx"), "vmx");
	assert_string_equal(escape_kubernetes(out, "Microsoft Hyper-V"),
			    "Microsoft-Hyper-V");
	assert_string_equal(escape_kubernetes(out, "a_b.c"), "a_b.c");
	assert_string_equal(escape_kubernetes(out, "..a=b\n# +x="), "a-b-x");
	assert_string_equal(escape_kubernetes(out, "\xc3\xa9t\xc3\xa9"), "t");
	assert_string_equal(escape_kubernetes(out, ""), "");
	assert_string_equal(escape_kubernetes(out, "\n-._/"), "");
	memset(long_text, 'x', sizeof(long_text));
	long_text[sizeof(long_text) - 1] = '\0';
	assert_int_equal(strlen(escape_kubernetes(out, long_text)), 63);
	long_text[62] = '.';
	assert_int_equal(strlen(escape_kubernetes(out, long_text)), 62);
}

static void traits(void **state)
{
	char out[TRAIT_SIZE];
	char long_text[400];

	(void)state;
	assert_string_equal(escape_trait(out, "virtinfo_ready"),
			    "CUSTOM_VIRTINFO_READY");
	assert_string_equal(escape_trait(out, "a.b-9\n- X"),
			    "CUSTOM_A_B_9___X");
	memset(long_text, 'x', sizeof(long_text));
	long_text[sizeof(long_text) - 1] = '\0';
	assert_int_equal(strlen(escape_trait(out, long_text)), 255);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_of_prometheus),
		cmocka_unit_test(values_of_kubernetes),
		cmocka_unit_test(traits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
