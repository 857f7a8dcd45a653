// SPDX-License-Identifier: GPL-2.0-only
#include "input/shell_xen.h"

bool shell_xen_kinds(const char *at, const char *end, struct span *kinds)
{
	const char *colon;

	if (!BEGINS(at, end, "xen_caps") && !BEGINS(at, end, "capabilities ("))
		return false;
	colon = memchr(at, ':', (size_t)(end - at));
	if (!colon)
		return false;
	kinds->at = skip_blanks(colon + 1, end);
	kinds->end = end;
	return BEGINS(kinds->at, end, "xen-");
}
