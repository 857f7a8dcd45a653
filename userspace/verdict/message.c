// SPDX-License-Identifier: GPL-2.0-only
#include "verdict/message.h"

#include <string.h>

#include "base/array.h"
#include "model/kernel_log.h"
#include "types.h"

static const struct {
	const char *id;
	enum reason reason;
} reasons[] = {
#define MESSAGE(name, whose, why, words, example, says, remedy, file)          \
	{ #name, REASON_##why },
#include "tables/messages.def"
};

/* What it stands for that the kernel's log says, + 1: 0 is nothing. */
static const int claim_reasons[NR_LOG_CLAIMS] = {
#define MESSAGE_CLAIM(claim, why) [LOG_##claim] = REASON_##why + 1,
#include "tables/messages.def"
};

static enum reason reason_of_claim(enum log_claim claim)
{
	int reason = claim_reasons[claim] - 1;

	return reason < 0 ? REASON_NONE : (enum reason)reason;
}

enum reason message_reason(const struct message *message)
{
	if (message->log)
		return reason_of_claim(message->log->claim);
	ARRAY_EACH(row, reasons, ARRAY_SIZE(reasons))
		if (!strcmp(row->id, message->id))
			return row->reason;
	return REASON_NONE;
}

enum vi_extension message_extension(const struct message *message)
{
	static const struct {
		const char *id;
		enum vi_extension extension;
	} rows[] = {
#define MESSAGE_PROVES(name, which) { #name, VI_##which },
#include "tables/messages.def"
	};

	ARRAY_EACH(row, rows, ARRAY_SIZE(rows))
		if (!strcmp(row->id, message->id))
			return row->extension;
	return VI_NO_EXTENSION;
}

const char *message_cure(const struct message *message)
{
	enum reason reason = message_reason(message);

	if (*message->cure || reason == REASON_NONE)
		return message->cure;
	return reason_info(reason)->remedy;
}
