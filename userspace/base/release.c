// SPDX-License-Identifier: GPL-2.0-only
#include "base/release.h"

#include <stdio.h>

int kernel_release_parse(const char *release)
{
	unsigned int major, minor;

	if (sscanf(release, "%3u.%3u", &major, &minor) != 2)
		return 0;
	return KERNEL_RELEASE((int)major, (int)minor);
}
