/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One function a command. Each prints its report to out, as text or as a JSON
 * document, and returns the exit status (DESIGN: 0, 1 an operation failed,
 * 2 usage, or the verdict's).
 */
#ifndef VIRTINFO_REPORT_REPORT_H
#define VIRTINFO_REPORT_REPORT_H

#include "base/exit_status.h"
#include "model/host.h"
#include "options.h"
#include "output/out.h"

int report_status(struct out *out, const struct host *host,
		  const struct options *options);
int report_check(struct out *out, const struct host *host,
		 const struct options *options);
int report_capture(struct out *out, const struct host *host,
		   const struct options *options);
int report_show(struct out *out, const struct host *host,
		const struct options *options);
/* The table itself; needs no machine. */
int report_list(struct out *out, const struct options *options);
int report_cpus(struct out *out, const struct host *host,
		const struct options *options);

int report_kvm(struct out *out, const struct host *host,
	       const struct options *options);
/* Runs guests on this system; there is no machine to read. */
int report_exits(struct out *out, const struct options *options);

int report_hypervisors(struct out *out, const struct host *host,
		       const struct options *options);
int report_explain(struct out *out, const struct host *host,
		   const struct options *options);
/* The lessons as sections of virtinfo(7); needs no machine. */
int report_explain_manual(struct out *out);

/* Messages that several reports give the same way. */
int report_out_of_memory(void);

#endif
