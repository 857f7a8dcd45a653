/* SPDX-License-Identifier: GPL-2.0-only */
/* What on this system can host guests (tables/hosting.def). */
#ifndef VIRTINFO_MODEL_HOSTING_H
#define VIRTINFO_MODEL_HOSTING_H

#include "model/decode.h"

enum hosting_id {
#define HOSTING(id, name, type, judge, what) HOSTING_##id,
#include "tables/hosting.def"
	NR_HOSTINGS
};

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

/* Judge one from the host's facts and registers. */
struct hosting hosting_of(const struct host *host, enum hosting_id id);

#endif
