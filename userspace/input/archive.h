/* SPDX-License-Identifier: GPL-2.0-only */
/* Archives, which are not read: the message says to unpack them. */
#ifndef VIRTINFO_INPUT_ARCHIVE_H
#define VIRTINFO_INPUT_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>

/* Are these bytes a tar archive, or a zip, or compressed by xz, bzip2 or zstd? */
bool archive_is(const char *data, size_t length);

/* The same by the name, of a file that is too large to be read. */
bool archive_is_named(const char *name);

#endif
