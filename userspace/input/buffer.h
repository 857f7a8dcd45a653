/* SPDX-License-Identifier: GPL-2.0-only */
/* A whole input in memory. */
#ifndef VIRTINFO_INPUT_BUFFER_H
#define VIRTINFO_INPUT_BUFFER_H

#include <stddef.h>

/*
 * The most that is read: a dump of the largest machine is a few MiB, a log of
 * months 100 MB, and a file given by mistake may be of any size. It is a copy,
 * no mapping: a log may be truncated while it is read, and then a page of a
 * mapping that is gone ends the program (SIGBUS, mmap(2)).
 */
#define INPUT_MAX (256UL << 20)

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
