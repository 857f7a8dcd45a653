/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A folder of its own for tests that need files: enter_folder() and
 * leave_folder() are the group's set-up and tear-down. What a test makes there
 * it takes away.
 */
#ifndef VIRTINFO_TESTS_UNIT_FOLDER_H
#define VIRTINFO_TESTS_UNIT_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/virtinfo-test-XXXXXX";

static inline int enter_folder(void **state)
{
	(void)state;
	return !mkdtemp(folder) || chdir(folder);
}

static inline int leave_folder(void **state)
{
	(void)state;
	return chdir("/") || rmdir(folder);
}

static inline void write_file(const char *name, const char *text)
{
	FILE *file = fopen(name, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

#endif
