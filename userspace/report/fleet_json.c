// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo fleet as JSON. */
#include <stdlib.h>

#include "fleet/select.h"
#include "output/json.h"
#include "report/fleet.h"

static void json_names(struct json *json, const char *key,
		       const struct fleet *fleet, const struct host_list *list)
{
	size_t i;

	json_begin_array(json, key);
	for (i = 0; i < list->count; i++)
		json_string(json, NULL, fleet->hosts[list->hosts[i]].name);
	json_end(json);
}

static void json_hosts(struct json *json, const struct fleet *fleet)
{
	char buffer[FLEET_CELL];
	enum fleet_column column;
	size_t i;

	json_begin_array(json, "hosts");
	for (i = 0; i < fleet->nr_hosts; i++) {
		if (fleet->hosts[i].left_out)
			continue;
		json_begin_object(json, NULL);
		for (column = 0; column < NR_FLEET_COLUMNS; column++)
			json_string(json, fleet_column_info(column)->name,
				    fleet_cell(fleet, i, column, buffer));
		json_end(json);
	}
	json_end(json);
}

static void json_odd(struct json *json, const struct fleet *fleet,
		     const struct fleet_odd *odd)
{
	size_t i;

	json_begin_object(json, NULL);
	json_names(json, "hosts", fleet, &odd->hosts);
	json_begin_array(json, "differences");
	for (i = 0; i < odd->nr_differences; i++) {
		json_begin_object(json, NULL);
		json_string(json, "cause", odd->differences[i].cause);
		json_string(json, "name", odd->differences[i].what);
		json_string(json, "usual", odd->differences[i].usual);
		json_string(json, "here", odd->differences[i].here);
		json_end(json);
	}
	json_end(json);
	json_end(json);
}

static void json_groups(struct json *json, const struct fleet *fleet)
{
	size_t i, j;

	json_begin_array(json, "groups");
	for (i = 0; i < fleet->nr_groups; i++) {
		const struct fleet_group *group = &fleet->groups[i];

		if (!group->hosts.count)
			continue;
		json_begin_object(json, NULL);
		json_uint(json, "number", group->number);
		json_string(json, "name", group->name);
		json_string(json, "apart", group->apart);
		json_names(json, "hosts", fleet, &group->hosts);
		json_begin_array(json, "odd");
		for (j = 0; j < group->nr_odd; j++)
			if (group->odd[j].hosts.count)
				json_odd(json, fleet, &group->odd[j]);
		json_end(json);
		json_end(json);
	}
	json_end(json);
}

static void json_fields(struct json *json, const char *key,
			const enum field_id *fields, size_t count)
{
	size_t i;

	json_begin_array(json, key);
	for (i = 0; i < count; i++) {
		const struct field_info *field = field_info(fields[i]);

		json_format(json, NULL, "%s.%s",
			    register_info(field->reg)->name, field->name);
	}
	json_end(json);
}

static int json_holders(struct json *json, const struct fleet *fleet,
			const struct fleet_baseline *baseline,
			const struct fleet_holders *holders)
{
	struct host_list without = { .hosts = NULL };
	struct host_list unknown = { .hosts = NULL };
	int error =
		fleet_holders_list(fleet, baseline, holders->without,
				   &without) ||
		fleet_holders_list(fleet, baseline, holders->unknown, &unknown);

	json_begin_object(json, NULL);
	json_fields(json, "features", holders->fields, holders->nr_fields);
	json_names(json, "without", fleet, &without);
	json_names(json, "unknown", fleet, &unknown);
	json_end(json);
	free(without.hosts);
	free(unknown.hosts);
	return error ? -1 : 0;
}

static int json_baselines(struct json *json, const struct fleet *fleet)
{
	size_t i, j;
	int error = 0;

	json_begin_array(json, "baselines");
	for (i = 0; i < fleet->nr_baselines; i++) {
		const struct fleet_baseline *of = &fleet->baselines[i];

		json_begin_object(json, NULL);
		json_string(json, "vendor", of->vendor);
		json_uint(json, "hosts", of->hosts.count);
		json_fields(json, "features", of->common, of->nr_common);
		json_begin_array(json, "lacking");
		for (j = 0; j < of->nr_holders && !error; j++)
			error = json_holders(json, fleet, of, &of->holders[j]);
		json_end(json);
		if (of->suggested) {
			json_names(json, "suggested", fleet,
				   &of->suggestion.hosts);
			json_fields(json, "gains", of->suggestion.gains,
				    of->suggestion.nr_gains);
		}
		json_end(json);
	}
	json_end(json);
	return error;
}

static void json_domains(struct json *json, const struct fleet *fleet)
{
	const struct fleet_domains *domains = &fleet->domains;
	size_t i, j;

	if (!domains->judged) {
		json_null(json, "domains");
		return;
	}
	json_begin_object(json, "domains");
	json_string(json, "guest", guest_class_name(domains->guest));
	json_names(json, "unknown", fleet, &domains->unknown);
	json_begin_array(json, "list");
	for (i = 0; i < domains->count; i++) {
		json_begin_object(json, NULL);
		json_names(json, "hosts", fleet, &domains->list[i].hosts);
		json_begin_array(json, "to");
		for (j = 0; j < domains->list[i].nr_to; j++)
			json_uint(json, NULL, domains->list[i].to[j] + 1);
		json_end(json);
		json_end(json);
	}
	json_end(json);
	json_end(json);
}

static void json_reasons(struct json *json, const struct fleet *fleet)
{
	size_t i;

	json_begin_array(json, "reasons");
	for (i = 0; i < fleet->nr_reasons; i++) {
		json_begin_object(json, NULL);
		json_string(json, "reason",
			    reason_info(fleet->reasons[i].reason)->name);
		json_names(json, "hosts", fleet, &fleet->reasons[i].hosts);
		json_end(json);
	}
	json_end(json);
}

int fleet_json(struct out *out, const struct fleet *fleet)
{
	struct json *json = json_new("virtinfo.fleet/1");
	size_t hosts = fleet->nr_hosts - fleet->nr_left_out;
	int error;

	json_uint(json, "count", hosts);
	json_uint(json, "ready", fleet->nr_usable);
	json_uint(json, "unknown", fleet->nr_unknown);
	json_uint(json, "errors", fleet->nr_errors);
	json_uint(json, "left_out", fleet->nr_left_out);
	json_reasons(json, fleet);
	json_groups(json, fleet);
	error = json_baselines(json, fleet);
	json_domains(json, fleet);
	json_hosts(json, fleet);
	return json_finish(json, out->file) || error ? -1 : 0;
}
