// SPDX-License-Identifier: GPL-2.0-only
#include "input/scan.h"

#define NO     0xff
#define NO_ROW NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO
#define AF_ROW NO, 10, 11, 12, 13, 14, 15, NO, NO, NO, NO, NO, NO, NO, NO, NO

/* clang-format off */
const unsigned char scan_digit[256] = {
	NO_ROW, NO_ROW, NO_ROW,
	0, 1, 2, 3, 4, 5, 6, 7, 8, 9, NO, NO, NO, NO, NO, NO,
	AF_ROW, NO_ROW, AF_ROW, NO_ROW,
	NO_ROW, NO_ROW, NO_ROW, NO_ROW, NO_ROW, NO_ROW, NO_ROW, NO_ROW,
};
/* clang-format on */

bool lines_next_range(struct lines *lines)
{
	while (lines->nr_more && lines->next == lines->end) {
		lines->next = lines->more->begin;
		lines->end = lines->more->end;
		lines->number = lines->more->before;
		lines->more++;
		lines->nr_more--;
	}
	return lines->next != lines->end;
}

const char *scan_decimal(const char *at, const char *end, u32 max, u32 *value)
{
	const char *start = at;
	u64 number = 0;

	for (; at < end && *at >= '0' && *at <= '9'; at++)
		if (number < max)
			number = 10 * number + (u64)(*at - '0');
	*value = number < max ? (u32)number : max;
	return at == start ? NULL : at;
}
