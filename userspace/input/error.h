/* SPDX-License-Identifier: GPL-2.0-only */
/* Errors of an input, as one line that is safe to print. */
#ifndef VIRTINFO_INPUT_ERROR_H
#define VIRTINFO_INPUT_ERROR_H

#include <stddef.h>

#include "input/input.h"

/*
 * Fill *error with "NAME:LINE: what", or "NAME: what" where line is 0.
 * Always returns -1.
 */
int input_error(struct input_error *error, enum exit_status status,
		const char *name, unsigned long line, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* Always returns -1. */
int input_no_memory(struct input_error *error, const char *name);

#define INPUT_QUOTED	 32
#define INPUT_QUOTE_SIZE (4 * INPUT_QUOTED + 4)

/* The first bytes of a text for a message, made safe. Returns out. */
const char *input_quote(char out[INPUT_QUOTE_SIZE], const char *text,
			size_t length);

#endif
