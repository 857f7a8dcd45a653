// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo fleet, a host a line: in columns, or as JSON. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "fleet/select.h"
#include "output/json.h"
#include "output/table.h"
#include "report/fleet.h"

struct shown {
	enum fleet_column columns[NR_FLEET_COLUMNS];
	int count;
};

static const enum fleet_column usual[] = {
	COLUMN_HOST,	   COLUMN_REASON, COLUMN_GROUP,
	COLUMN_MODEL_NAME, COLUMN_KERNEL,
};

static int choose(struct shown *shown, const char *list, char **why)
{
	while (*list) {
		size_t length = strcspn(list, ",");
		enum fleet_column column = fleet_column_find(list, length);

		if (column == NR_FLEET_COLUMNS)
			return select_no_column(why, list, length);
		if (shown->count < NR_FLEET_COLUMNS)
			shown->columns[shown->count++] = column;
		list += length + (list[length] == ',');
	}
	return 0;
}

static int columns_of(struct shown *shown, const struct options *options,
		      char **why)
{
	*shown = (struct shown){ .count = 0 };
	if (options_has(options, OPT_COLUMNS))
		return choose(shown, options->value[OPT_COLUMNS], why);
	if (!options_has(options, OPT_OUTPUT_ALL)) {
		memcpy(shown->columns, usual, sizeof(usual));
		shown->count = ARRAY_SIZE(usual);
		return 0;
	}
	for (; shown->count < NR_FLEET_COLUMNS; shown->count++)
		shown->columns[shown->count] = (enum fleet_column)shown->count;
	return 0;
}

static int print(struct out *out, const struct fleet *fleet,
		 const struct shown *shown, const struct host_list *hosts,
		 bool headings)
{
	char titles[NR_FLEET_COLUMNS][32];
	struct column columns[NR_FLEET_COLUMNS] = { { 0 } };
	char buffer[FLEET_CELL];
	struct table *table;
	size_t i, at;
	int c;

	for (c = 0; c < shown->count; c++) {
		const struct fleet_column_info *info =
			fleet_column_info(shown->columns[c]);

		for (at = 0; at < sizeof(titles[c]) - 1 && info->name[at]; at++)
			titles[c][at] = (char)toupper(info->name[at]);
		titles[c][at] = '\0';
		columns[c].title = titles[c];
		columns[c].right = info->right;
	}
	table = table_new(out, columns, shown->count, headings);
	for (i = 0; i < hosts->count; i++) {
		table_row(table);
		for (c = 0; c < shown->count; c++) {
			const char *cell =
				fleet_cell(fleet, hosts->hosts[i],
					   shown->columns[c], buffer);

			table_cell(table, c, OUT_PLAIN, "%s",
				   cell ? cell : "-");
		}
	}
	return table_finish(table);
}

int fleet_table(struct out *out, const struct fleet *fleet,
		const struct options *options, char **why)
{
	struct host_list hosts = { .hosts = NULL };
	struct shown shown;
	int error = columns_of(&shown, options, why);

	if (!error)
		error = select_sorted(fleet, options->value[OPT_SORT], &hosts,
				      why);
	if (!error)
		error = print(out, fleet, &shown, &hosts,
			      !options_has(options, OPT_NOHEADINGS));
	free(hosts.hosts);
	return error;
}

int fleet_columns(struct out *out)
{
	static const struct column columns[] = {
		{ .title = "COLUMN" },
		{ .title = "MEANING", .wrap = true },
	};
	struct table *table = table_new(out, columns, 2, true);
	enum fleet_column column;

	for (column = 0; column < NR_FLEET_COLUMNS; column++) {
		table_row(table);
		table_cell(table, 0, OUT_PLAIN, "%s",
			   fleet_column_info(column)->name);
		table_cell(table, 1, OUT_PLAIN, "%s",
			   fleet_column_info(column)->title);
	}
	return table_finish(table);
}

int fleet_line(struct out *out, const struct fleet *fleet, size_t host)
{
	struct json *json = json_new("virtinfo.fleet-host/1");
	const struct fleet_host *of = &fleet->hosts[host];
	enum fleet_column column;
	char buffer[FLEET_CELL];

	for (column = 0; column < NR_FLEET_COLUMNS; column++) {
		/* Those are known when all hosts are. */
		if (column == COLUMN_GROUP || column == COLUMN_ODD ||
		    column == COLUMN_DOMAIN)
			continue;
		json_string(json, fleet_column_info(column)->name,
			    column == COLUMN_HOST && of->node ?
				    of->node :
				    fleet_cell(fleet, host, column, buffer));
	}
	return json_finish_line(json, out->file);
}
