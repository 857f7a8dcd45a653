/* SPDX-License-Identifier: GPL-2.0-only */
/* Text in an array that grows by parts. */
#ifndef VIRTINFO_BASE_APPEND_H
#define VIRTINFO_BASE_APPEND_H

#include <stddef.h>

/*
 * Append to the text in an array of that size, as far as it fits, with the
 * separator before it where there is some text already.
 */
void append_text(char *text, size_t size, const char *separator,
		 const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The same of a whole word; nothing where it does not fit. */
void append_word(char *text, size_t size, const char *separator,
		 const char *word);

#endif
