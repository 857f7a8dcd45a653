/* SPDX-License-Identifier: GPL-2.0-only */
/* What virtinfo show writes that other documents hold too. */
#ifndef VIRTINFO_REPORT_SHOW_H
#define VIRTINFO_REPORT_SHOW_H

#include "model/host.h"
#include "model/selection.h"
#include "options.h"
#include "output/json.h"
#include "output/out.h"

/*
 * The member "groups" of virtinfo.show/1 with every register. Returns 0, or -1
 * when there is no memory.
 */
int show_groups_json(struct json *json, const struct host *host);

/* --list: the table itself, of no machine. Returns the exit status. */
int show_list(struct out *out, const struct selection *selection,
	      const struct options *options);

/* The report; both return the exit status. */
int show_text(struct out *out, const struct host *host,
	      const struct selection *selection, bool brief);
int show_json(struct out *out, const struct host *host,
	      const struct selection *selection);

#endif
