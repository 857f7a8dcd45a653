// SPDX-License-Identifier: GPL-2.0-only
/*
 * A feature file of Node Feature Discovery's source "local": a line is
 * KEY=VALUE. What hosts are selected by is a label of the node; what only
 * describes one is a feature, for rules. What is another each time is left out:
 * the cluster would be told each time.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/safe.h"
#include "base/timestamp.h"
#include "export/engine.h"
#include "output/escape.h"

#define PREFIX "feature.node.kubernetes.io/"

/* Labels outlive who wrote them by this: the timer writes once an hour. */
#define EXPIRY_SECONDS (24 * 60 * 60)

static void write_key(FILE *file, const struct export_item *item)
{
	char name[2 * KUBERNETES_SIZE], safe[KUBERNETES_SIZE];

	snprintf(name, sizeof(name), "virtinfo-%s%s%s",
		 export_info(item->id)->name, item->nr_labels ? "." : "",
		 item->nr_labels ? item->labels[0].value : "");
	fprintf(file, PREFIX "%s=", escape_kubernetes(safe, name));
}

static int write_text(FILE *file, const struct export_item *item)
{
	const struct export_info *info = export_info(item->id);
	char value[KUBERNETES_SIZE], *safe;

	if (info->use == EXPORT_SELECT) {
		if (*escape_kubernetes(value, item->text)) {
			write_key(file, item);
			fprintf(file, "%s\n", value);
		}
		return 0;
	}
	safe = safe_string(item->text);
	if (!safe)
		return -1;
	fputs("# +no-label\n", file);
	write_key(file, item);
	fprintf(file, "%s\n", safe);
	free(safe);
	return 0;
}

static int write_item(FILE *file, const struct export_item *item)
{
	const struct export_info *info = export_info(item->id);

	if (info->kind == EXPORT_TEXT)
		return write_text(file, item);
	if (info->use == EXPORT_DESCRIBE)
		fputs("# +no-label\n", file);
	write_key(file, item);
	if (info->kind == EXPORT_ANSWER)
		fprintf(file, "%s\n", item->yes ? "true" : "false");
	else
		fprintf(file, "%" PRIu64 "\n", item->number);
	return 0;
}

/* An old file would have expired before it was written. */
static void write_expiry(FILE *file, const struct export_list *list)
{
	char text[TIMESTAMP_SIZE];
	size_t i;

	for (i = 0; list->live && i < list->count; i++)
		if (list->items[i].id == EXPORT_LAST_RUN)
			fprintf(file, "# +expiry-time=%s\n",
				timestamp_format(
					text, (int64_t)list->items[i].number +
						      EXPIRY_SECONDS));
}

int export_nfd(FILE *file, const struct export_list *list)
{
	size_t i;

	write_expiry(file, list);
	for (i = 0; i < list->count; i++) {
		const struct export_item *item = &list->items[i];

		if (export_info(item->id)->use == EXPORT_MEASURE ||
		    item->nr_labels > 1)
			continue;
		if (write_item(file, item))
			return -1;
	}
	return 0;
}
