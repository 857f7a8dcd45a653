// SPDX-License-Identifier: GPL-2.0-only
#include "export/facts.h"

void export_fact_value(struct json *json, const char *key,
		       const struct export_item *item)
{
	switch (export_info(item->id)->kind) {
	case EXPORT_TEXT:
		json_string(json, key, item->text);
		break;
	case EXPORT_ANSWER:
		json_boolean(json, key, item->yes);
		break;
	case EXPORT_NUMBER:
		json_uint(json, key, item->number);
		break;
	case EXPORT_SECONDS:
		json_double(json, key, item->seconds);
		break;
	}
}

void export_fact_labels(struct json *json, const struct export_item *item)
{
	size_t i;

	for (i = 0; i < item->nr_labels; i++)
		json_string(json, item->labels[i].name, item->labels[i].value);
}

static void write_object(struct json *json, const struct export_item *item)
{
	json_begin_object(json, NULL);
	export_fact_labels(json, item);
	export_fact_value(json, export_info(item->id)->name, item);
	json_end(json);
}

void export_facts(struct json *json, const struct export_list *list)
{
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct export_item *item = &list->items[i];
		const struct export_info *info = export_info(item->id);

		if (!info->label) {
			export_fact_value(json, info->name, item);
			continue;
		}
		if (export_begins(list, i) && *info->label)
			json_begin_object(json, info->name);
		else if (export_begins(list, i))
			json_begin_array(json, info->name);
		if (*info->label)
			export_fact_value(json, item->labels[0].value, item);
		else
			write_object(json, item);
		if (export_ends(list, i))
			json_end(json);
	}
}
