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

#include "base/pool.h"
#include "fleet/digest.h"
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

/* Returns 0, or -1 without memory. free() list->hosts. */
int host_list_add(struct host_list *list, size_t host);
void host_list_sort(struct host_list *list);

struct fleet_host {
	/* The fact "host", else what of its path is no other's. */
	const char *name;
	const char *node;      /* the fact "host", or NULL */
	const char *file_name; /* where that is the name; for fleet/names.c */
	const char *path;
	/* Below the folder that was given: the same in another such folder. */
	const char *place;
	const char *error; /* why it could not be read; NULL: it was */
	bool bad_input;	   /* of an error: the file is not what it should be */
	size_t kind;	   /* FLEET_NONE with an error */
	size_t group;	   /* the same */
	size_t odd;	   /* among the odd ones of the group, or FLEET_NONE */
	size_t domain; /* FLEET_NONE: with an error, or domains not judged */
	bool left_out; /* by --without or --filter: counted nowhere */
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
	struct digest digest;
	struct fleet_packed *packed;	   /* for fleet_kind_host() */
	size_t offer;			   /* of fleet->offers */
	const struct fleet_offer *offered; /* the same */
	/* For fleet/group.c: the model of its processor; what is compared. */
	const char *processor;
	const struct fleet_alike *alike;
};

/* In what an odd host differs from the usual one of its group. */
struct fleet_difference {
	const char *cause; /* change_cause_name(); of the verdict "verdict" */
	const char *what;  /* "IA32_VMX_EPT_VPID_CAP.ept_2m", "kernel" */
	const char *usual; /* NULL: not there, or not known */
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
	size_t number;	   /* from 1; --filter may leave it without hosts */
	const char *name;  /* the model: "Intel(R) Xeon(R) Gold 6130 ..." */
	const char *apart; /* from the largest group of that model; NULL */
	size_t kind;	   /* the one that most of its hosts are of */
	struct host_list hosts; /* with the odd ones */
	struct fleet_odd *odd;	/* that most hosts are of first */
	size_t nr_odd;
	size_t odd_capacity;
};

/* Of the verdict, most hosts first. */
struct fleet_reason {
	enum reason reason;
	struct host_list hosts;
};

/*
 * Features that the same hosts hold down: of some of these hosts it is known
 * that they do not offer them, of others it is not known whether they do.
 * fleet_holders_list() names them.
 */
struct fleet_holders {
	unsigned long *without; /* a bit for each of fleet->offers */
	unsigned long *unknown; /* the same */
	size_t nr_without;	/* hosts */
	size_t nr_unknown;
	enum field_id *fields;
	size_t nr_fields;
};

/* Hosts to set apart: what --suggest says. */
struct fleet_suggestion {
	struct host_list hosts;
	enum field_id *gains; /* features that all others offer then */
	size_t nr_gains;
};

/*
 * What hosts of one vendor offer to guests, all of them. Only of those that are
 * usable and not left out: no guest moves to another.
 */
struct fleet_baseline {
	const char *vendor; /* NULL: not known of these */
	struct host_list hosts;
	enum field_id *common; /* features that all of them offer */
	size_t nr_common;
	/* Of features that some offer, not all. Fewest hosts first. */
	struct fleet_holders *holders;
	size_t nr_holders;
	bool suggested;
	struct fleet_suggestion suggestion;
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
	struct host_list unknown;  /* too little is known of them to say */
	struct fleet_domain *list; /* the largest first */
	size_t count;
};

struct fleet {
	struct fleet_host *hosts; /* in the order of their names */
	size_t nr_hosts;
	size_t capacity;
	size_t nr_left_out;
	size_t nr_errors;
	size_t nr_usable;  /* of those that are not left out */
	size_t nr_unknown; /* of these: it is not known whether they are */
	/* As many fit as there are hosts: they never move while threads read. */
	struct fleet_kind **kinds;
	size_t nr_kinds;
	const struct fleet_offer **offers; /* fleet/offer.h */
	size_t nr_offers;
	struct fleet_group *groups; /* the largest first */
	size_t nr_groups;
	struct fleet_reason *reasons;
	size_t nr_reasons;
	struct fleet_baseline *baselines; /* of the most hosts first */
	size_t nr_baselines;
	struct fleet_domains domains;
	struct pool *pool;	 /* of strings and of what hosts have alike */
	const struct host *only; /* of a fleet of one host (fleet/one.h) */
	struct digest_key key;
};

/* NULL when there is no memory. */
struct fleet *fleet_new(void);
/* One whose kinds have the digests of the other's. */
struct fleet *fleet_new_beside(const struct fleet *other);
void fleet_free(struct fleet *fleet);

struct fleet_asked {
	const char *without; /* names or paths with commas between; NULL */
	const char *filter;  /* fleet/select.h; NULL: all hosts */
	bool domains;	     /* judge them whatever it costs */
	enum guest_class guest;
	unsigned int suggest; /* how many hosts --suggest may name; 0: none */
};

/*
 * Compare what fleet_load() of fleet/load.h has read. Returns 0, -1 when there
 * is no memory; or -2 with a message in *why, to be freed, where what is asked
 * for names no host or no column.
 */
int fleet_judge(struct fleet *fleet, const struct fleet_asked *asked,
		char **why);

#define FLEET_CELL 256

/*
 * The text of a host in a column, which may be in buffer; NULL where it is not
 * known or has none.
 */
const char *fleet_cell(const struct fleet *fleet, size_t host,
		       enum fleet_column column, char buffer[FLEET_CELL]);

/* The hosts in either set. Returns 0, or -1 without memory; free list->hosts. */
int fleet_holders_list(const struct fleet *fleet,
		       const struct fleet_baseline *baseline,
		       const unsigned long *offers, struct host_list *list);

/*
 * A host of that kind, for a verdict with its evidence and for registers with
 * their fields. It lacks what differs between hosts that are alike, but for the
 * only host of a fleet. NULL without memory, or where its file has changed since;
 * fleet_kind_close() it.
 */
struct host *fleet_kind_host(const struct fleet *fleet, size_t kind);
void fleet_kind_close(const struct fleet *fleet, struct host *host);

#endif
