// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hosts are sorted by the kinds that they were and are of, so that two kinds
 * are compared once; then what came out the same is put together.
 */
#include "fleet/drift.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "fleet/group.h"
#include "fleet/match.h"

static const struct {
	const char *name;
	const char *title;
} hows[NR_DRIFTS] = {
	[DRIFT_LOST] = { "lost", "Ready then, and no longer" },
	[DRIFT_UNREADABLE] = { "unreadable", "Can no longer be read" },
	[DRIFT_VANISHED] = { "vanished", "Vanished" },
	[DRIFT_REASON] = { "reason", "Not ready, for another reason" },
	[DRIFT_CHANGED] = { "changed", "Changed, with the same verdict" },
	[DRIFT_GAINED] = { "gained", "Ready now" },
	[DRIFT_READABLE] = { "readable", "Could not be read then" },
	[DRIFT_APPEARED] = { "appeared", "Appeared" },
};

const char *drift_name(enum drift_how how)
{
	return hows[how].name;
}

const char *drift_title(enum drift_how how)
{
	return hows[how].title;
}

/* A host that is in either fleet; FLEET_NONE where it is not, or not read. */
struct one {
	enum drift_how how;
	size_t old_kind;
	size_t now_kind;
	const char *error;
	size_t host;
};

struct drifting {
	struct fleet_drift *drift;
	struct fleet *old;
	const struct fleet *now;
	struct one *ones;
	size_t count;
	size_t capacity; /* of the drift's entries */
};

static void add(struct drifting *d, const struct one *one)
{
	d->ones[d->count++] = *one;
	d->drift->hosts[one->how]++;
}

static bool ready(const struct fleet *fleet, size_t kind)
{
	return fleet->kinds[kind]->usable == ANSWER_YES;
}

static enum drift_how how_of(const struct drifting *d, size_t old, size_t now)
{
	bool was = ready(d->old, old), is = ready(d->now, now);

	if (was != is)
		return was ? DRIFT_LOST : DRIFT_GAINED;
	return d->old->kinds[old]->reason == d->now->kinds[now]->reason ?
		       DRIFT_CHANGED :
		       DRIFT_REASON;
}

static void add_matched(struct drifting *d, size_t from, size_t to)
{
	const struct fleet_host *old = &d->old->hosts[from];
	const struct fleet_host *now = &d->now->hosts[to];
	struct one one = { .old_kind = old->kind,
			   .now_kind = now->kind,
			   .host = to };

	if (old->error && now->error) {
		d->drift->nr_unreadable++;
		return;
	}
	if (now->error) {
		one.how = DRIFT_UNREADABLE;
		one.error = now->error;
	} else if (old->error) {
		one.how = DRIFT_READABLE;
	} else if (!memcmp(&d->old->kinds[old->kind]->digest,
			   &d->now->kinds[now->kind]->digest,
			   sizeof(struct digest))) {
		d->drift->nr_same++;
		return;
	} else {
		one.how = how_of(d, old->kind, now->kind);
	}
	add(d, &one);
}

static int find_hosts(struct drifting *d)
{
	size_t i, *in = calloc(d->old->nr_hosts + 1, sizeof(*in));
	bool *found = calloc(d->now->nr_hosts + 1, sizeof(*found));
	int error = !in || !found || fleet_match(d->old, d->now, in);

	for (i = 0; !error && i < d->old->nr_hosts; i++) {
		const struct one gone = { .how = DRIFT_VANISHED,
					  .old_kind = d->old->hosts[i].kind,
					  .now_kind = FLEET_NONE,
					  .host = i };

		if (in[i] == FLEET_NONE) {
			add(d, &gone);
			continue;
		}
		found[in[i]] = true;
		add_matched(d, i, in[i]);
	}
	for (i = 0; !error && i < d->now->nr_hosts; i++) {
		const struct one new = { .how = DRIFT_APPEARED,
					 .old_kind = FLEET_NONE,
					 .now_kind = d->now->hosts[i].kind,
					 .error = d->now->hosts[i].error,
					 .host = i };

		if (!found[i])
			add(d, &new);
	}
	free(in);
	free(found);
	return error ? -1 : 0;
}

