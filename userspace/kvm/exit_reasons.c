// SPDX-License-Identifier: GPL-2.0-only
#include "kvm/exit_reasons.h"

#include "base/array.h"
#include "types.h"

const struct exit_reason exit_reasons[] = {
#define EXIT_REASON_ROW(who, number, word, text, where)                        \
	{                                                                      \
		.vendor = EXIT_##who,                                          \
		.code = number,                                                \
		.name = #word,                                                 \
		.meaning = text,                                               \
		.source = where,                                               \
	},
#include "tables/exit_reasons.def"
#undef EXIT_REASON_ROW
};

const size_t exit_reason_count = ARRAY_SIZE(exit_reasons);

/* A name twice does not compile, whichever vendor's. */
enum {
#define EXIT_REASON_ROW(who, number, word, text, where) UNIQUE_##who##_##word,
#include "tables/exit_reasons.def"
#undef EXIT_REASON_ROW
};

const struct exit_reason *exit_reason_find(enum exit_vendor vendor,
					   uint64_t code)
{
	ARRAY_EACH(reason, exit_reasons, exit_reason_count)
		if (reason->vendor == vendor && reason->code == code)
			return reason;
	return NULL;
}
