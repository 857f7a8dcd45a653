/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text that comes from hardware, a hypervisor or a file is untrusted: what is
 * not printable UTF-8 (control bytes of C0 and C1, DEL, malformed sequences)
 * becomes \xNN, so that it can neither move a terminal's cursor nor break a
 * JSON document.
 */
#ifndef VIRTINFO_BASE_SAFE_H
#define VIRTINFO_BASE_SAFE_H

#include <stddef.h>

/* A byte becomes at most four characters. */
#define SAFE_SIZE(bytes) (4 * (bytes) + 1)

/*
 * Write a safe copy of the length bytes at text to out (size bytes, always
 * terminated). Returns out.
 */
char *safe_bytes(char *out, size_t size, const void *text, size_t length);

/* The same of a string, in new memory; NULL when there is none. free() it. */
char *safe_string(const char *text);

#endif
