/* SPDX-License-Identifier: GPL-2.0-only */
/* Text as Windows writes it: what PowerShell's > makes of a dump. */
#ifndef VIRTINFO_INPUT_UTF16_H
#define VIRTINFO_INPUT_UTF16_H

#include "input/buffer.h"

enum utf16_order {
	UTF16_NOT, /* it is no UTF-16 */
	UTF16_LITTLE,
	UTF16_BIG,
};

/*
 * By the byte order mark; without one, by where the zero bytes of the first
 * characters are, which are ASCII in all that is read here.
 */
enum utf16_order utf16_order_of(const char *data, size_t length);

/*
 * As UTF-8, without the mark; a character above U+FFFF becomes "??". Returns
 * 0, or an errno with *text empty: ENOMEM; EILSEQ where the last character is
 * cut in half; EFBIG where it would be longer than INPUT_MAX.
 */
int utf16_decode(struct buffer *text, enum utf16_order order, const char *data,
		 size_t length);

#endif
