/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tools of Xen's control domain print of it. */
#ifndef VIRTINFO_INPUT_SHELL_XEN_H
#define VIRTINFO_INPUT_SHELL_XEN_H

#include "input/span.h"

/*
 * Does the line list the kinds of guests that Xen can make? "xen_caps" of xl
 * info, "capabilities" of xe host-param-list.
 */
bool shell_xen_kinds(const char *at, const char *end, struct span *kinds);

#endif
