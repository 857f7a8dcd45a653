/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One function a command: report_NAME(). It prints its report to out, as text
 * or as a JSON document, and returns the exit status. hosts are those that the
 * command's row of commands.def asks for, NULL behind the last.
 */
#ifndef VIRTINFO_REPORT_REPORT_H
#define VIRTINFO_REPORT_REPORT_H

#include "base/exit_status.h"
#include "model/host.h"
#include "options.h"
#include "output/out.h"

#define COMMAND(id, name, reads, arguments, summary, takes, facts)             \
	int report_##name(struct out *out, struct host *const *hosts,          \
			  const struct options *options);
#include "commands.def"

/* Messages that several reports give the same way. */
int report_out_of_memory(void);

#endif