static int compare_sizes(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int compare_ones(const void *one, const void *other)
{
	const struct one *a = one, *b = other;

	if (a->how != b->how)
		return a->how < b->how ? -1 : 1;
	if (a->old_kind != b->old_kind)
		return compare_sizes(a->old_kind, b->old_kind);
	if (a->now_kind != b->now_kind)
		return compare_sizes(a->now_kind, b->now_kind);
	return compare_sizes(a->host, b->host);
}

static const char *reason_of(const struct fleet *fleet, size_t kind)
{
	return kind == FLEET_NONE ?
		       NULL :
		       reason_info(fleet->kinds[kind]->reason)->name;
}

/* The same list has the same address. */
static int keep_differences(const struct drifting *d,
			    struct fleet_drift_entry *entry,
			    const struct fleet_differences *found)
{
	size_t first = 0;

	while (first < found->count &&
	       !strcmp(found->list[first].cause, "verdict"))
		first++;
	entry->compared = !found->unread;
	entry->nr_differences = found->count - first;
	if (!entry->nr_differences)
		return 0;
	entry->differences =
		pool_keep(d->old->pool, found->list + first,
			  entry->nr_differences * sizeof(*found->list));
	return entry->differences ? 0 : -1;
}

static bool is_ready(const struct drifting *d, const struct one *one)
{
	if (one->now_kind != FLEET_NONE)
		return ready(d->now, one->now_kind);
	return one->how == DRIFT_VANISHED && one->old_kind != FLEET_NONE &&
	       ready(d->old, one->old_kind);
}

static int compare_kinds(const struct drifting *d, const struct one *one,
			 struct fleet_drift_entry *entry)
{
	struct fleet_differences found = { .list = NULL };
	int error;

	*entry = (struct fleet_drift_entry){
		.how = one->how,
		.before = reason_of(d->old, one->old_kind),
		.after = reason_of(d->now, one->now_kind),
		.error = one->error,
		.ready = is_ready(d, one),
		.compared = true,
	};
	if (one->old_kind == FLEET_NONE || one->now_kind == FLEET_NONE)
		return 0;
	error = kind_differences(&found, d->old, one->old_kind, d->now,
				 one->now_kind);
	if (!error)
		error = keep_differences(d, entry, &found);
	free(found.list);
	return error;
}

/* Two digests may differ in what is no change: in the form of the input. */
static bool is_same(const struct fleet_drift_entry *entry)
{
	return entry->how == DRIFT_CHANGED && entry->compared &&
	       !entry->nr_differences;
}

/* The ones from first to end are of the same two kinds. */
static int add_entry(struct drifting *d, size_t first, size_t end)
{
	struct fleet_drift *drift = d->drift;
	struct fleet_drift_entry entry;
	size_t i;

	if (compare_kinds(d, &d->ones[first], &entry))
		return -1;
	if (is_same(&entry)) {
		drift->nr_same += end - first;
		drift->hosts[DRIFT_CHANGED] -= end - first;
		return 0;
	}
	if (ARRAY_GROW(drift->entries, drift->count, d->capacity))
		return -1;
	drift->entries[drift->count] = entry;
	drift->count++;
	for (i = first; i < end; i++)
		if (host_list_add(&drift->entries[drift->count - 1].hosts,
				  d->ones[i].host))
			return -1;
	return 0;
}

static bool one_entry(const struct one *a, const struct one *b)
{
	return a->how == b->how && a->old_kind == b->old_kind &&
	       a->now_kind == b->now_kind && a->error == b->error;
}

static int find_entries(struct drifting *d)
{
	size_t first, end;

	if (d->count)
		qsort(d->ones, d->count, sizeof(*d->ones), compare_ones);
	for (first = 0; first < d->count; first = end) {
		end = first + 1;
		while (end < d->count &&
		       one_entry(&d->ones[first], &d->ones[end]))
			end++;
		if (add_entry(d, first, end))
			return -1;
	}
	return 0;
}

static int compare_words(const char *a, const char *b)
{
	if (!a || !b)
		return !a - !b;
	return strcmp(a, b);
}

/* 0: the same has become of their hosts. */
static int compare_contents(const struct fleet_drift_entry *a,
			    const struct fleet_drift_entry *b)
{
	int result;

	if (a->how != b->how)
		return a->how < b->how ? -1 : 1;
	if (a->compared != b->compared)
		return a->compared ? -1 : 1;
	if (a->ready != b->ready)
		return a->ready ? -1 : 1;
	result = compare_words(a->before, b->before);
	if (!result)
		result = compare_words(a->after, b->after);
	if (!result)
		result = compare_words(a->error, b->error);
	if (result)
		return result;
	return (a->differences > b->differences) -
	       (a->differences < b->differences);
}

static int compare_by_contents(const void *one, const void *other)
{
	return compare_contents(one, other);
}

static int merge_hosts(struct host_list *into, struct host_list *from)
{
	int error = 0;
	size_t i;

	for (i = 0; i < from->count && !error; i++)
		error = host_list_add(into, from->hosts[i]);
	free(from->hosts);
	*from = (struct host_list){ .hosts = NULL };
	return error;
}

static int merge(struct fleet_drift *drift)
{
	size_t i, kept = 0;
	int error = 0;

	if (!drift->count)
		return 0;
	qsort(drift->entries, drift->count, sizeof(*drift->entries),
	      compare_by_contents);
	for (i = 1; i < drift->count; i++) {
		if (!compare_contents(&drift->entries[kept],
				      &drift->entries[i])) {
			error |= merge_hosts(&drift->entries[kept].hosts,
					     &drift->entries[i].hosts);
			continue;
		}
		kept++;
		if (kept != i) {
			drift->entries[kept] = drift->entries[i];
			drift->entries[i].hosts =
				(struct host_list){ .hosts = NULL };
		}
	}
	drift->count = kept + 1;
	for (i = 0; i < drift->count; i++)
		host_list_sort(&drift->entries[i].hosts);
	return error;
}

/* A host that was ready is missed more; one that is not ready is worse. */
static int rank(const struct fleet_drift_entry *entry)
{
	if (entry->how == DRIFT_VANISHED)
		return !entry->ready;
	return entry->how == DRIFT_APPEARED && entry->ready;
}

static int compare_entries(const void *one, const void *other)
{
	const struct fleet_drift_entry *a = one, *b = other;

	if (a->how != b->how)
		return a->how < b->how ? -1 : 1;
	if (rank(a) != rank(b))
		return rank(a) - rank(b);
	if (a->hosts.count != b->hosts.count)
		return a->hosts.count > b->hosts.count ? -1 : 1;
	return compare_sizes(a->hosts.hosts[0], b->hosts.hosts[0]);
}

int drift_of(struct fleet_drift *drift, struct fleet *old, struct fleet *now)
{
	struct drifting d = {
		.drift = drift,
		.old = old,
		.now = now,
		.ones = calloc(old->nr_hosts + now->nr_hosts + 1,
			       sizeof(*d.ones)),
	};
	int error;

	*drift = (struct fleet_drift){ .old = old, .now = now };
	error = !d.ones || find_hosts(&d) || find_entries(&d) || merge(drift);
	if (!error && drift->count)
		qsort(drift->entries, drift->count, sizeof(*drift->entries),
		      compare_entries);
	free(d.ones);
	return error ? -1 : 0;
}

void drift_free(struct fleet_drift *drift)
{
	size_t i;

	for (i = 0; i < drift->count; i++)
		free(drift->entries[i].hosts.hosts);
	free(drift->entries);
	*drift = (struct fleet_drift){ .entries = NULL };
}
