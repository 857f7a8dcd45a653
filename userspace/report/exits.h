/* SPDX-License-Identifier: GPL-2.0-only */
/* What reports say of VM exits that were tried out. */
#ifndef VIRTINFO_REPORT_EXITS_H
#define VIRTINFO_REPORT_EXITS_H

#include "kvm/exits.h"

/* Why a cause has no figures, in one line without its full stop. */
void exits_failure_text(char *text, size_t size,
			const struct kvm_exit_result *result);

#endif
