// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

#include "fake.h"

kunit_test_suites(&vi_gates_suite, &vi_faults_suite, &vi_groups_suite,
		  &vi_refresh_suite, &vi_text_suite);

MODULE_DESCRIPTION("KUnit tests of virtinfo");
MODULE_LICENSE("GPL");
