// SPDX-License-Identifier: GPL-2.0-only
/* Facts in the words of other tools, and the vendor's name. */
#include <string.h>

#include "base/number.h"
#include "input/fact_keys.h"
#include "types.h"

enum parsed parse_said(const struct parsing *at)
{
	struct fact_name whole = { at->key, strlen(at->key) };
	struct said *said = named_make(&at->system->said, sizeof(*said), whole);
	bool yes = !strcmp(at->value, "yes");

	if (!said)
		return PARSED_NO_MEMORY;
	said->text = at->value;
	said->number = yes;
	said->known = yes || !strcmp(at->value, "no") ||
		      parse_u64(at->value, UINT64_MAX, &said->number);
	return said->known || !looks_like_number(at->value) ? PARSED :
							      PARSED_BAD;
}

/* Of a row that this program does not have nothing is known. */
enum parsed add_printed(struct system *system, struct fact_name id,
			const char *text)
{
	const struct message *message = message_by_id(id.text, id.length);
	struct printed *printed;

	if (!message)
		return PARSED;
	printed = named_make(&system->printed, sizeof(*printed), id);
	if (!printed)
		return PARSED_NO_MEMORY;
	printed->message = message;
	printed->text = text;
	return PARSED;
}

enum parsed parse_message(const struct parsing *at)
{
	return add_printed(at->system, at->name, at->value);
}

/* As CPUID leaf 0 has it, without blanks around it. */
enum parsed parse_vendor(const struct parsing *at)
{
	static const struct {
		const char *name;
		enum vi_extension extension;
	} vendors[] = {
		{ "GenuineIntel", VI_VMX }, { "CentaurHauls", VI_VMX },
		{ "Shanghai", VI_VMX },	    { "AuthenticAMD", VI_SVM },
		{ "HygonGenuine", VI_SVM },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(vendors); i++)
		if (!strcmp(at->value, vendors[i].name))
			at->system->vendor = vendors[i].extension;
	return PARSED;
}
