// SPDX-License-Identifier: GPL-2.0-only
/* What hosts of one vendor offer, all of them, and who holds what down. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "fleet/judge.h"
#include "fleet/offer.h"
#include "fleet/select.h"

struct finding {
	struct fleet *fleet;
	struct fleet_baseline *baseline;
	size_t *hosts; /* of the baseline, by offer */
	size_t words;  /* of a set of offers */
	struct pool *sets;
	const void **set_of; /* of each of the holders */
	size_t capacity;
};

static int add_field(enum field_id **fields, size_t *count, enum field_id id)
{
	/* Lists of fields are short, and never longer than all of them. */
	enum field_id *larger = realloc(*fields, (*count + 1) * sizeof(id));

	if (!larger)
		return -1;
	*fields = larger;
	(*fields)[(*count)++] = id;
	return 0;
}

static void fill(const struct finding *finding, struct fleet_holders *holders,
		 enum field_id id)
{
	size_t i;

	for (i = 0; i < finding->fleet->nr_offers; i++) {
		const struct fleet_offer *offer = finding->fleet->offers[i];

		if (!finding->hosts[i] || bit_is_set(offer->yes, id))
			continue;
		if (bit_is_set(offer->unknown, id)) {
			bit_set(holders->unknown, i);
			holders->nr_unknown += finding->hosts[i];
		} else {
			bit_set(holders->without, i);
			holders->nr_without += finding->hosts[i];
		}
	}
}

/* Those that hold down the same are one. */
static int add_lacking(struct finding *finding, enum field_id id)
{
	struct fleet_baseline *baseline = finding->baseline;
	size_t bytes = 2 * finding->words * sizeof(unsigned long), i;
	struct fleet_holders holders = { .without = calloc(1, bytes + 1) };
	const void *set = NULL;

	if (!holders.without)
		return -1;
	holders.unknown = holders.without + finding->words;
	fill(finding, &holders, id);
	set = pool_keep(finding->sets, holders.without, bytes);
	for (i = 0; set && i < baseline->nr_holders; i++)
		if (finding->set_of[i] == set)
			break;
	if (!set || i < baseline->nr_holders) {
		free(holders.without);
	} else {
		if (ARRAY_GROW(baseline->holders, baseline->nr_holders,
			       finding->capacity)) {
			free(holders.without);
			return -1;
		}
		finding->set_of[i] = set;
		baseline->holders[baseline->nr_holders++] = holders;
	}
	return set ? add_field(&baseline->holders[i].fields,
			       &baseline->holders[i].nr_fields, id) :
		     -1;
}

static int judge_field(struct finding *finding, enum field_id id)
{
	struct fleet_baseline *baseline = finding->baseline;
	bool any = false, all = true;
	size_t i;

	for (i = 0; i < finding->fleet->nr_offers; i++) {
		bool yes = bit_is_set(finding->fleet->offers[i]->yes, id);

		if (!finding->hosts[i])
			continue;
		any |= yes;
		all &= yes;
	}
	if (any && all)
		return add_field(&baseline->common, &baseline->nr_common, id);
	return any ? add_lacking(finding, id) : 0;
}

static int compare_holders(const void *one, const void *other)
{
	const struct fleet_holders *a = one, *b = other;
	size_t x = a->nr_without + a->nr_unknown;
	size_t y = b->nr_without + b->nr_unknown;

	if (x != y)
		return x < y ? -1 : 1;
	if (a->nr_fields != b->nr_fields)
		return a->nr_fields > b->nr_fields ? -1 : 1;
	return (a->fields[0] > b->fields[0]) - (a->fields[0] < b->fields[0]);
}

