// SPDX-License-Identifier: GPL-2.0-only
#include "base/number.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

bool take_text(const char **at, const char *text)
{
	size_t length = strlen(text);

	if (strncmp(*at, text, length))
		return false;
	*at += length;
	return true;
}

bool take_number(const char **at, int base, uint64_t max, uint64_t *number)
{
	unsigned long long value;
	char *end;

	/* strtoull() takes blanks, signs and a prefix that nobody may write. */
	if (!isxdigit((unsigned char)**at) ||
	    (base == 16 && (*at)[0] == '0' && tolower((*at)[1]) == 'x'))
		return false;
	errno = 0;
	value = strtoull(*at, &end, base);
	if (errno || end == *at || value > max || isalnum((unsigned char)*end))
		return false;
	*at = end;
	*number = value;
	return true;
}

bool take_uint(const char **at, int base, unsigned int *number)
{
	uint64_t value;

	if (!take_number(at, base, UINT_MAX, &value))
		return false;
	*number = (unsigned int)value;
	return true;
}

bool parse_u64(const char *text, uint64_t max, uint64_t *number)
{
	uint64_t value;

	if (!take_number(&text, 10, max, &value) || *text)
		return false;
	*number = value;
	return true;
}

bool parse_int(const char *text, int *number)
{
	uint64_t value;

	if (!parse_u64(text, INT_MAX, &value))
		return false;
	*number = (int)value;
	return true;
}

bool parse_uint(const char *text, unsigned int *number)
{
	uint64_t value;

	if (!parse_u64(text, UINT_MAX, &value))
		return false;
	*number = (unsigned int)value;
	return true;
}

bool parse_hex(const char *text, uint64_t max, uint64_t *number)
{
	uint64_t value;

	if (!take_text(&text, "0x") || !take_number(&text, 16, max, &value) ||
	    *text)
		return false;
	*number = value;
	return true;
}

bool looks_like_number(const char *text)
{
	if (*text == '-' || *text == '+')
		text++;
	return isdigit((unsigned char)*text);
}
