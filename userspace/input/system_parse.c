// SPDX-License-Identifier: GPL-2.0-only
#include "input/system_parse.h"

#include <string.h>

#include "input/fact_keys.h"

/* Of a key that may be there once the first counts. */
static enum parsed parse_fact(struct system *system, const struct fact *fact,
			      struct bad_fact *bad)
{
	struct parsing at = { .system = system,
			      .key = fact->key,
			      .value = fact->value };
	const struct fact_key *row = fact_key_find(fact->key, &at.name);
	struct named_list *list;

	if (!row)
		return PARSED;
	at.row = row;
	*bad = (struct bad_fact){ .fact = *fact };
	if (fact->first && !row->many)
		return strcmp(fact->first->value, fact->value) ? PARSED_BAD :
								 PARSED;
	bad->expected = row->expected;
	if (row->size) {
		list = (void *)((char *)system + row->list);
		at.item = named_make(list, row->size, at.name);
		if (!at.item)
			return PARSED_NO_MEMORY;
		system->kernel_known |= list == &system->modules;
	}
	return row->parse(&at);
}

int system_parse(struct system *system, const struct facts *facts,
		 struct bad_fact *bad)
{
	struct bad_fact ignored;

	system_free(system);
	for (size_t i = 0; i < facts_count(facts); i++) {
		const struct fact fact = facts_at(facts, i);
		enum parsed parsed =
			parse_fact(system, &fact, bad ? bad : &ignored);

		if (parsed == PARSED_NO_MEMORY)
			return -1;
		if (parsed == PARSED_BAD && bad)
			return 1;
	}
	kvm_caps_sort(&system->kvm);
	return 0;
}
