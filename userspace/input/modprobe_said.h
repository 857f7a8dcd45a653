/* SPDX-License-Identifier: GPL-2.0-only */
/* What programs print that could not load a module. */
#ifndef VIRTINFO_INPUT_MODPROBE_SAID_H
#define VIRTINFO_INPUT_MODPROBE_SAID_H

#include <stdbool.h>

#include "input/scan.h"

#define MODULE_NAME_SIZE 32

struct modprobe_said {
	char name[MODULE_NAME_SIZE]; /* as lsmod has it */
	bool absent;		     /* there is no such module */
	const char *error;	     /* "EIO"; NULL: not known, or absent */
};

/*
 * Is there a line of modprobe or insmod of kmod, module-init-tools or busybox,
 * or of systemd-modules-load, from at to end that says that a module of
 * tables/modules.def was not loaded?
 */
bool modprobe_said(const char *at, const char *end, struct modprobe_said *said);

#endif
