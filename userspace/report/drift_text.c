// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo fleet --since for people, on one screen. */
#include "report/drift.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output/clip.h"
#include "report/fleet.h"

/* Lines of one screen that lists may have, and what one entry has. */
#define SCREEN	      40
#define MOST_ENTRIES  10
#define SHOWN_NAMES   3
#define LINES_OF_ONE  2
#define OUT_ALL_NAMES ((size_t)-1)

struct printing {
	struct out *out;
	const struct fleet_drift *drift;
	bool all;
	size_t most; /* entries of each list */
};

static size_t entries_of(const struct fleet_drift *drift, enum drift_how how)
{
	size_t i, count = 0;

	for (i = 0; i < drift->count; i++)
		count += drift->entries[i].how == how;
	return count;
}

/* With so many entries of each list: headings, entries, "N more". */
static size_t lines_of(const struct fleet_drift *drift, size_t most)
{
	enum drift_how how;
	size_t lines = 0;

	for (how = 0; how < NR_DRIFTS; how++) {
		size_t count = entries_of(drift, how);

		if (count)
			lines += 1 + (count > most) +
				 LINES_OF_ONE * (count < most ? count : most);
	}
	return lines;
}

static size_t most_entries(const struct fleet_drift *drift)
{
	size_t most = MOST_ENTRIES;

	while (most > 1 && lines_of(drift, most) > SCREEN)
		most--;
	return most;
}

static void line(const struct printing *p, enum out_style style, int indent,
		 const char *text)
{
	if (p->all)
		out_styled_paragraph(p->out, style, indent, text);
	else
		out_clipped(p->out, style, indent, "%s", text);
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
static int print_hosts(const struct printing *p,
		       const struct fleet_drift_entry *entry)
{
	const char *after = entry->after, *before = entry->before;
	char *names = fleet_names(drift_fleet(p->drift, entry), &entry->hosts,
				  p->all ? OUT_ALL_NAMES : SHOWN_NAMES);
	char *text = NULL;
	int length;

	if (!names)
		return -1;
	if (entry->error)
		length = asprintf(&text, "%s", entry->error);
	else if (after && before && strcmp(after, before))
		length = asprintf(&text, "%s: %s, was %s", names, after,
				  before);
	else
		length = asprintf(&text, "%s: %s%s", names,
				  after ? "" : "was ",
				  after	 ? after :
				  before ? before :
					   "not readable");
	if (length >= 0)
		line(p, style_of(entry->how), 2, text);
	free(text);
	free(names);
	return length < 0 ? -1 : 0;
}

/* Of each cause the first; they stand together. */
static bool is_shown(const struct printing *p,
		     const struct fleet_drift_entry *entry, size_t at)
{
	const struct fleet_difference *of = entry->differences;

	return p->all || !at || strcmp(of[at].cause, of[at - 1].cause);
}

static void put_difference(FILE *file, const struct fleet_difference *of)
{
	fprintf(file, "%s: %s %s, was %s", of->cause, of->what,
		of->here ? of->here : "not there",
		of->usual ? of->usual : "not there");
}

static int print_differences(const struct printing *p,
			     const struct fleet_drift_entry *entry)
{
	size_t i, size, left = entry->nr_differences;
	char *text = NULL;
	FILE *file;

	if (!entry->compared) {
		line(p, OUT_PLAIN, 4,
		     "its file has changed since it was read");
		return 0;
	}
	if (!left)
		return 0;
	file = open_memstream(&text, &size);
	if (!file)
		return -1;
	for (i = 0; i < entry->nr_differences; i++)
		left -= is_shown(p, entry, i);
	/* What is cut is at the end, so how many there are is not. */
	if (left)
		fprintf(file, "%zu differences; ", entry->nr_differences);
	for (i = 0; i < entry->nr_differences; i++) {
		if (!is_shown(p, entry, i))
			continue;
		if (i)
			fputs(p->all ? "\n" : "; ", file);
		put_difference(file, &entry->differences[i]);
	}
	if (fclose(file)) {
		free(text);
		return -1;
	}
	line(p, OUT_PLAIN, 4, text);
	free(text);
	return 0;
}

static int print_how(const struct printing *p, enum drift_how how)
{
	size_t i, shown = 0, count = entries_of(p->drift, how);
	size_t hosts = p->drift->hosts[how];

	if (!count)
		return 0;
	out_heading(p->out, "%s: %zu host%s", drift_title(how), hosts,
		    hosts == 1 ? "" : "s");
	for (i = 0; i < p->drift->count && (p->all || shown < p->most); i++) {
		const struct fleet_drift_entry *entry = &p->drift->entries[i];

		if (entry->how != how)
			continue;
		shown++;
		if (print_hosts(p, entry) || print_differences(p, entry))
			return -1;
	}
	if (shown < count)
		out_printf(p->out, "  and %zu more (--all)\n", count - shown);
	return 0;
}

int drift_text(struct out *out, const struct fleet_drift *drift, bool all)
{
	const struct printing p = {
		.out = out,
		.drift = drift,
		.all = all,
		.most = most_entries(drift),
	};
	size_t now = drift->now->nr_hosts, then = drift->old->nr_hosts;
	enum drift_how how;

	out_heading(out, "%zu host%s, %zu then: %zu the same", now,
		    now == 1 ? "" : "s", then, drift->nr_same);
	if (drift->nr_unreadable)
		out_styled(out, OUT_BAD, "%zu could be read neither then nor now\n",
			   drift->nr_unreadable);
	for (how = 0; how < NR_DRIFTS; how++)
		if (print_how(&p, how))
			return -1;
	return 0;
}
