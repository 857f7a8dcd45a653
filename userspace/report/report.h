/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One function a command: report_NAME(). It prints its report to out, as text
 * or as a JSON document, and returns the exit status. hosts are those that the
 * command's row of commands.def asks for, NULL behind the last.
 */
#ifndef VIRTINFO_REPORT_REPORT_H
#define VIRTINFO_REPORT_REPORT_H

#include <sys/types.h>

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

/* The mode that a new file of a report has. */
mode_t report_mode(void);

/*
 * Put a whole report into the file of that path by renaming a new one, or where
 * it is NULL, "" or "-" to out. Returns 0, or STATUS_FAILED after a message; main()
 * says what came of out.
 */
int report_write(struct out *out, const char *path, mode_t mode,
		 const char *data, size_t length);

#endif
