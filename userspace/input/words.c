// SPDX-License-Identifier: GPL-2.0-only
#include "input/words.h"

#include <stdio.h>

#include "model/messages.h"

/* A longer line is prose that quotes more than the message. */
#define MESSAGE_KEPT 200

struct host *words_begin(struct dump *dump, const struct input_piece *piece,
			 enum host_source source, struct input_error *error)
{
	struct host *host = host_new(source, piece->name);

	if (!host)
		input_no_memory(error, piece->name);
	else if (!dump_init(dump, piece, error))
		return host;
	host_free(host);
	return NULL;
}

struct host *words_end(struct dump *dump, struct host *host, bool failed)
{
	/* A piece of a paste may have nothing to add. */
	if (!failed && !dump->partial && !facts_count(host->facts))
		failed = DUMP_BAD(dump, "no line of it tells of a machine");
	dump_free(dump);
	if (!failed)
		return host;
	host_free(host);
	return NULL;
}

static int add(struct dump *dump, struct host *host, const char *key,
	       const char *value, const char *end)
{
	if (facts_add_line(host->facts, dump->lines.number, key, strlen(key),
			   value, (size_t)(end - value)))
		return input_no_memory(dump->error, dump->name);
	return 0;
}

int words_first(struct dump *dump, struct host *host, const char *key,
		const char *value, const char *end)
{
	if (value == end || facts_get(host->facts, key))
		return 0;
	return add(dump, host, key, value, end);
}

int words_once(struct dump *dump, struct host *host, const char *key,
	       const char *value, const char *end)
{
	const char *has = facts_get(host->facts, key);

	if (!has)
		return add(dump, host, key, value, end);
	if (is_text(value, end, has))
		return 0;
	return DUMP_BAD(dump, "another value of \"%s\" than in a line before",
			key);
}

int words_last(struct dump *dump, struct host *host, const char *key,
	       const char *value, const char *end)
{
	if (facts_set_line(host->facts, dump->lines.number, key, value,
			   (size_t)(end - value)))
		return input_no_memory(dump->error, dump->name);
	return 0;
}

int words_message(struct dump *dump, struct host *host)
{
	const char *text = dump->line.text, *end = dump->line.end;
	const struct message *message =
		message_find(text, (size_t)(end - text));
	char key[64];

	if (!message)
		return 0;
	snprintf(key, sizeof(key), "message %s", message->id);
	return words_first(dump, host, key, text,
			   end - text > MESSAGE_KEPT ? text + MESSAGE_KEPT :
						       end);
}
