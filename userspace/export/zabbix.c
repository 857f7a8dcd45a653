// SPDX-License-Identifier: GPL-2.0-only
/*
 * JSON for one item of Zabbix, of which dependent items take their values by
 * JSONPath: answers are 1 and 0, which triggers calculate with, and what has
 * labels is an array of objects, which low-level discovery reads.
 */
#include "export/engine.h"
#include "export/facts.h"

static void write_value(struct json *json, const char *key,
			const struct export_item *item)
{
	if (export_info(item->id)->kind == EXPORT_ANSWER)
		json_int(json, key, item->yes);
	else
		export_fact_value(json, key, item);
}

static void write_labelled(struct json *json, const struct export_list *list,
			   size_t index)
{
	const struct export_item *item = &list->items[index];

	if (export_begins(list, index))
		json_begin_array(json, export_info(item->id)->name);
	json_begin_object(json, NULL);
	export_fact_labels(json, item);
	write_value(json, "value", item);
	json_end(json);
	if (export_ends(list, index))
		json_end(json);
}

int export_zabbix(FILE *file, const struct export_list *list)
{
	struct json *json = json_new("virtinfo.zabbix/1");
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct export_info *info = export_info(list->items[i].id);

		if (info->label)
			write_labelled(json, list, i);
		else
			write_value(json, info->name, &list->items[i]);
	}
	return json_finish(json, file);
}
