// SPDX-License-Identifier: GPL-2.0-only
/* Lines with an error message of tables/messages.def, whatever is around it. */
#include "input/dump.h"
#include "input/forms.h"
#include "input/words.h"
#include "model/messages.h"

static const struct message *message_of(const struct line *line)
{
	return message_find(line->text, (size_t)(line->end - line->text));
}

enum form_match input_is_messages(const struct line *line, bool first)
{
	(void)first;
	return message_of(line) ? FORM_CERTAIN : FORM_NO;
}

enum form_match input_takes_messages(const struct line *line)
{
	return input_is_messages(line, false);
}

struct messages {
	struct dump dump; /* lines and messages: it has no CPU */
	struct host *host;
};

static int one_line(void *state)
{
	struct messages *m = state;

	return words_message(&m->dump, m->host);
}

struct host *input_messages(const struct input_piece *piece,
			    enum host_source source, struct input_error *error)
{
	struct messages m;

	m.host = words_begin(&m.dump, piece, source, error);
	if (!m.host)
		return NULL;
	return words_end(&m.dump, m.host, dump_lines(&m.dump, one_line, &m));
}
