// SPDX-License-Identifier: GPL-2.0-only
#include "model/selection.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void add_register(struct selection *selection, enum register_id id)
{
	const struct register_info *info = register_info(id);

	selection->registers[id] = true;
	memset(&selection->fields[info->first_field], true, info->nr_fields);
}

static void add_field(struct selection *selection, enum field_id id)
{
	selection->registers[field_info(id)->reg] = true;
	selection->fields[id] = true;
}

void selection_all(struct selection *selection)
{
	memset(selection, 0, sizeof(*selection));
	selection->everything = true;
	memset(selection->registers, true, sizeof(selection->registers));
	memset(selection->fields, true, sizeof(selection->fields));
}

static bool add_leaf(struct selection *selection, const char *word)
{
	bool found = false;
	enum register_id id;
	unsigned long leaf;
	char *end;

	leaf = strtoul(word, &end, 16);
	if (strncasecmp(word, "0x", 2) || *end || end == word + 2 ||
	    leaf > UINT32_MAX)
		return false;
	for (id = 0; id < NR_REGISTERS; id++)
		if (register_of_leaf(id, (u32)leaf)) {
			add_register(selection, id);
			found = true;
		}
	return found;
}

/*
 * 0x00000012:n:eax, as the manual has it: that register of every sub-leaf from
 * 2 on.
 */
static bool add_subleaves(struct selection *selection, const char *word)
{
	const char *n = strcasestr(word, ":n:");
	bool found = false;
	enum register_id id;
	char name[32];

	for (id = 0; n && id < NR_REGISTERS; id++) {
		const struct register_info *info = register_info(id);

		if (info->class != REGISTER_CPUID || info->subleaf < 2)
			continue;
		snprintf(name, sizeof(name), "%.*s:%u:%s", (int)(n - word),
			 word, info->subleaf, n + strlen(":n:"));
		if (strcasecmp(info->name, name))
			continue;
		add_register(selection, id);
		found = true;
	}
	return found;
}

bool selection_add(struct selection *selection, const char *word)
{
	enum register_id id = register_find(word);
	enum field_id field = register_field_find(word);
	bool found =
		add_leaf(selection, word) || add_subleaves(selection, word);

	if (id != NR_REGISTERS) {
		add_register(selection, id);
		return true;
	}
	if (field != NR_FIELDS) {
		add_field(selection, field);
		return true;
	}
	for (id = 0; id < NR_REGISTERS; id++) {
		field = field_find(id, word);
		if (field == NR_FIELDS)
			continue;
		add_field(selection, field);
		found = true;
	}
	return found;
}
