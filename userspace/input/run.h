/* SPDX-License-Identifier: GPL-2.0-only */
/* Running another program for one line of what it prints. */
#ifndef VIRTINFO_INPUT_RUN_H
#define VIRTINFO_INPUT_RUN_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Run the program at @path with one argument, nothing on its standard input
 * and no environment but PATH and LC_ALL=C, for the first line that it prints
 * on standard output, cut where it does not fit. The program and what it
 * started in its process group are killed when the line is there, or after
 * @timeout_ms. Returns false where there is no such line.
 */
bool run_for_line(const char *path, const char *argument,
		  unsigned int timeout_ms, char *line, size_t size);

#endif
