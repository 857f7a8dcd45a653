// SPDX-License-Identifier: GPL-2.0-only
/* An external fact of Facter: JSON, whose outermost keys are the facts' names. */
#include "export/engine.h"
#include "export/facts.h"

int export_facter(FILE *file, const struct export_list *list)
{
	struct json *json = json_new(NULL);

	json_begin_object(json, "virtinfo");
	json_string(json, "schema", EXPORT_FACTS_SCHEMA);
	export_facts(json, list);
	json_end(json);
	return json_finish(json, file);
}
