// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/fleet.h"

#include <stdlib.h>

#include "base/array.h"
#include "fleet/judge.h"
#include "fleet/offer.h"
#include "fleet/pack.h"
#include "fleet/select.h"
#include "fleet/kind.h"

int host_list_add(struct host_list *list, size_t host)
{
	if (ARRAY_GROW(list->hosts, list->count, list->capacity))
		return -1;
	list->hosts[list->count++] = host;
	return 0;
}

static int compare_numbers(const void *one, const void *other)
{
	size_t a = *(const size_t *)one, b = *(const size_t *)other;

	return (a > b) - (a < b);
}

void host_list_sort(struct host_list *list)
{
	if (list->count)
		qsort(list->hosts, list->count, sizeof(*list->hosts),
		      compare_numbers);
}

struct fleet *fleet_new(void)
{
	struct fleet *fleet = calloc(1, sizeof(*fleet));

	if (!fleet)
		return NULL;
	fleet->key = digest_key_new();
	fleet->pool = pool_new();
	if (!fleet->pool) {
		free(fleet);
		return NULL;
	}
	return fleet;
}

struct fleet *fleet_new_beside(const struct fleet *other)
{
	struct fleet *fleet = fleet_new();

	if (fleet)
		fleet->key = other->key;
	return fleet;
}

void fleet_free(struct fleet *fleet)
{
	size_t i;

	if (!fleet)
		return;
	free_domains(fleet);
	free_baselines(fleet);
	free_reasons(fleet);
	free_groups(fleet);
	for (i = 0; i < fleet->nr_kinds; i++)
		kind_free(fleet->kinds[i]);
	free(fleet->kinds);
	free(fleet->offers);
	free(fleet->hosts);
	pool_free(fleet->pool);
	free(fleet);
}

struct host *fleet_kind_host(const struct fleet *fleet, size_t kind)
{
	const struct fleet_kind *of = fleet->kinds[kind];

	if (fleet->only)
		return (struct host *)fleet->only;
	return pack_open(of->packed, &fleet->key, &of->digest,
			 fleet->hosts[of->hosts.hosts[0]].path);
}

void fleet_kind_close(const struct fleet *fleet, struct host *host)
{
	if (host != fleet->only)
		host_free(host);
}

bool host_takes_guests(const struct fleet *fleet, size_t host)
{
	const struct fleet_host *of = &fleet->hosts[host];

	return !of->left_out && of->kind != FLEET_NONE &&
	       fleet->kinds[of->kind]->usable == ANSWER_YES;
}

static void count(struct fleet *fleet)
{
	size_t i;

	fleet->nr_left_out = 0;
	fleet->nr_errors = 0;
	fleet->nr_usable = 0;
	fleet->nr_unknown = 0;
	for (i = 0; i < fleet->nr_hosts; i++) {
		const struct fleet_host *host = &fleet->hosts[i];

		fleet->nr_left_out += host->left_out;
		if (host->left_out)
			continue;
		if (host->error) {
			fleet->nr_errors++;
			continue;
		}
		fleet->nr_usable += host_takes_guests(fleet, i);
		fleet->nr_unknown +=
			fleet->kinds[host->kind]->usable == ANSWER_UNKNOWN;
	}
}

/* Each kind is compared with each: so many take no time. */
#define KINDS_OF_NO_COST 64

static int judge(struct fleet *fleet, const struct fleet_asked *asked)
{
	size_t i;

	judge_groups_again(fleet);
	count(fleet);
	if (judge_reasons(fleet) || judge_baselines(fleet))
		return -1;
	for (i = 0; asked->suggest && i < fleet->nr_baselines; i++)
		if (judge_suggestion(fleet, &fleet->baselines[i],
				     asked->suggest))
			return -1;
	if (asked->domains || fleet->nr_kinds <= KINDS_OF_NO_COST)
		return judge_domains(fleet, asked->guest);
	return 0;
}

int fleet_judge(struct fleet *fleet, const struct fleet_asked *asked,
		char **why)
{
	int error = 0;

	if (asked->without)
		error = select_without(fleet, asked->without, why);
	if (!error && judge_groups(fleet))
		error = -1;
	if (!error && asked->filter)
		error = select_filter(fleet, asked->filter, why);
	return error ? error : judge(fleet, asked);
}
