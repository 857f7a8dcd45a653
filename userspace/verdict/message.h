/* SPDX-License-Identifier: GPL-2.0-only */
/* What an error message of another program says of the machine. */
#ifndef VIRTINFO_VERDICT_MESSAGE_H
#define VIRTINFO_VERDICT_MESSAGE_H

#include "model/messages.h"
#include "verdict/reasons.h"
#include "summary.h"

/* That it stands for; REASON_NONE where it has several causes, or another. */
enum reason message_reason(const struct message *message);

/* Which extension is there by its words; VI_NO_EXTENSION: they do not say. */
enum vi_extension message_extension(const struct message *message);

/* What to do about it, "" where that is not known. */
const char *message_cure(const struct message *message);

#endif
