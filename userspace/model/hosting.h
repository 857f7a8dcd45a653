/* SPDX-License-Identifier: GPL-2.0-only */
/* What on this system can host guests (tables/hosting.def). */
#ifndef VIRTINFO_MODEL_HOSTING_H
#define VIRTINFO_MODEL_HOSTING_H

#include "model/hypervisor.h"

enum hosting_id {
#define HOSTING(id, name, type, what) HOSTING_##id,
#include "tables/hosting.def"
	NR_HOSTINGS
};

/* What a row HOSTING_TRACE of the table says. */
enum trace_kind { TRACE_MODULE, TRACE_NODE, TRACE_PROGRAM, TRACE_PROCESS };

struct hosting_trace {
	enum hosting_id id;
	enum trace_kind kind;
	const char *name;
};

enum {
	NR_HOSTING_TRACES = 0
#define HOSTING_TRACE(id, kind, name) +1
#include "tables/hosting.def"
};

extern const struct hosting_trace hosting_traces[NR_HOSTING_TRACES];

struct hosting {
	const char *name;
	const char *type; /* "1", "2", "hybrid", "manager" */
	const char *what;
	enum answer present;  /* it is installed, or this kernel has it */
	enum answer loaded;   /* its part in the kernel, or below, is there */
	bool has_kernel_part; /* otherwise loaded means nothing */
	enum answer active;   /* guests run, or it serves them, now */
	char evidence[256]; /* safe to print; "" where nothing speaks for it */
};

/* Judge one from the host's facts and the hypervisor that it runs under. */
struct hosting hosting_of(const struct host *host,
			  const struct hypervisor *hypervisor,
			  enum hosting_id id);

#endif
