// SPDX-License-Identifier: GPL-2.0-only
#include "model/selection.h"

#include <string.h>

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

bool selection_add(struct selection *selection, const char *word)
{
	enum field_id field = register_field_find(word);
	bool found = field != NR_FIELDS;

	if (found)
		add_field(selection, field);
	REGISTER_EACH(id) {
		if (!register_is_meant(id, word))
			continue;
		add_register(selection, id);
		found = true;
	}
	if (found)
		return true;
	REGISTER_EACH(id) {
		field = field_find(id, word);
		if (field == NR_FIELDS)
			continue;
		add_field(selection, field);
		found = true;
	}
	return found;
}
