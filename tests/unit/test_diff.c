// SPDX-License-Identifier: GPL-2.0-only
/* What virtinfo diff prints of names that are hostile. */
#include <stdlib.h>

#include "group.h"
#include "report/report.h"

static void no_escape_reaches_a_terminal(void **state)
{
	struct host *hosts[] = { host_new(HOST_CAPTURE, "a\x1b[31m"),
				 host_new(HOST_CAPTURE, "b\x1b[31m"), NULL };
	const struct options options = { .command = COMMAND_DIFF };
	struct out out = { .width = 80 };
	char *text = NULL;
	size_t size;

	(void)state;
	out.file = open_memstream(&text, &size);
	assert_non_null(out.file);
	assert_int_equal(facts_add(hosts[0]->facts, "kernel", "6\xc2\x9b"), 0);
	assert_int_equal(report_diff(&out, hosts, &options), 73);
	fclose(out.file);
	assert_non_null(strstr(text, "a\\x1b[31m"));
	assert_null(strchr(text, '\x1b'));
	assert_null(strstr(text, "\xc2\x9b"));
	free(text);
	host_free(hosts[0]);
	host_free(hosts[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_escape_reaches_a_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
