// SPDX-License-Identifier: GPL-2.0-only
#include "base/list.h"

#include <stdio.h>
#include <string.h>

bool list_next(const char **list, char separator, char *out, size_t size)
{
	const char *end = strchrnul(*list, separator);

	if (!**list)
		return false;
	snprintf(out, size, "%.*s", (int)(end - *list), *list);
	*list = *end ? end + 1 : end;
	return true;
}
