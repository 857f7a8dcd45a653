/* SPDX-License-Identifier: GPL-2.0-only */
/* Bytes that are put one behind the other and taken in the same order. */
#ifndef VIRTINFO_FLEET_BYTES_H
#define VIRTINFO_FLEET_BYTES_H

#include <stdbool.h>
#include <stddef.h>

/* Begins as { .data = NULL }; free() data. */
struct bytes {
	char *data;
	size_t length;
	size_t capacity;
	bool failed; /* there was no memory for one of them */
};

void bytes_put(struct bytes *bytes, const void *data, size_t size);

#define BYTES_PUT(bytes, value) bytes_put((bytes), &(value), sizeof(value))

/* Moves *at behind what it copies. */
void bytes_take(const char **at, void *data, size_t size);

#define BYTES_TAKE(at, value) bytes_take((at), &(value), sizeof(value))

#endif
