// SPDX-License-Identifier: GPL-2.0-only
/* Facts of device nodes and of the user who is to open them. */
#include <limits.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"
#include "input/fact_keys.h"
#include "types.h"

enum parsed parse_device(const struct parsing *at)
{
	struct device *device = at->item;

	device->state_text = at->value;
	device->state = !strcmp(at->value, "missing") ? DEVICE_MISSING :
			!strcmp(at->value, "present") ? DEVICE_PRESENT :
							DEVICE_UNKNOWN;
	return PARSED;
}

/* "?": it has none. */
static void keep_group_name(struct device *device, const char *name,
			    size_t length)
{
	if (length >= sizeof(device->node_group) ||
	    (length == 1 && *name == '?'))
		return;
	memcpy(device->node_group, name, length);
	device->node_group[length] = '\0';
}

/* "106 (kvm)": the name may hold anything. */
static bool take_group(const char **at, struct device *device)
{
	const char *end;

	device->group_known = take_uint(at, 10, &device->group);
	if (!device->group_known)
		return false;
	if (take_text(at, " (")) {
		end = strstr(*at, "), ");
		if (end)
			keep_group_name(device, *at, (size_t)(end - *at));
		*at = end ? end + 1 : *at + strlen(*at);
	}
	return true;
}

/* What follows ", "; parts that are not known are a newer program's. */
static bool take_node_part(const char **at, struct device *device)
{
	unsigned int owner;

	if (take_text(at, "owner "))
		return take_uint(at, 10, &owner);
	if (take_text(at, "group "))
		return take_group(at, device);
	if (take_text(at, "mode ")) {
		device->mode_known = take_uint(at, 8, &device->mode);
		return device->mode_known;
	}
	*at += strcspn(*at, ",");
	return true;
}

/* "character 10:232, owner 0, group 106 (kvm), mode 0660" */
enum parsed parse_device_node(const struct parsing *at)
{
	struct device *device = at->item;
	const char *text = at->value;
	unsigned int major, minor;

	device->node = at->value;
	if (!take_text(&text, "character ") && !take_text(&text, "block ") &&
	    !take_text(&text, "not a device "))
		return PARSED;
	if (!take_uint(&text, 10, &major) || !take_text(&text, ":") ||
	    !take_uint(&text, 10, &minor))
		return PARSED_BAD;
	while (take_text(&text, ", "))
		if (!take_node_part(&text, device))
			return PARSED_BAD;
	return *text ? PARSED_BAD : PARSED;
}

enum parsed parse_device_access(const struct parsing *at)
{
	struct device *device = at->item;

	for (enum device_access access = ACCESS_NONE; access <= ACCESS_LESS;
	     access++)
		if (!strcmp(at->value, device_access_name(access)))
			device->access = access;
	return PARSED;
}

/* "user:1000:rw", "group:106:r-" or "mask:rw" */
static bool take_entry(const char **at, struct acl_entry *entry)
{
	bool of_one = true;

	if (take_text(at, "user:")) {
		entry->kind = ACL_OF_USER;
	} else if (take_text(at, "group:")) {
		entry->kind = ACL_OF_GROUP;
	} else if (take_text(at, "mask:")) {
		entry->kind = ACL_IS_MASK;
		of_one = false;
	}
	if (of_one && (!take_uint(at, 10, &entry->id) || !take_text(at, ":")))
		return false;
	entry->read_write = take_text(at, "rw");
	return entry->read_write || take_text(at, "r-") ||
	       take_text(at, "-w") || take_text(at, "--");
}

static bool is_acl_entry(const char *text)
{
	return take_text(&text, "user:") || take_text(&text, "group:") ||
	       take_text(&text, "mask:");
}

static enum parsed add_entry(const char **at, struct device *device)
{
	struct acl_entry entry = { 0 };

	if (!take_entry(at, &entry))
		return PARSED_BAD;
	if (ARRAY_GROW(device->acl_entries, device->nr_acl_entries,
		       device->acl_capacity))
		return PARSED_NO_MEMORY;
	device->acl_entries[device->nr_acl_entries++] = entry;
	return PARSED;
}

/* virtinfo 0.1.0 cut a list at this length, even amid an entry. */
#define ACL_CUT 199

enum parsed parse_device_acl(const struct parsing *at)
{
	struct device *device = at->item;
	const char *text = at->value;
	enum parsed parsed;

	device->acl = at->value;
	while (*text) {
		parsed = is_acl_entry(text) ? add_entry(&text, device) : PARSED;
		if (parsed == PARSED_BAD && strlen(at->value) == ACL_CUT &&
		    !strchr(text, ' '))
			return PARSED;
		if (parsed != PARSED)
			return parsed;
		text += strcspn(text, " ");
		text += strspn(text, " ");
	}
	return PARSED;
}

static int add_group(struct user *user, unsigned int group)
{
	if (ARRAY_GROW(user->groups, user->nr_groups, user->capacity))
		return -1;
	user->groups[user->nr_groups++] = group;
	return 0;
}

/* "106 1000 and 5 more": where a word begins, the list has ended. */
static enum parsed take_groups(const char **at, struct user *user)
{
	unsigned int group;

	do {
		if (!looks_like_number(*at)) {
			*at += strcspn(*at, ",");
			return PARSED;
		}
		if (!take_uint(at, 10, &group))
			return PARSED_BAD;
		if (add_group(user, group))
			return PARSED_NO_MEMORY;
	} while (take_text(at, " "));
	return PARSED;
}

static enum parsed take_user_part(const char **at, struct user *user)
{
	unsigned int gid;

	if (take_text(at, "uid ")) {
		user->uid_known = take_uint(at, 10, &user->uid);
		return user->uid_known ? PARSED : PARSED_BAD;
	}
	if (take_text(at, "gid ")) {
		if (!take_uint(at, 10, &gid))
			return PARSED_BAD;
		return add_group(user, gid) ? PARSED_NO_MEMORY : PARSED;
	}
	if (take_text(at, "groups "))
		return take_groups(at, user);
	*at += strcspn(*at, ",");
	return PARSED;
}

/* "uid 1000, gid 1000, groups 106 1000" */
enum parsed parse_user(const struct parsing *at)
{
	struct user *user = &at->system->user;
	const char *text = at->value;
	enum parsed parsed;

	user->text = at->value;
	do {
		parsed = take_user_part(&text, user);
		if (parsed != PARSED)
			return parsed;
	} while (take_text(&text, ", "));
	return *text ? PARSED_BAD : PARSED;
}
