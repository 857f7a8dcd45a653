/* SPDX-License-Identifier: GPL-2.0-only */
/* Names of error numbers, which a capture uses: numbers differ by system. */
#ifndef VIRTINFO_BASE_ERRNAME_H
#define VIRTINFO_BASE_ERRNAME_H

#include <stddef.h>

/* "ENOENT" for ENOENT; NULL for those that KVM and its device do not give. */
const char *errname(int error);
#define ERRNAME_SIZE 24
/* The name, or "errno N"; into text, which is returned. */
char *errname_format(char text[ERRNAME_SIZE], int error);
/*
 * Back from there: the error number, 0 for a word that is not known, -1 for
 * "errno" with what is not a number of an error.
 */
int errname_parse(const char *text);

/* The name of the error whose words, glibc's, length bytes begin with; or NULL. */
const char *errname_of_words(const char *text, size_t length);

#endif
