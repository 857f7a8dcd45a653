/* SPDX-License-Identifier: GPL-2.0-only */
/* Text as Windows writes it: what PowerShell's > makes of a dump. */
#ifndef VIRTINFO_INPUT_UTF16_H
#define VIRTINFO_INPUT_UTF16_H

#include <stdbool.h>

#include "input/buffer.h"

/* Does it begin with the byte order mark of UTF-16, of either order? */
bool utf16_is(const char *data, size_t length);

/*
 * As UTF-8, without the mark; a character above U+FFFF becomes "??". Returns
 * 0, or an errno with *text empty: ENOMEM; EILSEQ where the last character is
 * cut in half; EFBIG where it would be longer than INPUT_MAX.
 */
int utf16_decode(struct buffer *text, const char *data, size_t length);

#endif
