// SPDX-License-Identifier: GPL-2.0-only
#include "model/messages.h"

#include <ctype.h>
#include <pthread.h>
#include <string.h>

#include "base/array.h"
#include "base/list.h"
#include "base/pattern.h"
#include "types.h"

static const struct message messages[] = {
#define MESSAGE(name, whose, why, words, example, says, remedy, file)          \
	{ .id = #name,                                                         \
	  .program = (whose),                                                  \
	  .text = (example),                                                   \
	  .patterns = (words),                                                 \
	  .meaning = (says),                                                   \
	  .cure = (remedy),                                                    \
	  .source = (file) },
#include "tables/messages.def"
};

/* No message has more patterns than that, all in all. */
#define PATTERNS_MAX (4 * ARRAY_SIZE(messages))

/* One of the patterns of a message, in lower case. */
struct needle {
	const struct message *message;
	char pattern[PATTERN_KEPT];
};

static struct needle needles[PATTERNS_MAX];
static size_t nr_needles;

/* Which two bytes a pattern begins with: most places in a text have others. */
static unsigned char beginnings[1 << 16];

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static char fold_byte(char c)
{
	return iscntrl((unsigned char)c) ? ' ' :
					   (char)tolower((unsigned char)c);
}

/* In lower case, with blanks for all that is not printed. */
static size_t fold(char *out, size_t size, const char *text, size_t length)
{
	size_t i;

	for (i = 0; i + 1 < size && i < length; i++)
		out[i] = fold_byte(text[i]);
	out[i] = '\0';
	return i;
}

static unsigned int beginning(const char *text)
{
	return (unsigned int)((unsigned char)text[0] << 8 |
			      (unsigned char)text[1]);
}

static void make_needles(void)
{
	char pattern[PATTERN_KEPT];

	ARRAY_EACH(message, messages, ARRAY_SIZE(messages)) {
		const char *patterns = message->patterns;

		while (nr_needles < ARRAY_SIZE(needles) &&
		       list_next(&patterns, '|', pattern, sizeof(pattern))) {
			struct needle *needle = &needles[nr_needles++];

			needle->message = message;
			fold(needle->pattern, sizeof(needle->pattern), pattern,
			     strlen(pattern));
			beginnings[beginning(needle->pattern)] = 1;
		}
	}
}

static void prepare(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, make_needles);
}

/* Is what is from..to in text no part of a longer word? */
static bool is_whole(const char *text, const char *from, const char *to)
{
	if (from > text && is_word(from[-1]) && is_word(*from))
		return false;
	return !is_word(to[-1]) || !is_word(*to);
}

/* The message that is at from in text, of those that is not NULL only it. */
static const struct message *match_at(const char *text, size_t length,
				      const char *from,
				      const struct message *only)
{
	const char *to;
	size_t i;

	for (i = 0; i < nr_needles; i++) {
		if ((only && needles[i].message != only) ||
		    memcmp(needles[i].pattern, from, 2))
			continue;
		to = pattern_match(needles[i].pattern, from,
				   length - (size_t)(from - text), NULL);
		if (to && is_whole(text, from, to))
			return needles[i].message;
	}
	return NULL;
}

static const struct message *find(const char *text, size_t length,
				  const struct message *only)
{
	char folded[MESSAGE_TEXT_SIZE];
	const struct message *found = NULL;
	const char *from;

	prepare();
	length = fold(folded, sizeof(folded), text, length);
	for (from = folded; from + 1 < folded + length && !found; from++)
		if (beginnings[beginning(from)])
			found = match_at(folded, length, from, only);
	return found;
}

const struct message *message_at(size_t index)
{
	return index < ARRAY_SIZE(messages) ? &messages[index] : NULL;
}

const struct message *message_by_id(const char *id, size_t length)
{
	ARRAY_EACH(message, messages, ARRAY_SIZE(messages))
		if (strlen(message->id) == length &&
		    !memcmp(message->id, id, length))
			return message;
	return NULL;
}

bool message_is_in(const struct message *message, const char *text)
{
	return find(text, strlen(text), message);
}

const struct message *message_find(const char *line, size_t length)
{
	return find(line, length, NULL);
}
