// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo fleet --since as JSON. */
#include "output/json.h"
#include "report/drift.h"

static void json_differences(struct json *json,
			     const struct fleet_drift_entry *entry)
{
	size_t i;

	json_begin_array(json, "differences");
	for (i = 0; i < entry->nr_differences; i++) {
		const struct fleet_difference *of = &entry->differences[i];

		json_begin_object(json, NULL);
		json_string(json, "cause", of->cause);
		json_string(json, "name", of->what);
		json_string(json, "then", of->usual);
		json_string(json, "now", of->here);
		json_end(json);
	}
	json_end(json);
}

static void json_entry(struct json *json, const struct fleet_drift *drift,
		       const struct fleet_drift_entry *entry)
{
	const struct fleet *fleet = drift_fleet(drift, entry);
	size_t i;

	json_begin_object(json, NULL);
	json_string(json, "what", drift_name(entry->how));
	json_begin_array(json, "hosts");
	for (i = 0; i < entry->hosts.count; i++)
		json_string(json, NULL,
			    fleet->hosts[entry->hosts.hosts[i]].name);
	json_end(json);
	json_string(json, "reason_then", entry->before);
	json_string(json, "reason_now", entry->after);
	json_boolean(json, "compared", entry->compared);
	json_string(json, "error", entry->error);
	json_differences(json, entry);
	json_end(json);
}

int drift_json(struct out *out, const struct fleet_drift *drift, int status)
{
	struct json *json = json_new("virtinfo.drift/1");
	enum drift_how how;
	size_t i;

	json_uint(json, "then", drift->old->nr_hosts);
	json_uint(json, "now", drift->now->nr_hosts);
	json_uint(json, "same", drift->nr_same);
	json_uint(json, "unreadable_both", drift->nr_unreadable);
	json_begin_object(json, "counts");
	for (how = 0; how < NR_DRIFTS; how++)
		json_uint(json, drift_name(how), drift->hosts[how]);
	json_end(json);
	json_begin_array(json, "changes");
	for (i = 0; i < drift->count; i++)
		json_entry(json, drift, &drift->entries[i]);
	json_end(json);
	json_int(json, "status", status);
	return json_finish(json, out->file);
}
