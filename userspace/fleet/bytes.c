// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/bytes.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 4096

static int reserve(struct bytes *bytes, size_t size)
{
	size_t larger = bytes->capacity ? bytes->capacity : FIRST_CAPACITY;
	char *data;

	if (bytes->capacity - bytes->length >= size)
		return 0;
	while (larger - bytes->length < size)
		larger *= 2;
	data = realloc(bytes->data, larger);
	if (!data)
		return -1;
	bytes->data = data;
	bytes->capacity = larger;
	return 0;
}

void bytes_put(struct bytes *bytes, const void *data, size_t size)
{
	/* memcpy() takes no NULL, not even of nothing. */
	if (!size)
		return;
	if (bytes->failed || reserve(bytes, size)) {
		bytes->failed = true;
		return;
	}
	memcpy(bytes->data + bytes->length, data, size);
	bytes->length += size;
}

void bytes_take(const char **at, void *data, size_t size)
{
	if (!size)
		return;
	memcpy(data, *at, size);
	*at += size;
}
