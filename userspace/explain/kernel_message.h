/* SPDX-License-Identifier: GPL-2.0-only */
/* The messages of the kernel's log that "virtinfo explain" takes. */
#ifndef VIRTINFO_EXPLAIN_KERNEL_MESSAGE_H
#define VIRTINFO_EXPLAIN_KERNEL_MESSAGE_H

#include "model/messages.h"

/*
 * The first message of a kernel's log that is a line of text, whatever dmesg or
 * journalctl put before it. Returns false where there is none.
 */
bool message_of_kernel(struct message *message, const char *text);

#endif
