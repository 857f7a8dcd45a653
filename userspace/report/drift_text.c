// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo fleet --since for people, on one screen. */
#include "report/drift.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory_text.h"
#include "report/fleet.h"
#include "report/screen.h"

static size_t entries_of(const struct fleet_drift *drift, enum drift_how how)
{
	size_t i, count = 0;

	for (i = 0; i < drift->count; i++)
		count += drift->entries[i].how == how;
	return count;
}

static enum out_style style_of(enum drift_how how)
{
	switch (how) {
	case DRIFT_LOST:
	case DRIFT_UNREADABLE:
		return OUT_BAD;
	case DRIFT_VANISHED:
	case DRIFT_REASON:
		return OUT_WARN;
	case DRIFT_GAINED:
		return OUT_GOOD;
	default:
		return OUT_PLAIN;
	}
}

/* "node1, node2: firmware-disabled, was ready". */
static int print_hosts(const struct screen *screen,
		       const struct fleet_drift *drift,
		       const struct fleet_drift_entry *entry)
{
	const char *after = entry->after, *before = entry->before;
	char *names = fleet_names(drift_fleet(drift, entry), &entry->hosts,
				  screen->names);
	char *text = NULL;
	int length;

	if (!names)
		return -1;
	if (entry->error) /* it names the file */
		length = asprintf(&text, "%s", entry->error);
	else if (after && before && strcmp(after, before))
		length =
			asprintf(&text, "%s: %s, was %s", names, after, before);
	else
		length = asprintf(&text, "%s: %s%s", names, after ? "" : "was ",
				  after	 ? after :
				  before ? before :
					   "not readable");
	if (length >= 0)
		screen_row(screen, style_of(entry->how), 2, text);
	free(text);
	free(names);
	return length < 0 ? -1 : 0;
}

/* Of each cause the first; they stand together. */
static bool is_shown(const struct screen *screen,
		     const struct fleet_drift_entry *entry, size_t at)
{
	const struct fleet_difference *of = entry->differences;

	return screen->rows == SCREEN_ALL || !at ||
	       strcmp(of[at].cause, of[at - 1].cause);
}

static void put_difference(FILE *file, const struct fleet_difference *of)
{
	fprintf(file, "%s: %s %s, was %s", of->cause, of->what,
		of->here ? of->here : "not there",
		of->usual ? of->usual : "not there");
}

static int print_differences(const struct screen *screen,
			     const struct fleet_drift_entry *entry)
{
	size_t i, size, left = entry->nr_differences;
	char *text = NULL;
	FILE *file;

	if (!entry->compared) {
		screen_row(screen, OUT_PLAIN, 4,
			   "its file has changed since it was read");
		return 0;
	}
	if (!left)
		return 0;
	file = open_memstream(&text, &size);
	if (!file)
		return -1;
	for (i = 0; i < entry->nr_differences; i++)
		left -= is_shown(screen, entry, i);
	/* What is cut is at the end, so how many there are is not. */
	if (left)
		fprintf(file, "%zu differences; ", entry->nr_differences);
	for (i = 0; i < entry->nr_differences; i++) {
		if (!is_shown(screen, entry, i))
			continue;
		if (i)
			fputs(screen->rows == SCREEN_ALL ? "\n" : "; ", file);
		put_difference(file, &entry->differences[i]);
	}
	text = memory_text(file, &text);
	if (!text)
		return -1;
	screen_row(screen, OUT_PLAIN, 4, text);
	free(text);
	return 0;
}

static int print_how(const struct screen *screen,
		     const struct fleet_drift *drift, enum drift_how how)
{
	size_t i, shown = 0, count = entries_of(drift, how);
	size_t hosts = drift->hosts[how];

	if (!count)
		return 0;
	out_heading(screen->out, "%s: %zu host%s", drift_title(how), hosts,
		    hosts == 1 ? "" : "s");
	for (i = 0; i < drift->count && shown < screen->rows; i++) {
		const struct fleet_drift_entry *entry = &drift->entries[i];

		if (entry->how != how)
			continue;
		shown++;
		if (print_hosts(screen, drift, entry) ||
		    print_differences(screen, entry))
			return -1;
	}
	screen_more(screen, count);
	return 0;
}

static int print(const struct screen *screen, const void *data)
{
	const struct fleet_drift *drift = data;
	size_t now = drift->now->nr_hosts, then = drift->old->nr_hosts;
	enum drift_how how;

	out_heading(screen->out, "%zu host%s, %zu then: %zu the same", now,
		    now == 1 ? "" : "s", then, drift->nr_same);
	if (drift->nr_unreadable)
		out_styled(screen->out, OUT_BAD,
			   "%zu could be read neither then nor now\n",
			   drift->nr_unreadable);
	for (how = 0; how < NR_DRIFTS; how++)
		if (print_how(screen, drift, how))
			return -1;
	return 0;
}

int drift_text(struct out *out, const struct fleet_drift *drift, bool all)
{
	return screen_print(out, all, print, drift);
}
