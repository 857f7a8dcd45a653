// SPDX-License-Identifier: GPL-2.0-only
#include "base/release.h"

#include <string.h>

#include "base/number.h"
#include "types.h"

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

int program_version_parse(const char *version)
{
	uint64_t part[3];

	for (size_t i = 0; i < ARRAY_SIZE(part); i++) {
		char text[sizeof("999")] = "";
		size_t digits;

		if (i && !take_text(&version, "."))
			return 0;
		digits = strspn(version, "0123456789");
		if (!digits || digits >= sizeof(text))
			return 0;
		memcpy(text, version, digits);
		if (!parse_u64(text, MAX_PART, &part[i]))
			return 0;
		version += digits;
	}
	return PROGRAM_VERSION((int)part[0], (int)part[1], (int)part[2]);
}
