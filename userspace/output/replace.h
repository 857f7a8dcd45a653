/* SPDX-License-Identifier: GPL-2.0-only */
/* A file that others read while it is written anew. */
#ifndef VIRTINFO_OUTPUT_REPLACE_H
#define VIRTINFO_OUTPUT_REPLACE_H

#include <stddef.h>
#include <sys/types.h>

/*
 * Put the length bytes at data into the file, in place of what it had. They are
 * written beside it, into a file whose name begins with a dot and ends with
 * neither the name nor its suffix, which is then renamed: a reader sees the old
 * file or the new one, whole. Only a regular file is replaced.
 * Returns NULL, or in words why not; then nothing has changed.
 */
const char *replace_file(const char *path, mode_t mode, const char *data,
			 size_t length);

#endif
