/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Questions to the machine where a register may be missing for a good reason:
 * a control word that the processor does not have says no to every control
 * in it, one that the input lacks says nothing.
 */
#ifndef VIRTINFO_EXPLAIN_ANSWER_H
#define VIRTINFO_EXPLAIN_ANSWER_H

#include "model/decode.h"

/* The answer of one group of CPUs. */
enum answer answer_of_group(const struct host_group *group, enum field_id id);

/* What every group has: no where one has it not, unknown where one is silent. */
enum answer answer_of(const struct host *host, enum field_id id);

#endif
