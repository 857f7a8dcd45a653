// SPDX-License-Identifier: GPL-2.0-only
#include "input/wrap.h"

#include <ctype.h>
#include <strings.h>

/* The longest prompt looked for: a name, a host and a folder. */
#define PROMPT_MAX 80

/* A blank that web pages indent with, U+00A0. */
#define NO_BREAK_SPACE "\xc2\xa0"

void line_unwrap(struct line *line)
{
	const char *at = line->text, *end = line->end;

	for (;;) {
		if (at < end && (is_blank(*at) || *at == '>'))
			at++;
		else if (BEGINS(at, end, NO_BREAK_SPACE))
			at += strlen(NO_BREAK_SPACE);
		else
			break;
	}
	while (end > at && is_blank(end[-1]))
		end--;
	line->text = at;
	line->end = end;
}

bool line_is_fence(const struct line *line)
{
	static const char *const tags[] = {
		"[code]",    "[/code]",	   "[quote]",	    "[/quote]",
		"<pre>",     "</pre>",	   "<code>",	    "</code>",
		"{code}",    "{quote}",	   "{noformat}",    "<pre><code>",
		"[spoiler]", "[/spoiler]", "</code></pre>",
	};
	size_t i, length = (size_t)(line->end - line->text);

	/* Few lines begin so, and each line of an input is asked about. */
	if (!length || !memchr("`~[<{", *line->text, 5))
		return false;
	if (BEGINS(line->text, line->end, "```") ||
	    BEGINS(line->text, line->end, "~~~"))
		return true;
	for (i = 0; i < ARRAY_SIZE(tags); i++)
		if (strlen(tags[i]) == length &&
		    !strncasecmp(tags[i], line->text, length))
			return true;
	return false;
}

/* Is it what shells print before $ or #: nothing, user@host, bash-5.2? */
static bool is_prompt(const char *at, const char *end)
{
	bool blank = false, named = false;

	for (; at < end; at++) {
		blank |= is_blank(*at);
		named |= *at == '@';
	}
	return named || !blank;
}

static const char *after_unix_prompt(const char *at, const char *end)
{
	const char *start = at;

	if (end - at > PROMPT_MAX)
		end = at + PROMPT_MAX + 1;
	/* Every line of an input is asked about, and few have one of the two. */
	if (!memchr(at, '$', (size_t)(end - at)) &&
	    !memchr(at, '#', (size_t)(end - at)))
		return NULL;
	for (; at + 1 < end && at - start < PROMPT_MAX; at++)
		if ((*at == '$' || *at == '#') && is_blank(at[1]))
			return is_prompt(start, at) ? at + 1 : NULL;
	return NULL;
}

static const char *after_windows_prompt(const char *at, const char *end)
{
	if (BEGINS(at, end, "PS "))
		at += strlen("PS ");
	if (end - at < 3 || !isalpha((unsigned char)at[0]) || at[1] != ':' ||
	    at[2] != '\\')
		return NULL;
	at = memchr(at, '>', (size_t)(end - at));
	return at ? at + 1 : NULL;
}

const char *line_command(const struct line *line)
{
	const char *end = line->end;
	const char *at = after_unix_prompt(line->text, end);

	if (!at)
		at = after_windows_prompt(line->text, end);
	if (!at)
		return NULL;
	at = skip_blanks(at, end);
	if (BEGINS(at, end, "sudo "))
		at = skip_blanks(at + strlen("sudo "), end);
	return at < end ? at : NULL;
}

/* "/usr/sbin/rdmsr", "./rdmsr" */
static const char *skip_folder(const char *at, const char *end)
{
	static const char *const folders[] = {
		"/usr/sbin/",	    "/usr/bin/",       "/sbin/",
		"/usr/local/sbin/", "/usr/local/bin/", "./"
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(folders); i++)
		if (begins_with(at, end, folders[i]))
			return at + strlen(folders[i]);
	return at;
}

const char *last_command(const char *at, const char *end)
{
	const char *last = at;

	for (; at < end; at++)
		if (*at == ';' || BEGINS(at, end, "&&"))
			last = at + (*at == ';' ? 1 : 2);
	last = skip_blanks(last, end);
	if (BEGINS(last, end, "sudo "))
		last = skip_blanks(last + strlen("sudo "), end);
	return skip_folder(last, end);
}

bool line_is_prompt(const struct line *line)
{
	const char *at = line->text, *end = line->end;
	bool bracket = at < end && *at == '[', named = false;

	for (; at < end && at - line->text < PROMPT_MAX; at++) {
		if (*at == '$' || *at == '#')
			return named && (at + 1 == end || is_blank(at[1]));
		if (is_blank(*at) && !bracket)
			return false;
		if (*at == ']')
			bracket = false;
		named |= *at == '@';
	}
	return false;
}
