// SPDX-License-Identifier: GPL-2.0-only
#include "input/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_CAPACITY (64UL << 10)

/*
 * One byte more than the file has, so that its end is seen without another
 * allocation. Files of /proc have size 0, pipes have none. 0 is too large.
 */
static size_t first_capacity(int fd)
{
	struct stat status;

	if (fstat(fd, &status) || !S_ISREG(status.st_mode) ||
	    status.st_size <= 0)
		return FIRST_CAPACITY;
	if ((unsigned long long)status.st_size > INPUT_MAX)
		return 0;
	return (size_t)status.st_size + 1;
}

int buffer_reserve(struct buffer *buffer, size_t *capacity)
{
	size_t larger = *capacity ? 2 * *capacity : FIRST_CAPACITY;
	char *data;

	if (buffer->length < *capacity)
		return 0;
	if (larger > INPUT_MAX + 1)
		larger = INPUT_MAX + 1;
	data = realloc(buffer->data, larger);
	if (!data)
		return ENOMEM;
	buffer->data = data;
	*capacity = larger;
	return 0;
}

static int read_all(struct buffer *buffer, int fd)
{
	size_t capacity = first_capacity(fd);
	ssize_t got;

	if (!capacity)
		return EFBIG;
	buffer->data = malloc(capacity);
	if (!buffer->data)
		return ENOMEM;
	for (;;) {
		got = read(fd, buffer->data + buffer->length,
			   capacity - buffer->length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return errno;
		if (!got)
			return 0;
		buffer->length += (size_t)got;
		if (buffer->length > INPUT_MAX)
			return EFBIG;
		if (buffer_reserve(buffer, &capacity))
			return ENOMEM;
	}
}

int buffer_read_fd(struct buffer *buffer, int fd)
{
	int error;

	*buffer = (struct buffer){ 0 };
	error = read_all(buffer, fd);
	if (error) {
		free(buffer->data);
		*buffer = (struct buffer){ 0 };
	}
	return error;
}

int buffer_read(struct buffer *buffer, const char *path)
{
	int fd, error;

	*buffer = (struct buffer){ 0 };
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return errno;
	error = buffer_read_fd(buffer, fd);
	close(fd);
	return error;
}
