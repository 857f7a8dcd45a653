// SPDX-License-Identifier: GPL-2.0-only
#include "explain/kernel_message.h"

#include <string.h>

#include "input/log_line.h"
#include "model/kernel_log.h"

static void describe(struct message *message, const struct log_message *log)
{
	*message = (struct message){
		.id = log->id,
		.program = "kernel log",
		.text = log->pattern,
		.meaning = log_claim_meaning(log->claim),
		.cure = "",
		.source = log->source,
		.log = log,
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
