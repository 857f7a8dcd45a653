/* SPDX-License-Identifier: GPL-2.0-only */
/* What identifies a group of CPUs, as every report shows it. */
#ifndef VIRTINFO_REPORT_GROUP_H
#define VIRTINFO_REPORT_GROUP_H

#include "model/host.h"
#include "output/json.h"
#include "output/out.h"

/*
 * "CPUs 0-3: GenuineIntel, Intel(R) Xeon(R) ...", of these CPUs. All of them
 * return 0, or -1 without memory.
 */
int group_heading(struct out *out, const struct host_group *group,
		  const struct cpulist *cpus);

/* "cpus", "vendor" and "model_name" as members of the open object. */
int group_json(struct json *json, const struct host_group *group);

/* "hypervisor": the signatures in CPUID, null for none. */
int group_hypervisor_json(struct json *json, const struct host_group *group);

/* "extension", "state" and "paging", in the words of format 1. */
void group_summary_json(struct json *json, const struct host_group *group);

#endif
