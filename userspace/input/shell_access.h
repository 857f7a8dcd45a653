/* SPDX-License-Identifier: GPL-2.0-only */
/* May the user of a shell's session open /dev/kvm? */
#ifndef VIRTINFO_INPUT_SHELL_ACCESS_H
#define VIRTINFO_INPUT_SHELL_ACCESS_H

#include "input/dump.h"
#include "input/span.h"

struct shell_access {
	struct span mode, owner, group; /* of the node, as ls -l shows it */
	struct span groups; /* of the user: names, and with id their numbers */
	bool root;	    /* the user is, by id */
};

/* Is it a line of ls -l about a character device? */
bool shell_is_node(const char *at, const char *end);
/* Such a line, of /dev/kvm. */
void shell_access_node(struct shell_access *access, const char *at,
		       const char *end);

/* Is it what id prints? */
bool shell_is_id(const char *at, const char *end);
void shell_access_id(struct shell_access *access, const char *at,
		     const char *end);

/*
 * What owner, mode and groups say, as facts of the dump's line. Returns 0, or -1
 * with the dump's error filled.
 */
int shell_access_tell(const struct shell_access *access, struct dump *dump,
		      struct host *host);

#endif
