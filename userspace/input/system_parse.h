/* SPDX-License-Identifier: GPL-2.0-only */
/* From facts, as a capture has them, to what is judged. */
#ifndef VIRTINFO_INPUT_SYSTEM_PARSE_H
#define VIRTINFO_INPUT_SYSTEM_PARSE_H

#include "model/system.h"

/*
 * A fact whose value is none that its key can have, or another one than its
 * key had before. A key that is not known may have many.
 */
struct bad_fact {
	struct fact fact;
	const char *expected; /* "a number"; NULL: it had another value */
};

/*
 * Fill *system, in place of what it held, from all facts, whose strings it
 * then points to. A word that is not known is what a newer program may write
 * and leaves its member unknown. So does a damaged value where @bad is NULL;
 * else the first of them ends the parsing, in *bad.
 * Returns 0, 1 with *bad, or -1 when there is no memory.
 */
int system_parse(struct system *system, const struct facts *facts,
		 struct bad_fact *bad);

#endif
