// SPDX-License-Identifier: GPL-2.0-only
#include "report/group.h"

void group_heading(struct out *out, const struct group_names *names)
{
	out_heading(out, "%s: %s%s%s", names->cpus_words, names->vendor,
		    *names->model_name ? ", " : "", names->model_name);
}

void group_json(struct json *json, const struct group_names *names)
{
	json_string(json, "cpus", names->cpus);
	json_string(json, "vendor", names->vendor);
	json_string(json, "model_name",
		    *names->model_name ? names->model_name : NULL);
}
