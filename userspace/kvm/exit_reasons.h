/* SPDX-License-Identifier: GPL-2.0-only */
/* Both vendors' numbers for why a guest is left. */
#ifndef VIRTINFO_KVM_EXIT_REASONS_H
#define VIRTINFO_KVM_EXIT_REASONS_H

#include <stddef.h>
#include <stdint.h>

enum exit_vendor { EXIT_INTEL, EXIT_AMD };

/* One row of tables/exit_reasons.def. */
struct exit_reason {
	enum exit_vendor vendor;
	uint64_t code;
	const char *name;
	const char *meaning;
	const char *source;
};

extern const struct exit_reason exit_reasons[];
extern const size_t exit_reason_count;

/* The row of a vendor's number, NULL when there is none. */
const struct exit_reason *exit_reason_find(enum exit_vendor vendor,
					   uint64_t code);

#endif
