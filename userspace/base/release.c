// SPDX-License-Identifier: GPL-2.0-only
#include "base/release.h"

#include "base/number.h"

#define MAX_PART 999

int kernel_release_parse(const char *release)
{
	uint64_t major, minor;

	if (!take_number(&release, 10, MAX_PART, &major) ||
	    !take_text(&release, ".") ||
	    !take_number(&release, 10, MAX_PART, &minor))
		return 0;
	return KERNEL_RELEASE((int)major, (int)minor);
}
