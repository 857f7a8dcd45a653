/* SPDX-License-Identifier: GPL-2.0-only */
/* virtinfo check --for. */
#ifndef VIRTINFO_REPORT_CHECK_H
#define VIRTINFO_REPORT_CHECK_H

#include <stdbool.h>

#include "options.h"
#include "output/out.h"

/*
 * What needs no machine: --for list, and a profile that there is not. True
 * where *status answers it already.
 */
bool report_check_early(struct out *out, const struct options *options,
			int *status);

/* --for list. Returns the exit status. */
int report_profiles(struct out *out, const struct options *options);

#endif
