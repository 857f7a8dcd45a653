/* SPDX-License-Identifier: GPL-2.0-only */
/* What virtinfo show writes that other documents hold too. */
#ifndef VIRTINFO_REPORT_SHOW_H
#define VIRTINFO_REPORT_SHOW_H

#include "model/host.h"
#include "model/selection.h"
#include "options.h"
#include "output/json.h"

/*
 * The member "groups" of virtinfo.show/1 with every register. Returns 0, or -1
 * when there is no memory.
 */
int show_groups_json(struct json *json, const struct host *host);

/*
 * What the arguments name, or everything without any; the selection was all
 * zeros. Returns 0, or the exit status after a message on standard error.
 */
int show_select(struct selection *selection, const struct options *options);

#endif
