// SPDX-License-Identifier: GPL-2.0-only
#include "model/selection.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void add_register(struct selection *selection, enum register_id id)
{
	const struct register_info *info = register_info(id);

	selection->registers[id] = true;
	memset(&selection->fields[info->first_field], true, info->nr_fields);
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
	if (strncasecmp(word, "0x", 2) || *end || end == word + 2)
		return false;
	for (id = 0; id < NR_REGISTERS; id++)
		if (register_info(id)->class == REGISTER_CPUID &&
		    register_info(id)->address == leaf) {
			add_register(selection, id);
			found = true;
		}
	return found;
}

bool selection_add(struct selection *selection, const char *word)
{
	enum register_id id = register_find(word);
	bool found = add_leaf(selection, word);

	if (id != NR_REGISTERS) {
		add_register(selection, id);
		return true;
	}
	for (id = 0; id < NR_REGISTERS; id++) {
		enum field_id field = field_find(id, word);

		if (field == NR_FIELDS)
			continue;
		selection->registers[id] = true;
		selection->fields[field] = true;
		found = true;
	}
	return found;
}
