/* SPDX-License-Identifier: GPL-2.0-only */
/* What the forms share that have no register: a machine of facts only. */
#ifndef VIRTINFO_INPUT_WORDS_H
#define VIRTINFO_INPUT_WORDS_H

#include "input/dump.h"

/* A host without CPUs, and *dump to read its lines; NULL with *error filled. */
struct host *words_begin(struct dump *dump, const struct input_piece *piece,
			 enum host_source source, struct input_error *error);
/*
 * Free *dump, and the host too where that failed. A file without any fact is
 * bad input. Returns the host or NULL with the error filled.
 */
struct host *words_end(struct dump *dump, struct host *host, bool failed);

/*
 * The fact of the dump's line. The first adds it where its key is new; once
 * refuses another value for a key that the piece has; of what a session says
 * the last counts. They return 0, or -1 with the dump's error filled.
 */
int words_first(struct dump *dump, struct host *host, const char *key,
		const char *value, const char *end);
int words_once(struct dump *dump, struct host *host, const char *key,
	       const char *value, const char *end);
int words_last(struct dump *dump, struct host *host, const char *key,
	       const char *value, const char *end);
/* The error message of the dump's line, if it has one. */
int words_message(struct dump *dump, struct host *host);

#endif
