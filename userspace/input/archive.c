// SPDX-License-Identifier: GPL-2.0-only
#include "input/archive.h"

#include <string.h>

#include "types.h"

bool archive_is(const char *data, size_t length)
{
	static const struct {
		const char *bytes;
		size_t length;
		size_t offset;
	} marks[] = {
		{ "ustar", 5, 257 }, /* POSIX, pax Interchange Format */
		{ "\xfd"
		  "7zXZ\0",
		  6, 0 },
		{ "BZh", 3, 0 },
		{ "\x28\xb5\x2f\xfd", 4, 0 }, /* RFC 8878 */
		{ "PK\x03\x04", 4, 0 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(marks); i++)
		if (length >= marks[i].offset + marks[i].length &&
		    !memcmp(data + marks[i].offset, marks[i].bytes,
			    marks[i].length))
			return true;
	return false;
}

bool archive_is_named(const char *name)
{
	static const char *const ends[] = { ".tar", ".tgz", ".txz", ".zip" };
	size_t i, length = strlen(name);

	if (strstr(name, ".tar."))
		return true;
	for (i = 0; i < ARRAY_SIZE(ends); i++)
		if (length > strlen(ends[i]) &&
		    !strcmp(name + length - strlen(ends[i]), ends[i]))
			return true;
	return false;
}
