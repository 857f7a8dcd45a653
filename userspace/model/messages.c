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

/* What three bytes of a text are for the index of patterns: five bits each. */
#define CLASS_BITS 5
#define NR_KEYS	   (1u << 3 * CLASS_BITS)

/* One of the patterns of a message, in lower case. */
struct needle {
	const struct message *message;
	const struct needle *next; /* that begins with the same three bytes */
	size_t literal;		   /* bytes before the first placeholder */
	char pattern[PATTERN_KEPT];
};

/*
 * All patterns by the three bytes that they begin with: most places in a text
 * have others. Made once.
 */
static struct {
	struct needle needles[PATTERNS_MAX];
	size_t count;
	const struct needle *first[NR_KEYS];
	unsigned char is_key[NR_KEYS / 8];
	unsigned char class[256];
	char folded[256]; /* in lower case, blanks for what is not printed */
} patterns;

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* In lower case; what is not printed, and runs of it, are one blank. */
static size_t fold(char *out, size_t size, const char *text, size_t length)
{
	size_t i, folded = 0;

	for (i = 0; folded + 1 < size && i < length; i++) {
		char c = patterns.folded[(unsigned char)text[i]];

		if (c != ' ' || !folded || out[folded - 1] != ' ')
			out[folded++] = c;
	}
	out[folded] = '\0';
	return folded;
}

static unsigned int next_key(unsigned int key, char c)
{
	return (key << CLASS_BITS | patterns.class[(unsigned char)c]) % NR_KEYS;
}

static bool is_key(unsigned int key)
{
	return patterns.is_key[key / 8] >> key % 8 & 1;
}

static void add_needle(const struct message *message, const char *pattern)
{
	struct needle *needle = &patterns.needles[patterns.count++];
	unsigned int key = 0, i;

	needle->message = message;
	fold(needle->pattern, sizeof(needle->pattern), pattern,
	     strlen(pattern));
	needle->literal = strcspn(needle->pattern, "%");
	for (i = 0; i < 3; i++)
		key = next_key(key, needle->pattern[i]);
	needle->next = patterns.first[key];
	patterns.first[key] = needle;
	patterns.is_key[key / 8] |= (unsigned char)(1u << key % 8);
}

static void make_patterns(void)
{
	char pattern[PATTERN_KEPT];
	int c;

	for (c = 0; c < 256; c++) {
		patterns.folded[c] = iscntrl(c) ? ' ' : (char)tolower(c);
		patterns.class[c] =
			(unsigned char)patterns.folded[c] % (1u << CLASS_BITS);
	}
	ARRAY_EACH(message, messages, ARRAY_SIZE(messages)) {
		const char *list = message->patterns;

		while (patterns.count < PATTERNS_MAX &&
		       list_next(&list, '|', pattern, sizeof(pattern)))
			add_needle(message, pattern);
	}
}

static void prepare(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, make_patterns);
}

/*
 * The first row with that key whose pattern the text begins with, and which is
 * no part of a longer word there.
 */
static const struct message *match(const char *text, size_t length,
				   unsigned int key, const struct message *only)
{
	char folded[MESSAGE_TEXT_SIZE];
	const struct message *found = NULL;
	const struct needle *needle;
	const char *to;

	length = fold(folded, sizeof(folded), text, length);
	for (needle = patterns.first[key]; needle; needle = needle->next) {
		if ((only && needle->message != only) ||
		    (found && needle->message > found) ||
		    strncmp(needle->pattern, folded, needle->literal))
			continue;
		to = pattern_match(needle->pattern + needle->literal,
				   folded + needle->literal,
				   length - needle->literal, NULL);
		if (to && !(is_word(to[-1]) && is_word(*to)))
			found = needle->message;
	}
	return found;
}

/* The message that begins first, of those that only is, if it is not NULL. */
static const struct message *find(const char *text, size_t length,
				  const struct message *only)
{
	const struct message *found = NULL;
	unsigned int key = 0;
	size_t i;

	prepare();
	if (length >= MESSAGE_TEXT_SIZE)
		length = MESSAGE_TEXT_SIZE - 1;
	for (i = 0; i < length && !found; i++) {
		key = next_key(key, text[i]);
		if (i < 2 || !is_key(key) ||
		    (i > 2 && is_word(text[i - 3]) && is_word(text[i - 2])))
			continue;
		found = match(text + i - 2, length - i + 2, key, only);
	}
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
