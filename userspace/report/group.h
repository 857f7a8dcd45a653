/* SPDX-License-Identifier: GPL-2.0-only */
/* What identifies a group of CPUs, as every report shows it. */
#ifndef VIRTINFO_REPORT_GROUP_H
#define VIRTINFO_REPORT_GROUP_H

#include "model/host.h"
#include "output/json.h"
#include "output/out.h"

struct group_names {
	char *cpus;	  /* "0-3" */
	char *cpus_words; /* "CPUs 0-3" */
	char *vendor;
	char *model_name; /* "" where it is not known */
	char *hypervisor; /* signatures; "" for none */
};

/* Returns 0, or -1 without memory. group_names_free() it either way. */
int group_names(const struct host_group *group, struct group_names *names);
void group_names_free(struct group_names *names);

/* "CPUs 0-3: GenuineIntel, Intel(R) Xeon(R) ..." */
void group_heading(struct out *out, const struct group_names *names);

/* "cpus", "vendor" and "model_name" as members of the open object. */
void group_json(struct json *json, const struct group_names *names);

#endif
