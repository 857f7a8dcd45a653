// SPDX-License-Identifier: GPL-2.0-only
/*
 * A provider configuration of OpenStack's Nova (provider.yaml, schema 1.0): a
 * custom trait of the compute node for each answer that is yes. Placement has
 * no other values, so "no" is no trait, as is what is not known.
 */
#include "export/engine.h"
#include "output/escape.h"

#define HEAD                                                                   \
	"meta:\n"                                                              \
	"  schema_version: '1.0'\n"                                            \
	"providers:\n"                                                         \
	"  - identification:\n"                                                \
	"      uuid: '$COMPUTE_NODE'\n"                                        \
	"    traits:\n"                                                        \
	"      additional:"

static bool is_trait(const struct export_item *item)
{
	const struct export_info *info = export_info(item->id);

	return info->use == EXPORT_SELECT && info->kind == EXPORT_ANSWER &&
	       item->yes;
}

static void write_trait(FILE *file, const struct export_item *item)
{
	char trait[TRAIT_SIZE], name[TRAIT_SIZE];

	snprintf(name, sizeof(name), "virtinfo_%s%s%s",
		 export_info(item->id)->name, item->nr_labels ? "_" : "",
		 item->nr_labels ? item->labels[0].value : "");
	fprintf(file, "\n        - %s", escape_trait(trait, name));
}

int export_placement(FILE *file, const struct export_list *list)
{
	bool any = false;
	size_t i;

	fputs(HEAD, file);
	for (i = 0; i < list->count; i++)
		if (is_trait(&list->items[i])) {
			write_trait(file, &list->items[i]);
			any = true;
		}
	fputs(any ? "\n" : " []\n", file);
	return 0;
}
