// SPDX-License-Identifier: GPL-2.0-only
#include "model/selection.h"

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

void selection_all(struct selection *selection)
{
	memset(selection, 0, sizeof(*selection));
	selection->everything = true;
	memset(selection->registers, true, sizeof(selection->registers));
	memset(selection->fields, true, sizeof(selection->fields));
}

/*
 * Of a hypervisor's leaf the table has the place in its range; there are
 * ranges at every 0x100 from 0x40000000 on.
 */
#define HV_RANGE(leaf)	((leaf) >> 16 == 0x4000)
#define HV_OFFSET(leaf) ((leaf)&0xff)

static bool is_leaf(const struct register_info *info, unsigned long leaf)
{
	switch (info->class) {
	case REGISTER_CPUID:
		return info->address == leaf;
	case REGISTER_HYPERVISOR:
		if (info->interface == HV_ANY)
			return leaf == 0x40000000 + info->address;
		return HV_RANGE(leaf) && info->address == HV_OFFSET(leaf);
	default:
		return false;
	}
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
		if (is_leaf(register_info(id), leaf)) {
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
	bool found =
		add_leaf(selection, word) || add_subleaves(selection, word);

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
