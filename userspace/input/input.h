/* SPDX-License-Identifier: GPL-2.0-only */
/* Where a machine comes from: this system or a file. */
#ifndef VIRTINFO_INPUT_INPUT_H
#define VIRTINFO_INPUT_INPUT_H

#include <stdio.h>

#include "base/exit_status.h"
#include "model/host.h"

struct input_error {
	enum exit_status status; /* STATUS_FAILED or STATUS_BAD_INPUT */
	char text[1024]; /* one line, safe to print: "FILE:LINE: what" */
};

/*
 * Read a machine from a file, "-" being standard input. The form is
 * recognised from the content (input/forms.h), and so are the pieces of a paste
 * of several (input/paste.h); in ASCII, UTF-8 or UTF-16; any of them compressed
 * by gzip, INPUT_MAX being the limit of what it unpacks to as well.
 * Returns NULL with *error filled on failure.
 */
struct host *input_file(const char *path, struct input_error *error);

/*
 * The same of a file in which are values that rdmsr -a printed of an MSR, and
 * not the command: it is bad input where there are none.
 */
struct host *input_file_of(const char *path, enum vi_msr msr,
			   struct input_error *error);

/* The same as input_file() of length bytes in memory; name stands for the file in messages. */
struct host *input_memory(const char *name, const char *data, size_t length,
			  struct input_error *error);

/*
 * What the file had that the host does not show: lines ignored, and
 * contradictions. One line each, safe to print, with a line break.
 */
void input_remarks(FILE *file, const struct host *host);

/* Returns -1 with *error filled where there are such remarks, else 0. */
int input_strict(const struct host *host, struct input_error *error);

/*
 * This system, from the best source there is: the module, /dev/cpu/N/msr,
 * CPUID alone. host->source says which; the fact "source note" says in
 * words why no better one was there and what that costs.
 *
 * A hypervisor's leaves may begin at 256 places, and in its guest each question
 * is an exit to it: together they take as long as all the rest of a verdict.
 * With hv_near the program asks at the first 16 only. An interface is at the
 * first place that no other has taken (Xen, public/arch-x86/cpuid.h), so those
 * are all that are in use, but it is a convention and nobody enforces it. The
 * module has asked at every place, whatever this says.
 */
struct host *input_live(bool hv_near, struct input_error *error);

#endif
