/* SPDX-License-Identifier: GPL-2.0-only */
/* A paste's characters as the program wrote them that is pasted. */
#ifndef VIRTINFO_INPUT_PLAIN_H
#define VIRTINFO_INPUT_PLAIN_H

#include "input/buffer.h"

/*
 * The text without a terminal's escapes, with blanks, quotes and dashes in
 * ASCII, and without what HTML and Markdown write for single characters. It
 * has as many lines. *text is empty where nothing had to be changed; its data
 * may be NULL. Returns 0 or ENOMEM.
 */
int plain_text(struct buffer *text, const char *data, size_t length);

#endif
