// SPDX-License-Identifier: GPL-2.0-only
#include "output/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *cannot_be_replaced(const char *path)
{
	struct stat status;

	/* A link or a device would be gone, and who reads through it misled. */
	if (!lstat(path, &status))
		return S_ISREG(status.st_mode) ? NULL : "not a regular file";
	return errno == ENOENT ? NULL : strerror(errno);
}

/* "DIR/.NAME.XXXXXX"; NULL without memory. free() it. */
static char *name_beside(const char *path)
{
	const char *slash = strrchr(path, '/');
	int folder = slash ? (int)(slash + 1 - path) : 0;
	char *beside;

	return asprintf(&beside, "%.*s.%s.XXXXXX", folder, path,
			path + folder) < 0 ?
		       NULL :
		       beside;
}

static int write_all(int fd, const char *data, size_t length)
{
	while (length) {
		ssize_t written = write(fd, data, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -1;
		data += written;
		length -= (size_t)written;
	}
	return 0;
}

/* Closes fd. */
static int fill(int fd, mode_t mode, const char *data, size_t length)
{
	/* On the disk before its name is: else it may be empty after a crash. */
	int error =
		write_all(fd, data, length) || fchmod(fd, mode) || fsync(fd) ?
			errno :
			0;

	if (close(fd) && !error)
		error = errno;
	errno = error;
	return error ? -1 : 0;
}

const char *replace_file(const char *path, mode_t mode, const char *data,
			 size_t length)
{
	const char *why = cannot_be_replaced(path);
	char *beside;
	int fd;

	if (why)
		return why;
	beside = name_beside(path);
	if (!beside)
		return strerror(ENOMEM);
	fd = mkostemp(beside, O_CLOEXEC);
	if (fd < 0) {
		why = strerror(errno);
	} else if (fill(fd, mode, data, length) || rename(beside, path)) {
		why = strerror(errno);
		unlink(beside);
	}
	free(beside);
	return why;
}
