/* SPDX-License-Identifier: GPL-2.0-only */
/* Comments in configurations that virtinfo prints for others. */
#ifndef VIRTINFO_OUTPUT_COMMENT_H
#define VIRTINFO_OUTPUT_COMMENT_H

#include "output/out.h"

enum comment_syntax {
	COMMENT_HASH, /* shells, YAML, .ini: "# text" */
	COMMENT_XML,  /* "<!-- text -->" */
};

/*
 * One comment, folded to 80 columns. The text may be anything: it cannot end
 * the comment. Returns 0, or -1 without memory.
 */
int out_comment(struct out *out, enum comment_syntax syntax, const char *text);

#endif
