// SPDX-License-Identifier: GPL-2.0-only
#include "model/system.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "model/system_keys.h"

void system_init(struct system *system)
{
	*system = (struct system){
		.kvm = { .api = -1, .msr_error = KVM_MSRS_UNKNOWN },
	};
}

void system_free(struct system *system)
{
	struct device *devices = system->devices.items;
	size_t i;

	for (i = 0; i < system->devices.count; i++)
		free(devices[i].acl_entries);
	free(system->modules.items);
	free(system->devices.items);
	free(system->processes.items);
	free(system->iommu_units.items);
	free(system->said.items);
	free(system->user.groups);
	kvm_caps_free(&system->kvm);
	system_init(system);
}

static void *named_find(const struct named_list *list, size_t size,
			struct fact_name name)
{
	char *item = list->items;
	size_t i;

	for (i = 0; i < list->count; i++, item += size) {
		const struct fact_name *its = (const void *)item;

		if (its->length == name.length &&
		    !memcmp(its->text, name.text, name.length))
			return item;
	}
	return NULL;
}

void *named_make(struct named_list *list, size_t size, struct fact_name name)
{
	void *item = named_find(list, size, name), *grown;

	if (item)
		return item;
	grown = array_grow(list->items, list->count, &list->capacity, size);
	if (!grown)
		return NULL;
	list->items = grown;
	item = (char *)list->items + list->count++ * size;
	memset(item, 0, size);
	*(struct fact_name *)item = name;
	return item;
}

/* Of a key that is there twice the first counts. */
static enum parsed parse_fact(struct system *system, const struct fact *fact,
			      struct bad_fact *bad)
{
	struct parsing at = { .system = system,
			      .key = fact->key,
			      .value = fact->value };
	const struct fact_key *row = fact_key_find(fact->key, &at.name);

	if (!row)
		return PARSED;
	*bad = (struct bad_fact){ .fact = *fact };
	if (fact->first)
		return row->many || !strcmp(fact->first->value, fact->value) ?
			       PARSED :
			       PARSED_BAD;
	bad->expected = row->expected;
	return row->parse ? row->parse(&at) : PARSED;
}

int system_parse(struct system *system, const struct facts *facts,
		 struct bad_fact *bad)
{
	struct bad_fact ignored;
	size_t i;

	system_free(system);
	for (i = 0; i < facts_count(facts); i++) {
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

static struct fact_name whole(const char *name)
{
	return (struct fact_name){ name, strlen(name) };
}

const struct module *system_module(const struct system *system,
				   const char *name)
{
	static const struct module unknown;
	const struct module *found =
		named_find(&system->modules, sizeof(*found), whole(name));

	return found ? found : &unknown;
}

const struct device *system_device(const struct system *system,
				   const char *name)
{
	static const struct device unknown;
	const struct device *found =
		named_find(&system->devices, sizeof(*found), whole(name));

	return found ? found : &unknown;
}

const struct process *system_process(const struct system *system,
				     const char *name)
{
	return named_find(&system->processes, sizeof(struct process),
			  whole(name));
}

const struct said *system_said(const struct system *system, const char *key)
{
	const struct said *said =
		named_find(&system->said, sizeof(*said), whole(key));

	return said && said->known ? said : NULL;
}
