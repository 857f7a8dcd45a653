// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

#include "fake.h"

static char *only;
module_param(only, charp, 0);
MODULE_PARM_DESC(only, "run the suite virtinfo-NAME alone");

static struct kunit_suite *const suites[] = {
	&vi_gates_suite,   &vi_faults_suite, &vi_groups_suite,
	&vi_refresh_suite, &vi_text_suite,
};

/* KUnit runs the suites of a module after its init. */
static int __init choose(void)
{
	static struct kunit_case none[1];
	unsigned int i;

	for (i = 0; only && i < ARRAY_SIZE(suites); i++)
		if (strcmp(suites[i]->name + strlen("virtinfo-"), only))
			suites[i]->test_cases = none;
	return 0;
}
module_init(choose);

/* A module that has an init and no exit cannot be unloaded. */
static void __exit leave(void)
{
}
module_exit(leave);

kunit_test_suites(&vi_gates_suite, &vi_faults_suite, &vi_groups_suite,
		  &vi_refresh_suite, &vi_text_suite);

MODULE_DESCRIPTION("KUnit tests of virtinfo");
MODULE_LICENSE("GPL");
