/* SPDX-License-Identifier: GPL-2.0-only */
/* The words of cpuid (without -r) about the leaves of a hypervisor. */
#ifndef VIRTINFO_INPUT_CPUID_HV_WORDS_H
#define VIRTINFO_INPUT_CPUID_HV_WORDS_H

#include "input/scan.h"
#include "model/decode.h"

/* The range and the leaf of it that lines are of; all 0 at first. */
struct hv_words {
	u32 base; /* of the range; 0: none was named */
	char signature[12];
	u32 leaf; /* of the heading */
};

/* hypervisor_id: a range begins there. */
void hv_words_range(struct hv_words *words, u32 base, const char signature[12]);

/* The field of the leaf that has these words; NR_FIELDS for none. */
enum field_id hv_words_find(const struct hv_words *words,
			    const struct line *line);

#endif
