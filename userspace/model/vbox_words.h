/* SPDX-License-Identifier: GPL-2.0-only */
/* What VirtualBox says of the host in its log: a witness beside the registers. */
#ifndef VIRTINFO_MODEL_VBOX_WORDS_H
#define VIRTINFO_MODEL_VBOX_WORDS_H

#include <stdbool.h>

#include "base/facts.h"
#include "summary.h"

/* Texts live as long as the facts; NULL where it says no such thing. */
struct vbox_words {
	enum vi_extension used; /* that its driver found usable */
	const char *used_text;
	/*
	 * Why it cannot use it: firmware has it off. Where its driver saw no
	 * extension at all only CPUID says.
	 */
	const char *locked;
	bool windows_hypervisor; /* Windows runs on a hypervisor of its own */
};

struct vbox_words vbox_words_of(const struct facts *facts);

#endif
