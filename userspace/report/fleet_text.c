// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo fleet for people, on one screen. */
#include <stdio.h>
#include <stdlib.h>

#include "output/table.h"
#include "report/fleet.h"

#define SHOWN_ROWS  5
#define SHOWN_NAMES 3

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
	return fclose(file) ? NULL : text;
}

static void more(struct out *out, size_t count, const char *what)
{
	if (count > SHOWN_ROWS)
		out_printf(out, "  and %zu more %s\n", count - SHOWN_ROWS,
			   what);
}

static int print_counts(struct out *out, const struct fleet *fleet)
{
	size_t hosts = fleet->nr_hosts - fleet->nr_left_out;

	out_heading(out, "%zu host%s: %zu ready, %zu not", hosts,
		    hosts == 1 ? "" : "s", fleet->nr_usable,
		    hosts - fleet->nr_usable - fleet->nr_errors);
	if (fleet->nr_left_out)
		out_printf(out, "%zu left out\n", fleet->nr_left_out);
	return 0;
}

static int print_errors(struct out *out, const struct fleet *fleet)
{
	size_t i, shown = 0;

	if (!fleet->nr_errors)
		return 0;
	out_styled(out, OUT_BAD, "%zu could not be read:\n", fleet->nr_errors);
	for (i = 0; i < fleet->nr_hosts && shown < SHOWN_ROWS; i++) {
		if (fleet->hosts[i].left_out || !fleet->hosts[i].error)
			continue;
		out_paragraph(out, 2, fleet->hosts[i].error);
		shown++;
	}
	more(out, fleet->nr_errors, "(--filter 'error=?*' -o error)");
	return 0;
}

static int print_reasons(struct out *out, const struct fleet *fleet)
{
	static const struct column columns[] = {
		{ .title = "REASON" },
		{ .title = "HOSTS", .right = true },
		{ .title = "WHO", .wrap = true },
	};
	struct table *table = table_new(out, columns, 3, true);
	size_t i;

	for (i = 0; i < fleet->nr_reasons && i < SHOWN_ROWS; i++) {
		const struct fleet_reason *reason = &fleet->reasons[i];
		char *names = fleet_names(fleet, &reason->hosts, SHOWN_NAMES);

		table_row(table);
		table_cell(table, 0, OUT_PLAIN, "%s",
			   reason_info(reason->reason)->name);
		table_cell(table, 1, OUT_PLAIN, "%zu", reason->hosts.count);
		table_cell(table, 2, OUT_PLAIN, "%s", names ? names : "");
		free(names);
	}
	if (table_finish(table))
		return -1;
	more(out, fleet->nr_reasons, "reasons");
	return 0;
}

static int print_odd(struct out *out, const struct fleet *fleet,
		     const struct fleet_group *group)
{
	const struct fleet_odd *odd = group->odd;
	const struct fleet_difference *first = odd->differences;
	char *names, *text = NULL;
	int length;

	if (!odd->hosts.count)
		return 0;
	names = fleet_names(fleet, &odd->hosts, SHOWN_NAMES);
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
		out_paragraph(out, 4, text);
	free(text);
	free(names);
	return length < 0 ? -1 : 0;
}

static int print_groups(struct out *out, const struct fleet *fleet)
{
	size_t i;

	out_printf(out, "\n");
	out_heading(out, "Groups of like hosts");
	for (i = 0; i < fleet->nr_groups && i < SHOWN_ROWS; i++) {
		const struct fleet_group *group = &fleet->groups[i];
		char *text = NULL;

		if (!group->hosts.count)
			continue;
		if (asprintf(&text, "%zu: %zu of %s%s%s", group->number,
			     group->hosts.count, group->name,
			     group->apart ? "; " : "",
			     group->apart ? group->apart : "") < 0)
			return -1;
		out_paragraph(out, 2, text);
		free(text);
		if (group->nr_odd && print_odd(out, fleet, group))
			return -1;
	}
	more(out, fleet->nr_groups, "groups");
	return 0;
}

