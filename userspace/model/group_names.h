/* SPDX-License-Identifier: GPL-2.0-only */
/* What identifies a group of CPUs, in words. */
#ifndef VIRTINFO_MODEL_GROUP_NAMES_H
#define VIRTINFO_MODEL_GROUP_NAMES_H

#include "model/host.h"

struct group_names {
	char *cpus;	  /* "0-3" */
	char *cpus_words; /* "CPUs 0-3" */
	char *vendor;
	char *model_name; /* "" where it is not known */
};

/* Returns 0, or -1 without memory. group_names_free() it either way. */
int group_names(const struct host_group *group, struct group_names *names);
void group_names_free(struct group_names *names);

#endif
