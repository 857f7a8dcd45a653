/* SPDX-License-Identifier: GPL-2.0-only */
/* What identifies a group of CPUs, as every report shows it. */
#ifndef VIRTINFO_REPORT_GROUP_H
#define VIRTINFO_REPORT_GROUP_H

#include "model/group_names.h"
#include "output/json.h"
#include "output/out.h"

/* "CPUs 0-3: GenuineIntel, Intel(R) Xeon(R) ..." */
void group_heading(struct out *out, const struct group_names *names);

/* "cpus", "vendor" and "model_name" as members of the open object. */
void group_json(struct json *json, const struct group_names *names);

/* "extension", "state" and "paging", in the words of format 1. */
void group_summary_json(struct json *json, const struct host_group *group);

#endif
