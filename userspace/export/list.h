/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is exported of one host: the rows of tables/exports.def of which
 * something is known, with their values. Every engine's writer walks it.
 */
#ifndef VIRTINFO_EXPORT_LIST_H
#define VIRTINFO_EXPORT_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kvm/exits.h"
#include "verdict/verdict.h"

enum export_id {
#define EXPORT(id, name, kind, label, use, help) EXPORT_##id,
#include "tables/exports.def"
	NR_EXPORTS
};

enum export_kind {
	EXPORT_TEXT,
	EXPORT_ANSWER,
	EXPORT_NUMBER,
	EXPORT_SECONDS,
};

enum export_use {
	EXPORT_SELECT,	 /* hosts are selected by it */
	EXPORT_DESCRIBE, /* it tells more about one */
	EXPORT_MEASURE,	 /* it is another each time */
};

struct export_info {
	const char *name;
	enum export_kind kind;
	const char *label; /* NULL: it has none; "": several */
	enum export_use use;
	const char *help;
};

/* Below NR_EXPORTS. */
const struct export_info *export_info(enum export_id id);

#define EXPORT_LABELS 6

struct export_label {
	const char *name;
	char *value; /* untrusted, as is a text */
};

struct export_item {
	enum export_id id;
	struct export_label labels[EXPORT_LABELS];
	size_t nr_labels;
	char *text; /* of EXPORT_TEXT, else NULL */
	bool yes;
	uint64_t number;
	double seconds;
};

/* In the order of the table: items of one id follow each other. */
struct export_list {
	struct export_item *items;
	size_t count;
	size_t capacity;
	bool live; /* it is this system, looked at now */
	bool no_memory;
};

struct export_input {
	const struct host *host;
	const struct profile *profile; /* to be judged for as well; or NULL */
	const struct kvm_exits *exits; /* or NULL */
	int64_t now;		       /* seconds since 1970 */
};

/*
 * Fill *list, which was zeroed. Returns 0, or -1 without memory;
 * export_list_free() it either way.
 */
int export_list_of(struct export_list *list, const struct export_input *input);
void export_list_free(struct export_list *list);

/* Is it the first of the items of its id? */
bool export_begins(const struct export_list *list, size_t index);
/* Is it the last of them? */
bool export_ends(const struct export_list *list, size_t index);

#endif
