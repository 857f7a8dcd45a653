/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text in the forms that engines read. It is untrusted: what a form has no way
 * to write is replaced, and no text can end its line or its quotes.
 */
#ifndef VIRTINFO_OUTPUT_ESCAPE_H
#define VIRTINFO_OUTPUT_ESCAPE_H

#include <stdio.h>

/*
 * A label's value of Prometheus' text format 0.0.4, between its quotes: valid
 * UTF-8, with \\, \" and \n. Returns 0, or -1 without memory.
 */
int escape_prometheus(FILE *file, const char *text);

#define KUBERNETES_SIZE 64

/*
 * A label's value of Kubernetes, or the part of its name behind the slash: at
 * most 63 letters, digits, '-', '_' and '.', the first and the last of which are
 * letters or digits. What is none of these becomes one '-'. Returns out, which
 * is "" where nothing is left.
 */
char *escape_kubernetes(char out[KUBERNETES_SIZE], const char *text);

#define TRAIT_SIZE 256

/*
 * A custom trait of OpenStack's Placement: "CUSTOM_" and at most 248 capital
 * letters, digits and '_'. Returns out.
 */
char *escape_trait(char out[TRAIT_SIZE], const char *text);

#endif
