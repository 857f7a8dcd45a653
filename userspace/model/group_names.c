// SPDX-License-Identifier: GPL-2.0-only
#include "model/group_names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory_text.h"
#include "summary.h"
#include "text.h"

/* As the text of format 1 has it. NULL without memory; free() it. */
static char *bytes_text(const char *bytes, unsigned int count)
{
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	if (!file)
		return NULL;
	vi_text_bytes(file, bytes, count);
	return memory_text(file, &text);
}

int group_names(const struct host_group *group, struct group_names *names)
{
	char bytes[48];

	vi_vendor(&group->sample, bytes);
	names->vendor = bytes_text(bytes, 12);
	vi_model_name(&group->sample, bytes);
	names->model_name =
		bytes_text(bytes, (unsigned int)strnlen(bytes, sizeof(bytes)));
	names->cpus = cpulist_string(&group->cpus);
	names->cpus_words = cpulist_words(&group->cpus);
	return names->vendor && names->model_name && names->cpus &&
			       names->cpus_words ?
		       0 :
		       -1;
}

void group_names_free(struct group_names *names)
{
	free(names->cpus);
	free(names->cpus_words);
	free(names->vendor);
	free(names->model_name);
}
