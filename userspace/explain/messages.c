// SPDX-License-Identifier: GPL-2.0-only
#include "explain/messages.h"

#include <ctype.h>
#include <string.h>

#include "base/pattern.h"
#include "explain/topics.h"
#include "input/log_line.h"
#include "model/kernel_log.h"
#include "types.h"

static const struct message messages[] = {
#define MESSAGE(name, whose, why, words, example, says, remedy, file)          \
	{ .id = #name,                                                         \
	  .program = (whose),                                                  \
	  .text = (example),                                                   \
	  .patterns = (words),                                                 \
	  .meaning = (says),                                                   \
	  .reason = REASON_##why,                                              \
	  .cure = (remedy),                                                    \
	  .source = (file) },
#include "tables/messages.def"
};

/* What it stands for that the kernel's log says, + 1: 0 is nothing. */
static const int claim_reasons[NR_LOG_CLAIMS] = {
#define MESSAGE_CLAIM(claim, why) [LOG_##claim] = REASON_##why + 1,
#include "tables/messages.def"
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* In lower case, with blanks for all that is not printed. */
static size_t fold(char *out, size_t size, const char *text)
{
	size_t i;

	for (i = 0; i + 1 < size && text[i]; i++)
		out[i] = iscntrl((unsigned char)text[i]) ?
				 ' ' :
				 (char)tolower((unsigned char)text[i]);
	out[i] = '\0';
	return i;
}

/* Is what is from..to in text no part of a longer word? */
static bool is_whole(const char *text, const char *from, const char *to)
{
	if (from > text && is_word(from[-1]) && is_word(*from))
		return false;
	return !is_word(to[-1]) || !is_word(*to);
}

static bool is_in(const char *pattern, const char *text, size_t length)
{
	struct pattern_copy copy;
	const char *from = text;
	const char *to;

	for (; (from = strchr(from, *pattern)); from++) {
		to = pattern_match(pattern, from,
				   length - (size_t)(from - text), &copy);
		if (to && is_whole(text, from, to))
			return true;
	}
	return false;
}

const struct message *message_at(size_t index)
{
	return index < ARRAY_SIZE(messages) ? &messages[index] : NULL;
}

bool message_is_in(const struct message *message, const char *text)
{
	char folded[MESSAGE_TEXT_SIZE], pattern[PATTERN_KEPT];
	size_t length = fold(folded, sizeof(folded), text);
	const char *patterns = message->patterns;

	while (next_word(&patterns, '|', pattern, sizeof(pattern))) {
		fold(pattern, sizeof(pattern), pattern);
		if (is_in(pattern, folded, length))
			return true;
	}
	return false;
}

const char *message_cure(const struct message *message)
{
	if (*message->cure || message->reason == REASON_NONE)
		return message->cure;
	return reason_info(message->reason)->remedy;
}

static void describe(struct message *message, const struct log_message *log)
{
	int reason = claim_reasons[log->claim] - 1;

	*message = (struct message){
		.id = log->id,
		.program = "kernel log",
		.text = log->pattern,
		.meaning = log_claim_meaning(log->claim),
		.reason = reason < 0 ? REASON_NONE : (enum reason)reason,
		.cure = "",
		.source = log->source,
	};
}

bool message_of_kernel(struct message *message, const char *text)
{
	const struct log_message *log;

	for (; *text; text += *text != '\0') {
		struct line line = { .text = text };
		struct log_line part;

		text += strcspn(text, "\n");
		line.end = text;
		part = log_line_of(&line);
		log = kernel_log_match(part.text,
				       (size_t)(part.end - part.text));
		if (log) {
			describe(message, log);
			return true;
		}
	}
	return false;
}
