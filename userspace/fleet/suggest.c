// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which hosts to set apart for the most features. To find the best set is hard
 * (densest k-subhypergraph), so this one is greedy: of the sets of hosts that
 * hold a feature down, take the one that gains most features, the smaller where
 * two gain the same, until no further one fits.
 */
#include <stdlib.h>
#include <string.h>

#include "fleet/judge.h"
#include "fleet/offer.h"

struct suggesting {
	const struct fleet *fleet;
	struct fleet_baseline *baseline;
	size_t *hosts;	      /* of the baseline, by offer */
	unsigned long *apart; /* offers whose hosts are set apart */
	size_t words;
};

static unsigned long held(const struct fleet_holders *holders, size_t word)
{
	return holders->without[word] | holders->unknown[word];
}

/* Hosts that are not set apart yet. */
static size_t cost_of(const struct suggesting *s,
		      const struct fleet_holders *holders)
{
	size_t i, cost = 0;

	for (i = 0; i < s->fleet->nr_offers; i++)
		if (s->hosts[i] && !bit_is_set(s->apart, i) &&
		    (bit_is_set(holders->without, i) ||
		     bit_is_set(holders->unknown, i)))
			cost += s->hosts[i];
	return cost;
}

/* Are all of them apart, with those of the other? */
static bool is_freed(const struct suggesting *s,
		     const struct fleet_holders *holders,
		     const struct fleet_holders *with)
{
	size_t i;

	for (i = 0; i < s->words; i++)
		if (held(holders, i) &
		    ~(s->apart[i] | (with ? held(with, i) : 0)))
			return false;
	return true;
}

static size_t gain_of(const struct suggesting *s,
		      const struct fleet_holders *with)
{
	size_t i, gain = 0;

	for (i = 0; i < s->baseline->nr_holders; i++)
		if (is_freed(s, &s->baseline->holders[i], with))
			gain += s->baseline->holders[i].nr_fields;
	return gain;
}

/* Returns what it costs; 0: none fits. */
static size_t take_best(struct suggesting *s, size_t left)
{
	const struct fleet_holders *best = NULL;
	size_t i, best_gain = 0, best_cost = 0;

	for (i = 0; i < s->baseline->nr_holders; i++) {
		const struct fleet_holders *at = &s->baseline->holders[i];
		size_t cost = cost_of(s, at), gain;

		/* One at least has to stay. */
		if (!cost || cost > left)
			continue;
		gain = gain_of(s, at);
		if (gain > best_gain ||
		    (gain == best_gain && cost < best_cost)) {
			best = at;
			best_gain = gain;
			best_cost = cost;
		}
	}
	for (i = 0; best && i < s->words; i++)
		s->apart[i] |= held(best, i);
	return best_cost;
}

static int put_gains(const struct suggesting *s)
{
	struct fleet_suggestion *suggestion = &s->baseline->suggestion;
	size_t i, j;

	suggestion->gains = calloc(NR_FIELDS, sizeof(*suggestion->gains));
	if (!suggestion->gains)
		return -1;
	for (i = 0; i < s->baseline->nr_holders; i++) {
		const struct fleet_holders *at = &s->baseline->holders[i];

		if (!is_freed(s, at, NULL))
			continue;
		for (j = 0; j < at->nr_fields; j++)
			suggestion->gains[suggestion->nr_gains++] =
				at->fields[j];
	}
	return 0;
}

int judge_suggestion(const struct fleet *fleet, struct fleet_baseline *baseline,
		     unsigned int count)
{
	size_t words = fleet->nr_offers / FEATURE_BITS + 1, i, left = count;
	struct suggesting s = {
		.fleet = fleet,
		.baseline = baseline,
		.hosts = calloc(fleet->nr_offers + 1, sizeof(size_t)),
		.apart = calloc(words, sizeof(unsigned long)),
		.words = words,
	};
	int error = !s.hosts || !s.apart;

	for (i = 0; !error && i < baseline->hosts.count; i++) {
		size_t host = baseline->hosts.hosts[i];

		s.hosts[fleet->kinds[fleet->hosts[host].kind]->offer]++;
	}
	while (!error && left) {
		size_t cost = take_best(&s, left);

		if (!cost)
			break;
		left -= cost;
	}
	if (!error)
		error = fleet_holders_list(fleet, baseline, s.apart,
					   &baseline->suggestion.hosts) ||
			put_gains(&s);
	baseline->suggested = true;
	free(s.hosts);
	free(s.apart);
	return error ? -1 : 0;
}
