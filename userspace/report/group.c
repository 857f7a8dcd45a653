// SPDX-License-Identifier: GPL-2.0-only
#include "report/group.h"

#include "summary.h"

void group_heading(struct out *out, const struct group_names *names)
{
	out_heading(out, "%s: %s%s%s", names->cpus_words, names->vendor,
		    *names->model_name ? ", " : "", names->model_name);
}

void group_json(struct json *json, const struct group_names *names)
{
	json_string(json, "cpus", names->cpus);
	json_string(json, "vendor", names->vendor);
	json_known_string(json, "model_name", names->model_name);
}

void group_summary_json(struct json *json, const struct host_group *group)
{
	const struct vi_sample *sample = &group->sample;

	json_string(json, "extension", vi_extension_name(vi_extension(sample)));
	json_string(json, "state", vi_state_name(vi_state(sample)));
	json_string(json, "paging", vi_paging_name(vi_paging(sample)));
}
