// SPDX-License-Identifier: GPL-2.0-only
#include "input/json_member.h"

#include <json-c/json.h>

const char *json_member_string(struct json_object *object, const char *name,
			       const char **end)
{
	struct json_object *member = json_object_object_get(object, name);
	const char *text;

	if (!json_object_is_type(member, json_type_string))
		return NULL;
	text = json_object_get_string(member);
	*end = text + json_object_get_string_len(member);
	return text;
}
