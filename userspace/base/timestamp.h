/* SPDX-License-Identifier: GPL-2.0-only */
/* Moments as text: 2026-11-22T16:55:27Z (RFC 3339, in UTC). */
#ifndef VIRTINFO_BASE_TIMESTAMP_H
#define VIRTINFO_BASE_TIMESTAMP_H

#include <stdbool.h>
#include <stdint.h>

#define TIMESTAMP_SIZE 32

/* seconds since 1970. Returns text, "" for a year that has not four digits. */
char *timestamp_format(char text[TIMESTAMP_SIZE], int64_t seconds);

/* The way back: true, with *seconds set, if the whole text is such a moment. */
bool timestamp_parse(const char *text, int64_t *seconds);

#endif
