// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/select.h"

#include <fnmatch.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "types.h"

static const struct fleet_column_info columns[NR_FLEET_COLUMNS] = {
#define COLUMN(id, word, number, text)                                         \
	[COLUMN_##id] = { .name = (word), .title = (text), .right = (number) },
#include "tables/fleet_columns.def"
};

const struct fleet_column_info *fleet_column_info(enum fleet_column column)
{
	return &columns[column];
}

enum fleet_column fleet_column_find(const char *name, size_t length)
{
	enum fleet_column column;

	for (column = 0; column < NR_FLEET_COLUMNS; column++)
		if (strlen(columns[column].name) == length &&
		    !strncasecmp(columns[column].name, name, length))
			break;
	return column;
}

int fleet_refuse(char **why, const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vasprintf(why, format, arguments);
	va_end(arguments);
	if (length < 0) {
		*why = NULL;
		return -1;
	}
	return -2;
}

/* How much of a word a message shows. */
#define SHOWN 64

int select_no_column(char **why, const char *word, size_t length)
{
	return fleet_refuse(
		why,
		"unknown column '%.*s', virtinfo fleet --list-columns prints them",
		(int)(length < SHOWN ? length : SHOWN), word);
}

static bool leave_out(struct fleet *fleet, const char *name, size_t length)
{
	bool found = false;
	size_t i;

	for (i = 0; i < fleet->nr_hosts; i++) {
		struct fleet_host *host = &fleet->hosts[i];

		if ((strlen(host->name) == length &&
		     !memcmp(host->name, name, length)) ||
		    (strlen(host->path) == length &&
		     !memcmp(host->path, name, length))) {
			host->left_out = true;
			found = true;
		}
	}
	return found;
}

int select_without(struct fleet *fleet, const char *names, char **why)
{
	while (*names) {
		size_t length = strcspn(names, ",");

		if (length && !leave_out(fleet, names, length))
			return fleet_refuse(
				why, "no host '%.*s' in this fleet",
				(int)(length < SHOWN ? length : SHOWN), names);
		names += length + (names[length] == ',');
	}
	return 0;
}

static int apply(struct fleet *fleet, enum fleet_column column, bool not,
		 const char *pattern)
{
	size_t i;

	for (i = 0; i < fleet->nr_hosts; i++) {
		char number[FLEET_CELL];
		const char *cell = fleet_cell(fleet, i, column, number);

		if (!fnmatch(pattern, cell ? cell : "", 0) == not )
			fleet->hosts[i].left_out = true;
	}
	return 0;
}

static int filter_one(struct fleet *fleet, const char *text, size_t length,
		      char **why)
{
	const char *equal = memchr(text, '=', length);
	enum fleet_column column;
	char *pattern;
	bool not ;
	int error;

	if (!equal || equal == text)
		return fleet_refuse(
			why, "invalid filter '%.*s', not COLUMN=PATTERN",
			(int)(length < SHOWN ? length : SHOWN), text);
	not = equal[-1] == '!';
	column = fleet_column_find(text, (size_t)(equal - text) - not );
	if (column == NR_FLEET_COLUMNS)
		return select_no_column(why, text,
					(size_t)(equal - text) - not );
	pattern = strndup(equal + 1, length - (size_t)(equal + 1 - text));
	if (!pattern)
		return -1;
	error = apply(fleet, column, not, pattern);
	free(pattern);
	return error;
}

int select_filter(struct fleet *fleet, const char *filter, char **why)
{
	int error = 0;

	while (*filter && !error) {
		size_t length = strcspn(filter, ",");

		error = filter_one(fleet, filter, length, why);
		filter += length + (filter[length] == ',');
	}
	return error;
}

struct order {
	const struct fleet *fleet;
	enum fleet_column column;
	bool turned;
};

static int compare_hosts(const void *one, const void *other, void *data)
{
	const struct order *order = data;
	size_t a = *(const size_t *)one, b = *(const size_t *)other;
	char numbers[2][FLEET_CELL];
	const char *x = fleet_cell(order->fleet, a, order->column, numbers[0]);
	const char *y = fleet_cell(order->fleet, b, order->column, numbers[1]);
	int result = 0;

	if (!x != !y)
		return x ? -1 : 1;
	if (x)
		result = strverscmp(x, y);
	if (order->turned)
		result = -result;
	return result ? result : (a > b) - (a < b);
}

int select_sorted(const struct fleet *fleet, const char *column,
		  struct host_list *list, char **why)
{
	struct order order = { .fleet = fleet, .column = COLUMN_HOST };
	size_t i;

	for (i = 0; i < fleet->nr_hosts; i++)
		if (!fleet->hosts[i].left_out && host_list_add(list, i))
			return -1;
	if (!column)
		return 0;
	order.turned = *column == '-';
	column += order.turned;
	order.column = fleet_column_find(column, strlen(column));
	if (order.column == NR_FLEET_COLUMNS)
		return select_no_column(why, column, strlen(column));
	if (list->count)
		qsort_r(list->hosts, list->count, sizeof(*list->hosts),
			compare_hosts, &order);
	return 0;
}
