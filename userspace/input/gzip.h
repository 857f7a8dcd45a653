/* SPDX-License-Identifier: GPL-2.0-only */
/* Captures as guests, logs and people send them: compressed by gzip. */
#ifndef VIRTINFO_INPUT_GZIP_H
#define VIRTINFO_INPUT_GZIP_H

#include <stdbool.h>

#include "input/buffer.h"

/* Does it begin as RFC 1952 says? */
bool gzip_is(const char *data, size_t length);

/*
 * What gzip -dc would print. Returns 0, or an errno with *text empty: ENOMEM;
 * ENODATA where the data ends too early; EBADMSG where it is damaged; EFBIG
 * where the text would be longer than INPUT_MAX, however short the data.
 */
int gzip_decode(struct buffer *text, const char *data, size_t length);

#endif
