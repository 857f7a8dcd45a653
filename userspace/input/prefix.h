/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is in front of each line of a paste, from grep, cat -n, a continuous
 * integration's log, syslog, or the list or table that somebody made of it.
 */
#ifndef VIRTINFO_INPUT_PREFIX_H
#define VIRTINFO_INPUT_PREFIX_H

#include <stdbool.h>

#include "input/buffer.h"

/*
 * Overwrite it with blanks, in lines one after the other that have the same,
 * where forms have more of them without it; values: a line that is a number is
 * of rdmsr. Does so in *text, or where that is empty in a copy of the data that
 * *text becomes. Returns 0 or ENOMEM.
 */
int prefix_remove(struct buffer *text, const char *data, size_t length,
		  bool values);

#endif
