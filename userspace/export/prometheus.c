// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prometheus' text format 0.0.4, as node_exporter's textfile collector reads
 * it: every metric is a gauge, without a time of its own. Texts that there are
 * once are labels of virtinfo_info.
 */
#include <inttypes.h>

#include "export/engine.h"
#include "output/escape.h"

static int write_label(FILE *file, char before, const char *name,
		       const char *value)
{
	int error;

	fprintf(file, "%c%s=\"", before, name);
	error = escape_prometheus(file, value);
	putc('"', file);
	return error;
}

static void write_head(FILE *file, const char *name, const char *help)
{
	fprintf(file, "# HELP virtinfo_%s %s.\n# TYPE virtinfo_%s gauge\n",
		name, help, name);
}

static int write_info(FILE *file, const struct export_list *list)
{
	char before = '{';
	size_t i;

	write_head(file, "info", "What virtinfo found, in words");
	fputs("virtinfo_info", file);
	for (i = 0; i < list->count; i++) {
		const struct export_item *item = &list->items[i];

		if (!item->text)
			continue;
		if (write_label(file, before, export_info(item->id)->name,
				item->text))
			return -1;
		before = ',';
	}
	fputs(before == ',' ? "} 1\n" : " 1\n", file);
	return 0;
}

static void write_value(FILE *file, const struct export_item *item)
{
	switch (export_info(item->id)->kind) {
	case EXPORT_ANSWER:
		fprintf(file, " %d\n", item->yes);
		break;
	case EXPORT_NUMBER:
		fprintf(file, " %" PRIu64 "\n", item->number);
		break;
	case EXPORT_SECONDS:
		fprintf(file, " %.9g\n", item->seconds);
		break;
	case EXPORT_TEXT:
		break;
	}
}

static int write_item(FILE *file, const struct export_item *item)
{
	size_t i;

	fprintf(file, "virtinfo_%s", export_info(item->id)->name);
	for (i = 0; i < item->nr_labels; i++)
		if (write_label(file, i ? ',' : '{', item->labels[i].name,
				item->labels[i].value))
			return -1;
	if (item->nr_labels)
		putc('}', file);
	write_value(file, item);
	return 0;
}

int export_prometheus(FILE *file, const struct export_list *list)
{
	size_t i;

	if (write_info(file, list))
		return -1;
	for (i = 0; i < list->count; i++) {
		const struct export_item *item = &list->items[i];
		const struct export_info *info = export_info(item->id);

		if (item->text)
			continue;
		if (export_begins(list, i))
			write_head(file, info->name, info->help);
		if (write_item(file, item))
			return -1;
	}
	return 0;
}
