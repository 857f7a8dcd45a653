// SPDX-License-Identifier: GPL-2.0-only
/* A local fact of Ansible: JSON, which it has as ansible_local.virtinfo. */
#include "export/engine.h"
#include "export/facts.h"

int export_ansible(FILE *file, const struct export_list *list)
{
	struct json *json = json_new(EXPORT_FACTS_SCHEMA);

	export_facts(json, list);
	return json_finish(json, file);
}
