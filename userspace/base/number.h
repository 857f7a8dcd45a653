/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Numbers in text, exactly: digits alone, no sign, no blank, none that does
 * not fit. What is not such a number is refused, never cut or wrapped.
 */
#ifndef VIRTINFO_BASE_NUMBER_H
#define VIRTINFO_BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* Each is true, with *number set, if the whole text is a number up to @max. */
bool parse_u64(const char *text, uint64_t max, uint64_t *number);
/* 0 to INT_MAX. */
bool parse_int(const char *text, int *number);
/* 0 to UINT_MAX. */
bool parse_uint(const char *text, unsigned int *number);
/* "0x" and digits. */
bool parse_hex(const char *text, uint64_t max, uint64_t *number);

/*
 * For values of several parts: each moves *at behind what it took and returns
 * true, or returns false and leaves *at.
 */
bool take_text(const char **at, const char *text);
/* Of base 8, 10 or 16 (without "0x"), up to max; no letter or digit follows. */
bool take_number(const char **at, int base, uint64_t max, uint64_t *number);
bool take_uint(const char **at, int base, unsigned int *number);

/* Does the text begin as a number does, which may have a sign? */
bool looks_like_number(const char *text);

#endif
