// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo fleet for people, on one screen. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory_text.h"
#include "output/table.h"
#include "report/fleet.h"
#include "report/screen.h"

char *fleet_names(const struct fleet *fleet, const struct host_list *list,
		  size_t most)
{
	size_t i, size, shown = list->count > most ? most : list->count;
	char *text = NULL;
	FILE *file = open_memstream(&text, &size);

	if (!file)
		return NULL;
	for (i = 0; i < shown; i++)
		fprintf(file, "%s%s", i ? ", " : "",
			fleet->hosts[list->hosts[i]].name);
	if (shown < list->count)
		fprintf(file, " and %zu more", list->count - shown);
	return memory_text(file, &text);
}

static int print_counts(const struct screen *screen, const struct fleet *fleet)
{
	size_t hosts = fleet->nr_hosts - fleet->nr_left_out;
	size_t known = hosts - fleet->nr_errors - fleet->nr_unknown;
	char unknown[64] = "";

	if (fleet->nr_unknown)
		snprintf(unknown, sizeof(unknown), ", %zu not known",
			 fleet->nr_unknown);
	out_heading(screen->out, "%zu host%s: %zu ready, %zu not%s", hosts,
		    hosts == 1 ? "" : "s", fleet->nr_usable,
		    known - fleet->nr_usable, unknown);
	if (fleet->nr_left_out)
		out_printf(screen->out, "%zu left out\n", fleet->nr_left_out);
	return 0;
}

static int print_errors(const struct screen *screen, const struct fleet *fleet)
{
	size_t i, shown = 0;

	if (!fleet->nr_errors)
		return 0;
	out_styled(screen->out, OUT_BAD, "%zu could not be read:\n",
		   fleet->nr_errors);
	for (i = 0; i < fleet->nr_hosts && shown < screen->rows; i++) {
		if (fleet->hosts[i].left_out || !fleet->hosts[i].error)
			continue;
		screen_row(screen, OUT_PLAIN, 2, fleet->hosts[i].error);
		shown++;
	}
	screen_more(screen, fleet->nr_errors);
	return 0;
}

/* A table folds what is too wide. */
static int print_reasons_clipped(const struct screen *screen,
				 const struct fleet *fleet)
{
	size_t i;

	for (i = 0; i < fleet->nr_reasons && i < screen->rows; i++) {
		const struct fleet_reason *reason = &fleet->reasons[i];
		char *names = fleet_names(fleet, &reason->hosts, screen->names);
		char *text = NULL;
		int length = -1;

		if (names)
			length = asprintf(&text, "%s (%zu): %s",
					  reason_info(reason->reason)->name,
					  reason->hosts.count, names);
		free(names);
		if (length < 0)
			return -1;
		screen_row(screen, OUT_PLAIN, 0, text);
		free(text);
	}
	screen_more(screen, fleet->nr_reasons);
	return 0;
}

static int print_reasons(const struct screen *screen, const struct fleet *fleet)
{
	static const struct column columns[] = {
		{ .title = "REASON" },
		{ .title = "HOSTS", .right = true },
		{ .title = "WHO", .wrap = true },
	};
	struct table *table;
	size_t i;

	if (screen->clip)
		return print_reasons_clipped(screen, fleet);
	table = table_new(screen->out, columns, 3, true);
	for (i = 0; i < fleet->nr_reasons && i < screen->rows; i++) {
		const struct fleet_reason *reason = &fleet->reasons[i];
		char *names = fleet_names(fleet, &reason->hosts, screen->names);

		table_row(table);
		table_cell(table, 0, OUT_PLAIN, "%s",
			   reason_info(reason->reason)->name);
		table_cell(table, 1, OUT_PLAIN, "%zu", reason->hosts.count);
		table_cell(table, 2, OUT_PLAIN, "%s", names ? names : "");
		free(names);
	}
	if (table_finish(table))
		return -1;
	screen_more(screen, fleet->nr_reasons);
	return 0;
}

