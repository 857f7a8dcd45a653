/* SPDX-License-Identifier: GPL-2.0-only */
/* What has become of the hosts of a fleet in one that was read later. */
#ifndef VIRTINFO_FLEET_DRIFT_H
#define VIRTINFO_FLEET_DRIFT_H

#include "fleet/fleet.h"

/* The worst first. */
enum drift_how {
	DRIFT_LOST,	  /* was ready, and is not or not known to be */
	DRIFT_UNREADABLE, /* its file was read, and cannot be now */
	DRIFT_VANISHED,
	DRIFT_REASON,	/* not ready then and now, for another reason */
	DRIFT_CHANGED,	/* the verdict is the same */
	DRIFT_GAINED,	/* ready now */
	DRIFT_READABLE, /* its file could not be read, and can be now */
	DRIFT_APPEARED,
	NR_DRIFTS
};

/* "lost", as JSON has it; and as a heading. */
const char *drift_name(enum drift_how how);
const char *drift_title(enum drift_how how);

/* Hosts of which the same has become. */
struct fleet_drift_entry {
	enum drift_how how;
	struct host_list hosts; /* of those that vanished in the old fleet */
	/* The verdict's reason; NULL: there is none. */
	const char *before;
	const char *after;
	const char *error; /* why its file of now cannot be read, or NULL */
	bool ready;	   /* is, or of one that vanished was */
	/* False: a file has changed since it was read, and is not compared. */
	bool compared;
	/* "usual" is what was. The verdict is none of them. */
	const struct fleet_difference *differences;
	size_t nr_differences;
};

struct fleet_drift {
	const struct fleet *old;
	const struct fleet *now;
	struct fleet_drift_entry *entries; /* the worst first */
	size_t count;
	size_t nr_same;	      /* hosts in which nothing that counts differs */
	size_t nr_unreadable; /* whose file could not be read then, nor now */
	size_t hosts[NR_DRIFTS];
};

/*
 * Compare two fleets that fleet_load() has read, with one key for both
 * (fleet_new_beside()). A host is the one that has the same node name, else the
 * same place below the folder that was given, unless the node names differ.
 * Returns 0, or -1 without memory; drift_free() it either way. The texts live
 * as long as the old fleet.
 */
int drift_of(struct fleet_drift *drift, struct fleet *old, struct fleet *now);
void drift_free(struct fleet_drift *drift);

#endif
