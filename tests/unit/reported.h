/* SPDX-License-Identifier: GPL-2.0-only */
/* What a command prints, in memory. */
#ifndef VIRTINFO_TESTS_UNIT_REPORTED_H
#define VIRTINFO_TESTS_UNIT_REPORTED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "report/report.h"

typedef int reporter(struct out *out, struct host *const *hosts,
		     const struct options *options);

/* A file of 80 columns. */
static const struct out plain_out = { .width = 80 };

/*
 * The status of a report about hosts, NULL behind the last; its text, to be
 * freed, goes to *text.
 */
static inline int reported(char **text, reporter *report, struct out out,
			   struct host *const *hosts,
			   const struct options *options)
{
	size_t size;
	int status;

	*text = NULL;
	out.file = open_memstream(text, &size);
	assert_non_null(out.file);
	status = report(&out, hosts, options);
	assert_int_equal(fclose(out.file), 0);
	return status;
}

#endif
