/* SPDX-License-Identifier: GPL-2.0-only */
/* Lists of words in one string. */
#ifndef VIRTINFO_BASE_LIST_H
#define VIRTINFO_BASE_LIST_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Take the next word off a list that separator separates: writes it to out
 * (size bytes) and moves *list behind it. Returns false at the end.
 */
bool list_next(const char **list, char separator, char *out, size_t size);

#endif
