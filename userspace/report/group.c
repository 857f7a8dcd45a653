// SPDX-License-Identifier: GPL-2.0-only
#include "report/group.h"

#include <stdlib.h>

#include "model/group_names.h"
#include "summary.h"
#include "text.h"

int group_heading(struct out *out, const struct host_group *group,
		  const struct cpulist *cpus)
{
	struct host_group shown = *group;
	struct group_names names;
	int error;

	shown.cpus = *cpus;
	error = group_names(&shown, &names);
	if (!error)
		out_heading(out, "%s: %s%s%s", names.cpus_words, names.vendor,
			    *names.model_name ? ", " : "", names.model_name);
	group_names_free(&names);
	return error;
}

int group_json(struct json *json, const struct host_group *group)
{
	struct group_names names;
	int error = group_names(group, &names);

	if (!error) {
		json_string(json, "cpus", names.cpus);
		json_string(json, "vendor", names.vendor);
		json_known_string(json, "model_name", names.model_name);
	}
	group_names_free(&names);
	return error;
}

int group_hypervisor_json(struct json *json, const struct host_group *group)
{
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);
	int error;

	if (!file)
		return -1;
	vi_text_signatures(file, &group->hv);
	error = fclose(file);
	json_known_string(json, "hypervisor", text);
	free(text);
	return error;
}

void group_summary_json(struct json *json, const struct host_group *group)
{
	const struct vi_sample *sample = &group->sample;

	json_string(json, "extension", vi_extension_name(vi_extension(sample)));
	json_string(json, "state", vi_state_name(vi_state(sample)));
	json_string(json, "paging", vi_paging_name(vi_paging(sample)));
}