static int print_holders(struct out *out, const struct fleet *fleet,
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
		names = fleet_names(fleet, &list, SHOWN_NAMES);
	if (names)
		file = open_memstream(&text, &size);
	if (file) {
		fprintf(file, "%zu feature%s: ", holders->nr_fields,
			holders->nr_fields == 1 ? "" : "s");
		for (i = 0; i < holders->nr_fields && i < SHOWN_NAMES; i++)
			fprintf(file, "%s%s", i ? ", " : "",
				field_info(holders->fields[i])->name);
		fprintf(file, "%s; %s by %s",
			holders->nr_fields > SHOWN_NAMES ? ", ..." : "",
			holders->nr_unknown ? "held down or not known" :
					      "held down",
			names);
		error = fclose(file);
	}
	if (text && !error)
		out_paragraph(out, 2, text);
	error |= !names || !text;
	free(text);
	free(names);
	free(list.hosts);
	return error ? -1 : 0;
}

static int print_suggestion(struct out *out, const struct fleet *fleet,
			    const struct fleet_baseline *baseline)
{
	const struct fleet_suggestion *suggestion = &baseline->suggestion;
	char *names, *text;
	int length;

	if (!suggestion->hosts.count) {
		out_printf(out, "  No so few hosts gain a feature.\n");
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
	out_paragraph(out, 2, text);
	free(text);
	return 0;
}

static int print_baseline(struct out *out, const struct fleet *fleet,
			  const struct fleet_baseline *baseline)
{
	size_t i;

	out_printf(out, "\n");
	out_heading(out, "Baseline of %zu ready hosts (%s): %zu features",
		    baseline->hosts.count,
		    baseline->vendor ? baseline->vendor : "vendor not known",
		    baseline->nr_common);
	for (i = 0; i < baseline->nr_holders && i < SHOWN_ROWS; i++)
		if (print_holders(out, fleet, baseline, &baseline->holders[i]))
			return -1;
	more(out, baseline->nr_holders, "sets of hosts");
	return baseline->suggested ? print_suggestion(out, fleet, baseline) : 0;
}

static int print_domain(struct out *out, const struct fleet *fleet, size_t at)
{
	const struct fleet_domain *domain = &fleet->domains.list[at];
	char *names = fleet_names(fleet, &domain->hosts, SHOWN_NAMES);
	size_t i;

	if (!names)
		return -1;
	out_printf(out, "  %zu: %zu hosts (%s)", at + 1, domain->hosts.count,
		   names);
	for (i = 0; i < domain->nr_to && i < SHOWN_ROWS; i++)
		out_printf(out, "%s %zu", i ? "," : ", one way to",
			   domain->to[i] + 1);
	out_printf(out, "%s\n", i < domain->nr_to ? ", ..." : "");
	free(names);
	return 0;
}

static int print_domains(struct out *out, const struct fleet *fleet)
{
	const struct fleet_domains *domains = &fleet->domains;
	size_t i;

	out_printf(out, "\n");
	if (!domains->judged) {
		out_printf(
			out,
			"Domains of migration: --guest=plain compares %zu kinds of hosts.\n",
			fleet->nr_kinds);
		return 0;
	}
	out_heading(out, "Domains of migration for a %s guest: %zu",
		    guest_class_name(domains->guest), domains->count);
	for (i = 0; i < domains->count && i < SHOWN_ROWS; i++)
		if (print_domain(out, fleet, i))
			return -1;
	more(out, domains->count, "domains");
	return 0;
}

int fleet_text(struct out *out, const struct fleet *fleet)
{
	size_t i;

	if (print_counts(out, fleet) || print_errors(out, fleet) ||
	    print_reasons(out, fleet) || print_groups(out, fleet))
		return -1;
	for (i = 0; i < fleet->nr_baselines && i < 2; i++)
		if (print_baseline(out, fleet, &fleet->baselines[i]))
			return -1;
	return fleet->nr_usable ? print_domains(out, fleet) : 0;
}
