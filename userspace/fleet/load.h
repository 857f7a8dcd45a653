/* SPDX-License-Identifier: GPL-2.0-only */
/* Read the files of a fleet, with as many threads as there are processors. */
#ifndef VIRTINFO_FLEET_LOAD_H
#define VIRTINFO_FLEET_LOAD_H

#include "fleet/fleet.h"

struct fleet_reading {
	bool strict;   /* lines that are ignored are an error of the file */
	bool progress; /* on standard error, where it takes over two seconds */
	/*
	 * Called for each host in the order of the files, as soon as it is read;
	 * may be NULL. Groups and domains are not known then. Not 0 ends the
	 * reading.
	 */
	int (*each)(void *data, const struct fleet *fleet, size_t host);
	void *data;
};

/*
 * Read the files and folders that are named. A file that cannot be read is a
 * host with an error. Returns 0; -1 when there is no memory; what each()
 * returned.
 */
int fleet_load(struct fleet *fleet, char *const *arguments,
	       const struct fleet_reading *reading);

#endif
