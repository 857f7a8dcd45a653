/* SPDX-License-Identifier: GPL-2.0-only */
/* May a register be there of which no value is known? */
#ifndef VIRTINFO_MODEL_POSSIBLE_H
#define VIRTINFO_MODEL_POSSIBLE_H

#include "model/host.h"
#include "model/register_table.h"

/*
 * False only where its gate, the maximum of its leaf's range or what was read of
 * the hypervisor rule it out, whatever the unknown registers say. status is how
 * its read went.
 */
bool register_possible(const struct host_group *group,
		       const struct register_info *info, enum vi_status status);

#endif
