/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's command line: the words that decide about virtualization. */
#ifndef VIRTINFO_INPUT_COMMAND_LINE_H
#define VIRTINFO_INPUT_COMMAND_LINE_H

#include <stddef.h>

/*
 * Keep those words of length bytes at text in out (size bytes, terminated):
 * others name disks and people. Returns how many words there are.
 */
size_t command_line_words(char *out, size_t size, const char *text,
			  size_t length);

#endif