/* How many of its hosts are odd, and in what most of them differ. */
static int print_odd(const struct screen *screen, const struct fleet *fleet,
		     const struct fleet_odd *odd)
{
	const struct fleet_difference *first = odd->differences;
	char *names, *text = NULL;
	int length;

	if (!odd->hosts.count)
		return 0;
	names = fleet_names(fleet, &odd->hosts, screen->names);
	if (!names)
		return -1;
	length = odd->nr_differences ?
			 asprintf(&text, "odd: %s: %s %s, usually %s (%zu)",
				  names, first->what,
				  first->here ? first->here : "not known",
				  first->usual ? first->usual : "not known",
				  odd->nr_differences) :
			 asprintf(&text, "odd: %s", names);
	if (length >= 0)
		screen_row(screen, OUT_PLAIN, 4, text);
	free(text);
	free(names);
	return length < 0 ? -1 : 0;
}

static int print_group(const struct screen *screen, const struct fleet *fleet,
		       const struct fleet_group *group)
{
	size_t i, shown = screen->rows == SCREEN_ALL ? group->nr_odd : 1;
	char *text = NULL;

	if (asprintf(&text, "%zu: %zu of %s%s%s", group->number,
		     group->hosts.count, group->name, group->apart ? "; " : "",
		     group->apart ? group->apart : "") < 0)
		return -1;
	screen_row(screen, OUT_PLAIN, 2, text);
	free(text);
	for (i = 0; i < group->nr_odd && i < shown; i++)
		if (print_odd(screen, fleet, &group->odd[i]))
			return -1;
	return 0;
}

static int print_groups(const struct screen *screen, const struct fleet *fleet)
{
	size_t i, count = 0;

	for (i = 0; i < fleet->nr_groups; i++) {
		/* --filter may have left none of its hosts. */
		if (!fleet->groups[i].hosts.count || count++ >= screen->rows)
			continue;
		if (count == 1) {
			out_printf(screen->out, "\n");
			out_heading(screen->out, "Groups of like hosts");
		}
		if (print_group(screen, fleet, &fleet->groups[i]))
			return -1;
	}
	screen_more(screen, count);
	return 0;
}

static int print_holders(const struct screen *screen, const struct fleet *fleet,
			 const struct fleet_baseline *baseline,
			 const struct fleet_holders *holders)
{
	struct host_list list = { .hosts = NULL };
	char *names = NULL, *text = NULL;
	size_t i, size;
	FILE *file = NULL;
	int error =
		fleet_holders_list(fleet, baseline, holders->without, &list) ||
		fleet_holders_list(fleet, baseline, holders->unknown, &list);

	host_list_sort(&list);
	if (!error)
		names = fleet_names(fleet, &list, screen->names);
	if (names)
		file = open_memstream(&text, &size);
	if (file) {
		fprintf(file, "%zu feature%s: ", holders->nr_fields,
			holders->nr_fields == 1 ? "" : "s");
		for (i = 0; i < holders->nr_fields && i < screen->names; i++)
			fprintf(file, "%s%s", i ? ", " : "",
				field_info(holders->fields[i])->name);
		fprintf(file, "%s; %s by %s",
			holders->nr_fields > screen->names ? ", ..." : "",
			holders->nr_unknown ? "held down or not known" :
					      "held down",
			names);
		error = fclose(file);
	}
	if (text && !error)
		screen_row(screen, OUT_PLAIN, 2, text);
	error |= !names || !text;
	free(text);
	free(names);
	free(list.hosts);
	return error ? -1 : 0;
}

static int print_suggestion(const struct screen *screen,
			    const struct fleet *fleet,
			    const struct fleet_baseline *baseline)
{
	const struct fleet_suggestion *suggestion = &baseline->suggestion;
	char *names, *text;
	int length;

	if (!suggestion->hosts.count) {
		out_printf(screen->out, "  No so few hosts gain a feature.\n");
		return 0;
	}
	names = fleet_names(fleet, &suggestion->hosts, 16);
	if (!names)
		return -1;
	length = asprintf(&text, "Without %s all others have %zu more.", names,
			  suggestion->nr_gains);
	free(names);
	if (length < 0)
		return -1;
	screen_row(screen, OUT_PLAIN, 2, text);
	free(text);
	return 0;
}

