// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/match.h"

#include <stdlib.h>
#include <string.h>

/* By what a step compares, in their order; "" is not compared. */
struct key {
	const char *node;
	const char *place;
	size_t host;
};

struct keys {
	struct key *list;
	size_t count;
};

struct step {
	bool node;
	bool place;
};

static const struct step steps[] = {
	{ .node = true, .place = true },
	{ .node = true },
	{ .place = true },
};

static int order(const struct key *a, const struct key *b)
{
	int nodes = strcmp(a->node, b->node);

	return nodes ? nodes : strcmp(a->place, b->place);
}

static int compare_keys(const void *one, const void *other)
{
	const struct key *a = one, *b = other;
	int result = order(a, b);

	return result ? result : (a->host > b->host) - (a->host < b->host);
}

/* Those that are not matched yet. */
static void find_keys(struct keys *keys, const struct fleet *fleet,
		      const bool *matched, const struct step *step)
{
	size_t i;

	keys->count = 0;
	for (i = 0; i < fleet->nr_hosts; i++) {
		const struct fleet_host *host = &fleet->hosts[i];

		if (matched[i] || (step->node && !host->node))
			continue;
		keys->list[keys->count++] = (struct key){
			.node = step->node ? host->node : "",
			.place = step->place ? host->place : "",
			.host = i,
		};
	}
	if (keys->count)
		qsort(keys->list, keys->count, sizeof(*keys->list),
		      compare_keys);
}

/* How many from there on have the same key. */
static size_t run_of(const struct keys *keys, size_t from)
{
	size_t end = from + 1;

	while (end < keys->count && !order(&keys->list[from], &keys->list[end]))
		end++;
	return end - from;
}

struct matching {
	const struct fleet *old;
	const struct fleet *now;
	struct keys of_old;
	struct keys of_now;
	bool *old_matched;
	bool *now_matched;
	size_t *in;
};

static void match(struct matching *m, size_t old, size_t now)
{
	/* Two node names are two hosts, wherever their files are. */
	if (m->old->hosts[old].node && m->now->hosts[now].node &&
	    strcmp(m->old->hosts[old].node, m->now->hosts[now].node))
		return;
	m->in[old] = now;
	m->old_matched[old] = true;
	m->now_matched[now] = true;
}

/* Only where one of each has the key: of two it is not known which is which. */
static void match_by(struct matching *m, const struct step *step)
{
	size_t a = 0, b = 0;

	find_keys(&m->of_old, m->old, m->old_matched, step);
	find_keys(&m->of_now, m->now, m->now_matched, step);
	while (a < m->of_old.count && b < m->of_now.count) {
		int result = order(&m->of_old.list[a], &m->of_now.list[b]);
		size_t these = run_of(&m->of_old, a);
		size_t others = run_of(&m->of_now, b);

		if (!result && these == 1 && others == 1)
			match(m, m->of_old.list[a].host,
			      m->of_now.list[b].host);
		a += result <= 0 ? these : 0;
		b += result >= 0 ? others : 0;
	}
}

int fleet_match(const struct fleet *old, const struct fleet *now, size_t *in)
{
	struct matching m = {
		.old = old,
		.now = now,
		.of_old.list = calloc(old->nr_hosts + 1, sizeof(struct key)),
		.of_now.list = calloc(now->nr_hosts + 1, sizeof(struct key)),
		.old_matched = calloc(old->nr_hosts + 1, sizeof(bool)),
		.now_matched = calloc(now->nr_hosts + 1, sizeof(bool)),
		.in = in,
	};
	bool memory = m.of_old.list && m.of_now.list && m.old_matched &&
		      m.now_matched;
	size_t i;

	for (i = 0; i < old->nr_hosts; i++)
		in[i] = FLEET_NONE;
	for (i = 0; memory && i < ARRAY_SIZE(steps); i++)
		match_by(&m, &steps[i]);
	free(m.of_old.list);
	free(m.of_now.list);
	free(m.old_matched);
	free(m.now_matched);
	return memory ? 0 : -1;
}
