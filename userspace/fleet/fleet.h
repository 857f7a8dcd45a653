/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Many hosts compared. fleet_load() reads them, fleet_judge() compares; what
 * they fill is only read after that.
 *
 * Strings are safe to print on a terminal (base/safe.h), which escapes them for
 * no markup, and live as long as the fleet. Hosts, kinds and groups are named by
 * their index here, FLEET_NONE being none.
 */
#ifndef VIRTINFO_FLEET_FLEET_H
#define VIRTINFO_FLEET_FLEET_H

#include "migrate/migration.h"
#include "model/host.h"
#include "verdict/reasons.h"

#define FLEET_NONE ((size_t)-1)

enum fleet_column {
#define COLUMN(id, name, right, title) COLUMN_##id,
#include "tables/fleet_columns.def"
	NR_FLEET_COLUMNS
};

/* Indices of hosts, ascending: in the order of names. */
struct host_list {
	size_t *hosts;
	size_t count;
	size_t capacity;
};

struct fleet_host {
	/* The fact "host", else the shortest end of its path that is its alone. */
	const char *name;
	const char *path;
	/* Below the folder that was given: the same in another such folder. */
	const char *place;
	const char *error; /* why it could not be read; NULL: it was */
	bool bad_input;	   /* of an error: the file is not what it should be */
	size_t kind;	   /* FLEET_NONE with an error */
	size_t group;	   /* the same */
	size_t odd;	   /* among the odd ones of the group, or FLEET_NONE */
	size_t domain;	   /* FLEET_NONE: with an error, or domains not judged */
	bool left_out;	   /* by --without or --filter: counted nowhere */
};

/*
 * Hosts that are alike in registers and in facts, but for those that differ
 * between like machines (a name, a time, a number of guests).
 */
struct fleet_kind {
	struct host_list hosts;
	enum reason reason;
	enum answer usable;
	const char *summary; /* of the verdict */
	const char *remedy;  /* NULL where there is nothing to do */
	size_t group;
	/* NULL where it is not known; those of a host alone are NULL, too. */
	const char *cells[NR_FLEET_COLUMNS];
	struct fleet_packed *packed; /* for fleet_kind_host() */
	size_t offer; /* the CPU that it offers to guests, of fleet->offers */
	size_t alike; /* what is compared for groups, see fleet/group.h */
};

/* In what an odd host differs from the usual one of its group. */
struct fleet_difference {
	const char *what; /* "IA32_VMX_EPT_VPID_CAP.ept_2m", "kernel" */
	const char *usual;
	const char *here;
};

/* Odd hosts that differ from the group in the same. */
struct fleet_odd {
	struct host_list hosts;
	size_t kind; /* of the first of them */
	struct fleet_difference *differences;
	size_t nr_differences;
};

/* Hosts of one model of processor that are alike in what matters. */
struct fleet_group {
	const char *name;  /* the model: "Intel(R) Xeon(R) Gold 6130 ..." */
	const char *apart; /* from the largest group of that model; NULL */
	size_t kind;	   /* the one that most of its hosts are of */
	struct host_list hosts; /* with the odd ones */
	struct fleet_odd *odd;	/* that most hosts are of first */
	size_t nr_odd;
};

/* Of the verdict, most hosts first. */
struct fleet_reason {
	enum reason reason;
	struct host_list hosts;
};

/* A feature that some hosts offer to guests, and not all. */
struct fleet_feature {
	enum field_id field;
	struct host_list without; /* who hold it down */
	struct host_list unknown; /* who may: it is not known of them */
};

/* What the hosts that are usable and left offer to guests. */
struct fleet_baseline {
	size_t nr_hosts;
	size_t nr_common; /* features that all of them offer */
	struct fleet_feature *lacking; /* held down by the fewest first */
	size_t nr_lacking;
};

/* Hosts that one may be set apart of: what --suggest says. */
struct fleet_suggestion {
	struct host_list hosts;
	enum field_id *gains; /* features that all others offer then */
	size_t nr_gains;
};

/* Hosts among which every guest of the class moves both ways. */
struct fleet_domain {
	struct host_list hosts;
	size_t *to; /* domains to which guests move, and not back */
	size_t nr_to;
};

struct fleet_domains {
	bool judged;
	enum guest_class guest;
	struct fleet_domain *list; /* the largest first */
	size_t count;
};

struct fleet {
	struct fleet_host *hosts; /* in the order of their names */
	size_t nr_hosts;
	size_t capacity;
	size_t nr_left_out;
	size_t nr_errors;
	size_t nr_usable; /* of those that are not left out */
	struct fleet_kind **kinds;
	size_t nr_kinds;
	size_t kind_capacity;
	struct fleet_offer *offers; /* fleet/offer.h */
	size_t nr_offers;
	size_t offer_capacity;
	struct fleet_group *groups; /* the largest first */
	size_t nr_groups;
	struct fleet_reason *reasons;
	size_t nr_reasons;
	struct fleet_baseline baseline;
	struct fleet_suggestion suggestion;
	struct fleet_domains domains;
	struct pool *strings; /* base/pool.h: each text is there once */
};

/* The text of a host in a column; NULL where it is not known or has none. */
const char *fleet_cell(const struct fleet *fleet, size_t host,
		       enum fleet_column column);

/*
 * A host of that kind with registers and facts as its first one had them, for
 * a verdict with its evidence and for registers with their fields. NULL without
 * memory; host_free() it.
 */
struct host *fleet_kind_host(const struct fleet *fleet, size_t kind);

/* "ready" where the verdict says usable, "not ready" or "not known". */
const char *fleet_usable_name(enum answer usable);

#endif
