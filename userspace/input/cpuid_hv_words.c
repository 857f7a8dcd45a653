// SPDX-License-Identifier: GPL-2.0-only
#include "input/cpuid_hv_words.h"

static const struct {
	enum field_id field;
	const char *text;
} rows[] = {
#define CPUID_HV_WORDS(register, name, words)                                  \
	{ FIELD_##register##_##name, words },
#include "tables/cpuid_hv_words.def"
};

void hv_words_range(struct hv_words *words, u32 base, const char signature[12])
{
	words->base = base;
	memcpy(words->signature, signature, sizeof(words->signature));
	words->leaf = base;
}

enum field_id hv_words_find(const struct hv_words *words,
			    const struct line *line)
{
	size_t i;

	if (!words->base)
		return NR_FIELDS;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct register_info *info =
			register_info(field_info(rows[i].field)->reg);

		if (words->base + info->address == words->leaf &&
		    is_text(line->text, line->end, rows[i].text) &&
		    !memcmp(register_signature(info), words->signature,
			    sizeof(words->signature)))
			return rows[i].field;
	}
	return NR_FIELDS;
}
