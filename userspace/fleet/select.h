/* SPDX-License-Identifier: GPL-2.0-only */
/* Which hosts and columns a person asked for. */
#ifndef VIRTINFO_FLEET_SELECT_H
#define VIRTINFO_FLEET_SELECT_H

#include "fleet/fleet.h"

struct fleet_column_info {
	const char *name;
	const char *title;
	bool right; /* numbers */
};

const struct fleet_column_info *fleet_column_info(enum fleet_column column);

/* The column of that name, which may be in capitals, or NR_FLEET_COLUMNS. */
enum fleet_column fleet_column_find(const char *name, size_t length);

/*
 * Leave out hosts: those of a list of names with commas between; those that a
 * filter does not fit: COLUMN=PATTERN or COLUMN!=PATTERN, with commas between,
 * PATTERN as a shell's. All have to fit. What is not known is "".
 * Returns 0; -1 without memory; -2 with a message in *why, to be freed.
 */
int select_without(struct fleet *fleet, const char *names, char **why);
int select_filter(struct fleet *fleet, const char *filter, char **why);

/*
 * The hosts that are left, by a column, or by their names; a "-" before it
 * turns the order. What is not known is last. The same returns.
 */
int select_sorted(const struct fleet *fleet, const char *column,
		  struct host_list *list, char **why);

/* Is -2 with that message in *why, or -1 without memory. */
int fleet_refuse(char **why, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Is -2, or -1 without memory: that word names no column. */
int select_no_column(char **why, const char *word, size_t length);

#endif
