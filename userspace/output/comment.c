// SPDX-License-Identifier: GPL-2.0-only
#include "output/comment.h"

#include <stdlib.h>
#include <string.h>

#include "base/safe.h"
#include "output/width.h"

#define COLUMNS 80

struct comment {
	const char *begin;
	const char *next; /* before each further line */
	const char *end;
};

static const struct comment comments[] = {
	[COMMENT_HASH] = { "# ", "# ", "" },
	[COMMENT_XML] = { "<!-- ", "     ", " -->" },
};

/* XML has no "--" in a comment, and none ends in "-". */
static void part_dashes(char *text)
{
	for (; *text; text++)
		if (text[0] == '-' && (text[1] == '-' || !text[1]))
			text[0] = '~';
}

int out_comment(struct out *out, enum comment_syntax syntax, const char *text)
{
	const struct comment *comment = &comments[syntax];
	int limit = COLUMNS - (int)strlen(comment->end);
	char *safe = safe_string(text);
	const char *word;
	int column;

	if (!safe)
		return -1;
	if (syntax == COMMENT_XML)
		part_dashes(safe);
	out_printf(out, "%s", comment->begin);
	column = (int)strlen(comment->begin);
	for (word = safe; *word;) {
		size_t length = strcspn(word, " ");
		int width = text_columns(word, length);
		bool first = word == safe;

		if (!first && column + 1 + width > limit) {
			out_printf(out, "\n%s", comment->next);
			column = (int)strlen(comment->next);
			first = true;
		}
		out_printf(out, "%s%.*s", first ? "" : " ", (int)length, word);
		column += width + !first;
		word += length;
		word += strspn(word, " ");
	}
	out_printf(out, "%s\n", comment->end);
	free(safe);
	return 0;
}
