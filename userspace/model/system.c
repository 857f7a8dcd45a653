// SPDX-License-Identifier: GPL-2.0-only
#include "model/system.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "types.h"

/* How a user namespace shows an id that is not mapped into it. */
#define OVERFLOW_ID 65534

static const char *const access_names[] = {
	[ACCESS_NONE] = "none",		  [ACCESS_READ] = "read",
	[ACCESS_WRITE] = "write",	  [ACCESS_READ_WRITE] = "read write",
	[ACCESS_LESS] = "not read write",
};

void system_init(struct system *system)
{
	*system = (struct system){
		.kvm = { .api = -1, .msr_error = KVM_MSRS_UNKNOWN },
	};
}

void system_free(struct system *system)
{
	struct device *devices = system->devices.items;

	ARRAY_EACH(device, devices, system->devices.count)
		free(device->acl_entries);
	free(system->modules.items);
	free(system->devices.items);
	free(system->processes.items);
	free(system->programs.items);
	free(system->iommu_units.items);
	free(system->said.items);
	free(system->printed.items);
	free(system->user.groups);
	kvm_caps_free(&system->kvm);
	system_init(system);
}

bool fact_name_is(struct fact_name name, const char *text)
{
	return strlen(text) == name.length &&
	       !memcmp(name.text, text, name.length);
}

static void *named_find(const struct named_list *list, size_t size,
			struct fact_name name)
{
	char *item = list->items;

	for (size_t i = 0; i < list->count; i++, item += size) {
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

const struct program *system_program(const struct system *system,
				     const char *name)
{
	return named_find(&system->programs, sizeof(struct program),
			  whole(name));
}

const struct process *system_process(const struct system *system,
				     const char *name)
{
	return named_find(&system->processes, sizeof(struct process),
			  whole(name));
}

bool module_present(const struct module *module)
{
	return module->state == MODULE_STATE_LOADED ||
	       module->state == MODULE_STATE_BUILTIN;
}

const char *device_access_name(enum device_access access)
{
	return access_names[access];
}

bool device_group_unmapped(const struct device *device)
{
	return device->group_known && device->group == OVERFLOW_ID;
}

const char *device_group_name(const struct device *device)
{
	if (device->group_name)
		return device->group_name;
	return *device->node_group ? device->node_group : NULL;
}

bool device_group_has(const struct device *device, const struct user *user)
{
	if (!device->group_known || device_group_unmapped(device))
		return false;
	ARRAY_EACH(group, user->groups, user->nr_groups)
		if (*group == device->group)
			return true;
	return false;
}

bool device_acl_denies(const struct device *device, const struct user *user)
{
	ARRAY_EACH(entry, device->acl_entries, device->nr_acl_entries) {
		if (entry->read_write)
			continue;
		if (entry->kind == ACL_IS_MASK ||
		    (entry->kind == ACL_OF_USER && user->uid_known &&
		     entry->id == user->uid))
			return true;
	}
	return false;
}

enum iommu_state iommu_state(const struct iommu_use *use)
{
	/* Single devices translate or not whatever the default is. */
	if (use->asked == IOMMU_OFF || use->asked == IOMMU_PASSTHROUGH)
		return use->asked;
	if (use->units)
		return use->units;
	return use->groups ? use->groups : use->asked;
}

const char *iommu_state_text(enum iommu_state state)
{
	static const char *const texts[] = {
		[IOMMU_UNKNOWN] = "not known",
		[IOMMU_OFF] = "off",
		[IOMMU_PASSTHROUGH] = "in passthrough mode",
		[IOMMU_TRANSLATES] = "on",
	};

	return texts[state];
}

const struct said *system_said(const struct system *system, const char *key)
{
	const struct said *said =
		named_find(&system->said, sizeof(*said), whole(key));

	return said && said->known ? said : NULL;
}
