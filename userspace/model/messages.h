/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The error messages of programs that run virtual machines: those of
 * tables/messages.def. The kernel's are in model/kernel_log.h.
 */
#ifndef VIRTINFO_MODEL_MESSAGES_H
#define VIRTINFO_MODEL_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>

/* Of a longer text only the beginning is searched. */
#define MESSAGE_TEXT_SIZE 4096

struct log_message;

struct message {
	const char *id;
	const char *program;  /* whose it is */
	const char *text;     /* as it is met */
	const char *patterns; /* NULL: of the kernel */
	const char *meaning;  /* of the kernel: a sentence's part */
	const char *cure;     /* "": that of the reason (verdict/message.h) */
	const char *source;
	const struct log_message *log; /* of the kernel; or NULL */
};

/* All rows of tables/messages.def in order; NULL past the end. */
const struct message *message_at(size_t index);

/* The row with that id, of length bytes; or NULL. */
const struct message *message_by_id(const char *id, size_t length);

/*
 * Is the message somewhere in text? Case does not count, and a code must be a
 * whole word. text is what a user typed or pasted.
 */
bool message_is_in(const struct message *message, const char *text);

/* The message that begins first in the length bytes at line; or NULL. */
const struct message *message_find(const char *line, size_t length);

#endif
