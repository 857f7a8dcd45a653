// SPDX-License-Identifier: GPL-2.0-only
#include "base/errname.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"
#include "types.h"

static const struct {
	int error;
	const char *name;
	const char *words; /* of glibc: other C libraries have others */
} names[] = {
#define NAME(error, words)                                                     \
	{                                                                      \
		error, #error, words                                           \
	}
	NAME(EPERM, "Operation not permitted"),
	NAME(ENOENT, "No such file or directory"),
	NAME(EINTR, "Interrupted system call"),
	NAME(EIO, "Input/output error"),
	NAME(ENXIO, "No such device or address"),
	NAME(E2BIG, "Argument list too long"),
	NAME(EBADF, "Bad file descriptor"),
	NAME(EAGAIN, "Resource temporarily unavailable"),
	NAME(ENOMEM, "Cannot allocate memory"),
	NAME(EACCES, "Permission denied"),
	NAME(EFAULT, "Bad address"),
	NAME(EBUSY, "Device or resource busy"),
	NAME(EEXIST, "File exists"),
	NAME(ENODEV, "No such device"),
	NAME(ENOTDIR, "Not a directory"),
	NAME(EISDIR, "Is a directory"),
	NAME(EINVAL, "Invalid argument"),
	NAME(ENFILE, "Too many open files in system"),
	NAME(EMFILE, "Too many open files"),
	NAME(ENOTTY, "Inappropriate ioctl for device"),
	NAME(ENOSPC, "No space left on device"),
	NAME(EROFS, "Read-only file system"),
	NAME(ERANGE, "Numerical result out of range"),
	NAME(ENOSYS, "Function not implemented"),
	NAME(ELOOP, "Too many levels of symbolic links"),
	NAME(EOPNOTSUPP, "Operation not supported"),
	NAME(ETIMEDOUT, "Connection timed out"),
	NAME(ENAMETOOLONG, "File name too long"),
	NAME(ENOKEY, "Required key not available"),
	NAME(EOVERFLOW, "Value too large for defined data type"),
	NAME(EBADMSG, "Bad message"),
	NAME(ENOEXEC, "Exec format error"),
	NAME(EKEYREJECTED, "Key was rejected by service"),
#undef NAME
};

const char *errname(int error)
{
	ARRAY_EACH(name, names, ARRAY_SIZE(names))
		if (name->error == error)
			return name->name;
	return NULL;
}

const char *errname_of_words(const char *text, size_t length)
{
	ARRAY_EACH(name, names, ARRAY_SIZE(names))
		if (strlen(name->words) <= length &&
		    !memcmp(name->words, text, strlen(name->words)))
			return name->name;
	return NULL;
}

int errname_parse(const char *text)
{
	int error;

	ARRAY_EACH(name, names, ARRAY_SIZE(names))
		if (!strcmp(name->name, text))
			return name->error;
	if (!take_text(&text, "errno "))
		return 0;
	return parse_int(text, &error) && error ? error : -1;
}

char *errname_format(char text[ERRNAME_SIZE], int error)
{
	const char *name = errname(error);

	if (name)
		snprintf(text, ERRNAME_SIZE, "%s", name);
	else
		snprintf(text, ERRNAME_SIZE, "errno %d", error);
	return text;
}
