/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The error messages of other programs that "virtinfo explain" takes: those of
 * tables/messages.def, and the kernel's (model/kernel_log.h).
 */
#ifndef VIRTINFO_EXPLAIN_MESSAGES_H
#define VIRTINFO_EXPLAIN_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>

#include "verdict/reasons.h"

/* Of a longer text only the beginning is searched. */
#define MESSAGE_TEXT_SIZE 4096

struct message {
	const char *id;
	const char *program;  /* whose it is */
	const char *text;     /* as it is met */
	const char *patterns; /* NULL: of the kernel */
	const char *meaning;  /* of the kernel: a sentence's part */
	enum reason reason;   /* that it stands for; REASON_NONE */
	const char *cure;     /* "": that of the reason */
	const char *source;
};

/* All rows of tables/messages.def in order; NULL past the end. */
const struct message *message_at(size_t index);

/*
 * Is the message somewhere in text? Case does not count, and a code must be a
 * whole word. text is what a user typed or pasted.
 */
bool message_is_in(const struct message *message, const char *text);

/* What to do about it, "" where that is not known. */
const char *message_cure(const struct message *message);

/*
 * The first message of a kernel's log that is a line of text, whatever dmesg or
 * journalctl put before it. Returns false where there is none.
 */
bool message_of_kernel(struct message *message, const char *text);

#endif