static int judge_baseline(struct fleet *fleet, struct fleet_baseline *baseline)
{
	struct finding finding = {
		.fleet = fleet,
		.baseline = baseline,
		.hosts = calloc(fleet->nr_offers + 1, sizeof(size_t)),
		.words = fleet->nr_offers / FEATURE_BITS + 1,
		.sets = pool_new(),
		.set_of = calloc(NR_FIELDS, sizeof(void *)),
	};
	int error = !finding.hosts || !finding.sets || !finding.set_of;
	enum field_id id;
	size_t i;

	for (i = 0; !error && i < baseline->hosts.count; i++) {
		size_t host = baseline->hosts.hosts[i];

		finding.hosts[fleet->kinds[fleet->hosts[host].kind]->offer]++;
	}
	for (id = 0; id < NR_FIELDS && !error; id++)
		error = judge_field(&finding, id);
	if (baseline->nr_holders)
		qsort(baseline->holders, baseline->nr_holders,
		      sizeof(*baseline->holders), compare_holders);
	free(finding.hosts);
	free(finding.set_of);
	pool_free(finding.sets);
	return error ? -1 : 0;
}

/* The baseline of that vendor; made where it is new. */
static struct fleet_baseline *of_vendor(struct fleet *fleet, const char *vendor,
					size_t *capacity)
{
	size_t i;

	/* Texts of the pool. */
	for (i = 0; i < fleet->nr_baselines; i++)
		if (fleet->baselines[i].vendor == vendor)
			return &fleet->baselines[i];
	if (ARRAY_GROW(fleet->baselines, fleet->nr_baselines, *capacity))
		return NULL;
	fleet->baselines[i] = (struct fleet_baseline){ .vendor = vendor };
	fleet->nr_baselines++;
	return &fleet->baselines[i];
}

static int compare_baselines(const void *one, const void *other)
{
	const struct fleet_baseline *a = one, *b = other;

	if (a->hosts.count != b->hosts.count)
		return a->hosts.count > b->hosts.count ? -1 : 1;
	return (a->hosts.hosts[0] > b->hosts.hosts[0]) -
	       (a->hosts.hosts[0] < b->hosts.hosts[0]);
}

int judge_baselines(struct fleet *fleet)
{
	size_t i, capacity = 0;

	for (i = 0; i < fleet->nr_hosts; i++) {
		const struct fleet_kind *kind;
		struct fleet_baseline *baseline;

		if (!host_takes_guests(fleet, i))
			continue;
		kind = fleet->kinds[fleet->hosts[i].kind];
		baseline =
			of_vendor(fleet, kind->cells[COLUMN_VENDOR], &capacity);
		if (!baseline || host_list_add(&baseline->hosts, i))
			return -1;
	}
	for (i = 0; i < fleet->nr_baselines; i++)
		if (judge_baseline(fleet, &fleet->baselines[i]))
			return -1;
	if (fleet->nr_baselines)
		qsort(fleet->baselines, fleet->nr_baselines,
		      sizeof(*fleet->baselines), compare_baselines);
	return 0;
}

int fleet_holders_list(const struct fleet *fleet,
		       const struct fleet_baseline *baseline,
		       const unsigned long *offers, struct host_list *list)
{
	size_t i;

	for (i = 0; i < baseline->hosts.count; i++) {
		size_t host = baseline->hosts.hosts[i];
		size_t offer = fleet->kinds[fleet->hosts[host].kind]->offer;

		if (bit_is_set(offers, offer) && host_list_add(list, host))
			return -1;
	}
	return 0;
}

void free_baselines(struct fleet *fleet)
{
	size_t i, j;

	for (i = 0; i < fleet->nr_baselines; i++) {
		struct fleet_baseline *baseline = &fleet->baselines[i];

		for (j = 0; j < baseline->nr_holders; j++) {
			free(baseline->holders[j].without);
			free(baseline->holders[j].fields);
		}
		free(baseline->holders);
		free(baseline->common);
		free(baseline->hosts.hosts);
		free(baseline->suggestion.hosts.hosts);
		free(baseline->suggestion.gains);
	}
	free(fleet->baselines);
}
