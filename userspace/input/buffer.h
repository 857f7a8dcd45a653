/* SPDX-License-Identifier: GPL-2.0-only */
/* A whole input in memory. */
#ifndef VIRTINFO_INPUT_BUFFER_H
#define VIRTINFO_INPUT_BUFFER_H

#include <stddef.h>

/*
 * The most that is read: a dump of the largest machine is a few MiB, and a
 * file given by mistake may be of any size.
 */
#define INPUT_MAX (64UL << 20)

struct buffer {
	char *data; /* free() it */
	size_t length;
};

/*
 * Read a file to its end. Returns 0, or an errno; EFBIG where it is longer
 * than INPUT_MAX. *buffer is empty then.
 */
int buffer_read_fd(struct buffer *buffer, int fd);
int buffer_read(struct buffer *buffer, const char *path);

/*
 * Allocate for at least one byte behind what buffer holds, INPUT_MAX + 1 in all
 * at most; *capacity is the size of what is allocated, 0 at first. Returns 0 or
 * ENOMEM.
 */
int buffer_reserve(struct buffer *buffer, size_t *capacity);

#endif
