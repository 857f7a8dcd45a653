// SPDX-License-Identifier: GPL-2.0-only
#include "report/group.h"

#include <stdlib.h>
#include <string.h>

#include "summary.h"

/* Without the blanks and NULs that pad the fixed size of a register's text. */
static void trimmed(char *out, size_t size, const char *bytes, size_t length)
{
	while (length && (!bytes[length - 1] || bytes[length - 1] == ' '))
		length--;
	while (length && *bytes == ' ') {
		bytes++;
		length--;
	}
	safe_bytes(out, size, bytes, length);
}

static void hypervisors(const struct vi_hv *hv, char *out, size_t size)
{
	char signature[12], safe[SAFE_SIZE(12)];
	unsigned int i;

	*out = '\0';
	for (i = 0; i < hv->count; i++) {
		if (hv->leaves[i].leaf & 0xff)
			continue;
		vi_hv_signature(&hv->leaves[i], signature);
		trimmed(safe, sizeof(safe), signature, sizeof(signature));
		if (strlen(out) + 2 + strlen(safe) >= size)
			return;
		if (*out)
			strcat(out, ", ");
		strcat(out, safe);
	}
}

int group_names(const struct host_group *group, struct group_names *names)
{
	char bytes[48];

	vi_vendor(&group->sample, bytes);
	trimmed(names->vendor, sizeof(names->vendor), bytes, 12);
	vi_model_name(&group->sample, bytes);
	trimmed(names->model_name, sizeof(names->model_name), bytes,
		strnlen(bytes, sizeof(bytes)));
	hypervisors(&group->hv, names->hypervisor, sizeof(names->hypervisor));
	names->cpus = cpulist_string(&group->cpus);
	names->cpus_words = cpulist_words(&group->cpus);
	return names->cpus && names->cpus_words ? 0 : -1;
}

void group_names_free(struct group_names *names)
{
	free(names->cpus);
	free(names->cpus_words);
}

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
