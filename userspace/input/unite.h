/* SPDX-License-Identifier: GPL-2.0-only */
/* One machine of what several pieces of a file have of it. */
#ifndef VIRTINFO_INPUT_UNITE_H
#define VIRTINFO_INPUT_UNITE_H

#include "input/forms.h"

/* A piece of a file, read. */
struct united_piece {
	struct host *host;
	const char *title;   /* of its form; or the file's name */
	unsigned long first; /* its lines */
	unsigned long last;
	bool file; /* it is a file of its own, and so are the others */
};

/*
 * What one piece has and another has not is added. Where both have a register
 * of one CPU, or a fact, with two values, the first one counts and the host
 * gets a fact FACT_CONTRADICTION with both and their lines, and files. A piece of one CPU,
 * whichever (any_cpu), has its CPUID for every CPU of a piece without it.
 * Further facts "origin ..." say which piece the registers and facts are from.
 * Frees the hosts of the pieces, of which there is one at least. Returns NULL
 * without memory.
 */
struct host *unite(const struct united_piece *pieces, size_t count);

#endif
