/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The patterns of tables/kernel_log.def and tables/messages.def. A blank is any
 * number of them, %d decimal digits, %x hexadecimal ones with or without 0x,
 * %p the same, an address; %s at least one byte, up to the two that are next
 * in the pattern; %* the rest, which may be empty.
 */
#ifndef VIRTINFO_BASE_PATTERN_H
#define VIRTINFO_BASE_PATTERN_H

#include <stddef.h>

/* A longer line is cut: no message is as long. */
#define PATTERN_KEPT 256

/* What is kept of a line: it fits or is cut. */
struct pattern_copy {
	char text[PATTERN_KEPT];
	size_t length;
};

/*
 * Match the beginning of length bytes at line, in one pass: what a placeholder
 * takes is never given back. Returns how far the pattern reaches in the line,
 * NULL where it does not fit. *copy becomes what was matched, without its
 * addresses; what it holds where nothing fits is of no use. NULL: none is kept.
 */
const char *pattern_match(const char *pattern, const char *line, size_t length,
			  struct pattern_copy *copy);

#endif
