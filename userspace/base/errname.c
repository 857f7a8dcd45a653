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
} names[] = {
/* clang-format off */
#define NAME(error) {error, #error}
	NAME(EPERM),  NAME(ENOENT),	NAME(EINTR),	 NAME(EIO),
	NAME(ENXIO),  NAME(E2BIG),	NAME(EBADF),	 NAME(EAGAIN),
	NAME(ENOMEM), NAME(EACCES),	NAME(EFAULT),	 NAME(EBUSY),
	NAME(EEXIST), NAME(ENODEV),	NAME(ENOTDIR),	 NAME(EISDIR),
	NAME(EINVAL), NAME(ENFILE),	NAME(EMFILE),	 NAME(ENOTTY),
	NAME(ENOSPC), NAME(EROFS),	NAME(ERANGE),	 NAME(ENOSYS),
	NAME(ELOOP),  NAME(EOPNOTSUPP), NAME(ETIMEDOUT), NAME(ENAMETOOLONG),
	NAME(ENOKEY), NAME(EOVERFLOW),	NAME(EBADMSG),	 NAME(ENOEXEC),
	NAME(EKEYREJECTED),
#undef NAME
	/* clang-format on */
};

const char *errname(int error)
{
	ARRAY_EACH(name, names, ARRAY_SIZE(names))
		if (name->error == error)
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
