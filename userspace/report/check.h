/* SPDX-License-Identifier: GPL-2.0-only */
/* virtinfo check --for. */
#ifndef VIRTINFO_REPORT_CHECK_H
#define VIRTINFO_REPORT_CHECK_H

#include "options.h"
#include "output/out.h"

/* --for=list. Returns the exit status. */
int check_profiles(struct out *out, const struct options *options);

#endif
