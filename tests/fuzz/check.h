/* SPDX-License-Identifier: GPL-2.0-only */
/* What must hold whatever the bytes of an input are. */
#ifndef VIRTINFO_TESTS_FUZZ_CHECK_H
#define VIRTINFO_TESTS_FUZZ_CHECK_H

#include <stdint.h>

#include "input/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Abort with the condition's text where it does not hold. */
#define MUST(condition) must((condition), #condition, __func__)
void must(bool holds, const char *condition, const char *function);

/* A string may go to a terminal as it is: printable UTF-8, one line. */
void check_safe(const char *text);

/*
 * Either host is sound, decodes, and reads back equal from the text that it
 * is written as, or error is one safe line. Frees host.
 */
void check_input(struct host *host, const struct input_error *error);

/*
 * Give an input to parse(); where FUZZ_CUT is set, also what is left of it when
 * it is cut behind each of its bytes. Behind the last byte is no memory of ours.
 */
void check_cut(const uint8_t *data, size_t size,
	       void (*parse)(const char *data, size_t size));

#endif
