/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines that a mail program or a terminal broke in two. */
#ifndef VIRTINFO_INPUT_REJOIN_H
#define VIRTINFO_INPUT_REJOIN_H

#include "input/buffer.h"

/*
 * The text with such lines in one, which as many empty lines are behind as it
 * had more. *text is empty where there are none; its data may be NULL. Returns
 * 0 or ENOMEM.
 */
int rejoin_lines(struct buffer *text, const char *data, size_t length);

#endif