static int print_baseline(const struct screen *screen,
			  const struct fleet *fleet,
			  const struct fleet_baseline *baseline)
{
	size_t i;

	out_printf(screen->out, "\n");
	out_heading(
		screen->out, "Baseline of %zu ready host%s (%s): %zu feature%s",
		baseline->hosts.count, baseline->hosts.count == 1 ? "" : "s",
		baseline->vendor ? baseline->vendor : "vendor not known",
		baseline->nr_common, baseline->nr_common == 1 ? "" : "s");
	for (i = 0; i < baseline->nr_holders && i < screen->rows; i++)
		if (print_holders(screen, fleet, baseline,
				  &baseline->holders[i]))
			return -1;
	screen_more(screen, baseline->nr_holders);
	return baseline->suggested ? print_suggestion(screen, fleet, baseline) :
				     0;
}

static int print_domain(const struct screen *screen, const struct fleet *fleet,
			size_t at)
{
	const struct fleet_domain *domain = &fleet->domains.list[at];
	char *text = NULL,
	     *names = fleet_names(fleet, &domain->hosts, screen->names);
	size_t i, size;
	FILE *file = names ? open_memstream(&text, &size) : NULL;
	int error;

	if (!file) {
		free(names);
		return -1;
	}
	fprintf(file, "%zu: %zu host%s", at + 1, domain->hosts.count,
		domain->hosts.count == 1 ? "" : "s");
	for (i = 0; i < domain->nr_to && i < screen->rows; i++)
		fprintf(file, "%s %zu", i ? "," : ", one way to",
			domain->to[i] + 1);
	/* The names may be long, and are what is cut. */
	fprintf(file, "%s (%s)", i < domain->nr_to ? ", ..." : "", names);
	error = fclose(file);
	if (!error)
		screen_row(screen, OUT_PLAIN, 2, text);
	free(text);
	free(names);
	return error ? -1 : 0;
}

static int print_unknown(const struct screen *screen, const struct fleet *fleet)
{
	const struct host_list *unknown = &fleet->domains.unknown;
	char *text = NULL, *names;

	if (!unknown->count)
		return 0;
	names = fleet_names(fleet, unknown, screen->names);
	if (!names || asprintf(&text, "not known of %zu: %s", unknown->count,
			       names) < 0) {
		free(names);
		return -1;
	}
	screen_row(screen, OUT_PLAIN, 2, text);
	free(text);
	free(names);
	return 0;
}

static int print_domains(const struct screen *screen, const struct fleet *fleet)
{
	const struct fleet_domains *domains = &fleet->domains;
	size_t i;

	out_printf(screen->out, "\n");
	if (!domains->judged) {
		out_printf(
			screen->out,
			"Domains of migration: --guest=plain compares %zu kinds of hosts.\n",
			fleet->nr_kinds);
		return 0;
	}
	out_heading(screen->out, "Domains of migration for a %s guest: %zu",
		    guest_class_name(domains->guest), domains->count);
	for (i = 0; i < domains->count && i < screen->rows; i++)
		if (print_domain(screen, fleet, i))
			return -1;
	screen_more(screen, domains->count);
	return print_unknown(screen, fleet);
}

/* Fleets are of one vendor or of two. */
#define SHOWN_BASELINES 2

static int print(const struct screen *screen, const void *data)
{
	const struct fleet *fleet = data;
	size_t shown = screen->rows == SCREEN_ALL ? fleet->nr_baselines :
						    SHOWN_BASELINES;
	size_t i;

	if (print_counts(screen, fleet) || print_errors(screen, fleet) ||
	    print_reasons(screen, fleet) || print_groups(screen, fleet))
		return -1;
	for (i = 0; i < fleet->nr_baselines && i < shown; i++)
		if (print_baseline(screen, fleet, &fleet->baselines[i]))
			return -1;
	if (i < fleet->nr_baselines)
		out_printf(screen->out, "\nBaselines of %zu more (--all)\n",
			   fleet->nr_baselines - i);
	return fleet->nr_usable ? print_domains(screen, fleet) : 0;
}

int fleet_text(struct out *out, const struct fleet *fleet, bool all)
{
	return screen_print(out, all, print, fleet);
}
