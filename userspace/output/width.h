/* SPDX-License-Identifier: GPL-2.0-only */
/* How many columns of a terminal a text takes. */
#ifndef VIRTINFO_OUTPUT_WIDTH_H
#define VIRTINFO_OUTPUT_WIDTH_H

#include <stddef.h>

/*
 * The columns of the first bytes of text by wcwidth(): 2 for a wide character,
 * 0 for one that combines with the one before. A byte that is no character of
 * the locale takes one, but for the continuation bytes of UTF-8.
 */
int text_columns(const char *text, size_t bytes);

/*
 * A copy in which the bytes that are no character of the locale, all but ASCII
 * where it is C, stand as \xNN: libraries that count columns take no others.
 * NULL without memory. free() it.
 */
char *text_in_locale(const char *text);

#endif
