/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The log of the kernel, or of Xen, as a witness: the messages that prove
 * something about virtualization (tables/kernel_log.def). They are kept as
 * facts, one a message; what is not among them proves nothing.
 */
#ifndef VIRTINFO_MODEL_KERNEL_LOG_H
#define VIRTINFO_MODEL_KERNEL_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/facts.h"

enum log_claim {
#define KERNEL_LOG_CLAIM(id, meaning) LOG_##id,
#include "tables/kernel_log.def"
	NR_LOG_CLAIMS
};

struct log_message {
	const char *id;
	enum log_claim claim;
	int first; /* release that prints it, as KERNEL_RELEASE() */
	int last;
	const char *source;
	const char *pattern;
};

/*
 * The message that a line is: length bytes at line, without a time before
 * them. NULL where it is none.
 */
const struct log_message *kernel_log_match(const char *line, size_t length);

/* All messages in order; NULL past the end. */
const struct log_message *kernel_log_at(size_t index);

/* What the claim's messages prove, as a sentence's part. */
const char *log_claim_meaning(enum log_claim claim);

/*
 * Keep a line that is a message, the first of each, without addresses: as the
 * fact "log ID", or "hypervisor detected". @number is that of the line in an
 * input, 0 of a live log. Returns 0, or -1 when there is no memory.
 */
int kernel_log_keep(struct facts *facts, unsigned long number, const char *line,
		    size_t length);

/* The message with that id, of length bytes, or NULL. */
const struct log_message *kernel_log_find(const char *id, size_t length);

/*
 * What that release of Linux is known to print where the claim holds, or NULL.
 * release is a KERNEL_RELEASE(), 0 where it is not known.
 */
const char *kernel_log_promise(enum log_claim claim, int release);

#endif
